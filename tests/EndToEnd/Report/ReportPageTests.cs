using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using DerChain.Chain;
using DerChain.Chain.Primitives;
using DerChain.Cli.Report;
using DerChain.Cli.Report.Figures;
using DerChain.Cli.Report.Page;
using DerChain.Cli.Run;
using DerChain.Market.Verification;

namespace DerChain.EndToEnd.Tests.Report;

public sealed class ReportPageTests(RecordedDay recorded)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private RunOutcome Outcome => recorded.Outcome;

    [Fact]
    public void The_page_is_well_formed_and_its_ids_are_unique()
    {
        XDocument page = Parse(PageOf(Outcome));

        string[] ids = [.. page.Descendants().Attributes("id").Select(static id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(2, page.Descendants(Svg + "svg").Count());
        Assert.All(Links(page), link => Assert.Contains(link[1..], ids));
    }

    [Fact]
    public void The_page_refers_to_nothing_outside_itself()
    {
        XDocument page = Parse(PageOf(Outcome));

        Assert.All(Links(page), link => Assert.StartsWith("#", link, StringComparison.Ordinal));
        Assert.DoesNotContain(
            page.Descendants(), static element => element.Name.LocalName is "script" or "link" or "img" or "image" or "iframe");
        string style = page.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants().Attributes(), static attribute =>
            !attribute.IsNamespaceDeclaration && attribute.Value.Contains("://", StringComparison.Ordinal));
    }

    [Fact]
    public void The_style_sheet_reads_the_same_as_HTML_and_as_XML() => Assert.Equal(-1, PageStyle.Css.AsSpan().IndexOfAny("<>&"));

    [Fact]
    public void Every_element_that_HTML_wants_closed_is_closed() =>
        Assert.DoesNotMatch("<(?!meta|path|rect|use|line|circle|polygon|br)[a-z0-9]+( [^<>]*)?/>", PageOf(Outcome));

    [Fact]
    public void The_hourly_table_has_every_hour_and_marks_the_short_ones_in_words()
    {
        XElement section = Section("hours");

        XElement[] rows = [.. section.Descendants("tbody").Elements("tr")];
        Assert.Equal(25, rows.Length);
        Assert.Equal(
            Outcome.Result.ShortHours,
            rows.Index().Where(static row => row.Item.Value.Contains("▼ short", StringComparison.Ordinal))
                .Select(static row => row.Index + 1));
    }

    [Fact]
    public void Each_short_hour_has_devices_whose_evidence_is_on_the_chain()
    {
        Assert.NotEmpty(Outcome.Result.ShortHours);
        foreach (int hour in Outcome.Result.ShortHours)
        {
            XElement section = Section($"hour-{hour}");
            string[][] evidence =
            [
                .. section.Descendants("td").Where(static cell => (string?)cell.Attribute("class") == "evidence")
                    .Select(static cell => cell.Descendants("code").Select(static code => code.Value).ToArray()),
            ];

            Assert.NotEmpty(evidence);
            Assert.All(evidence, hashes => AssertOnChain(recorded.Chain, Hash256.Parse(hashes[0]), Hash256.Parse(hashes[1])));
        }
    }

    [Fact]
    public void Text_from_data_is_escaped()
    {
        const string Hostile = "<script>alert(\"1\")</script> & 'x' \u0001";
        DayResult result = Outcome.Result with
        {
            Problems = [new VerificationProblem(VerificationRule.Conflict, Hostile, null)],
        };
        string page = PageOf(Outcome with { Result = result });

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("<script>alert(\"1\")</script> & 'x' \uFFFD", Parse(page).Descendants("td").Select(static cell => cell.Value));
    }

    [Fact]
    public void The_page_lists_the_first_problems_and_says_how_many_there_are()
    {
        ImmutableArray<VerificationProblem> problems =
        [
            .. Enumerable.Range(0, 1_234)
                .Select(static number => new VerificationProblem(VerificationRule.Conflict, $"Problem {number}.", null)),
        ];
        string page = PageOf(Outcome with { Result = Outcome.Result with { Problems = problems } });

        Assert.Contains("the first 100 of 1,234", page, StringComparison.Ordinal);
        Assert.Contains("Problem 99.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Problem 100.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_was_silent_has_no_evidence_and_the_page_says_so()
    {
        ShortfallTrace trace = Outcome.Result.Shortfalls[0];
        trace = trace with { Worst = [trace.Worst[0] with { Evidence = null }] };
        string page = PageOf(Outcome with { Result = Outcome.Result with { Shortfalls = [trace] } });

        Assert.Contains("no reading on the chain in time", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_well_formed_and_drawn_the_same_each_time()
    {
        var report = new DayReport(Outcome);
        Func<DayReport, FigureSvg>[] figures = [EnergyFigure.Draw, ReserveFigure.Draw];

        foreach (Func<DayReport, FigureSvg> draw in figures)
        {
            string svg = draw(report).ToXml();
            Assert.Equal(svg, draw(report).ToXml());
            XElement root = XElement.Parse(svg);
            Assert.Equal(Svg + "svg", root.Name);
            Assert.Contains("paper's Figure", root.Value, StringComparison.Ordinal);
            Assert.Contains("(kW)", root.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_reserve_figure_marks_each_short_hour_with_what_is_missing()
    {
        var report = new DayReport(Outcome);

        string[] texts = [.. ReserveFigure.Draw(report).Root.Descendants(Svg + "text").Select(static text => text.Value)];

        Assert.Equal(report.ShortHours.Length, texts.Count(static text => text == "▼"));
        Assert.All(report.ShortHours, hour => Assert.Contains(Numbers.Whole(hour.Hour.ShortReserveKw), texts));
    }

    private static string PageOf(RunOutcome outcome)
    {
        var report = new DayReport(outcome);
        return ReportPage.Of(report, EnergyFigure.Draw(report), ReserveFigure.Draw(report));
    }

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static IEnumerable<string> Links(XDocument page) =>
        page.Descendants().Attributes().Where(static attribute => attribute.Name.LocalName is "href" or "src")
            .Select(static attribute => attribute.Value);

    private static void AssertOnChain(Blockchain chain, Hash256 block, Hash256 transaction) =>
        Assert.Equal(block, chain.FindTransaction(transaction)?.Block.Hash);

    private XElement Section(string id) =>
        Parse(PageOf(Outcome)).Descendants("section").Single(section => (string?)section.Attribute("id") == id);
}
