using System.Text.Json;
using System.Xml.Linq;
using DerChain.Cli.Statement;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.EndToEnd.Tests.Statement;

public sealed class StatementTextTests
{
    private static readonly StatementDocument Document = SampleStatement.Document();

    private static readonly StatementDocument AsCharge = Document with { Sign = SignConvention.PositiveIsCharge };

    [Fact]
    public void Markdown_says_who_pays_whom_and_why()
    {
        string[] lines = StatementMarkdown.Of(Document).Split('\n');

        Assert.Equal(@"# Settlement statement: AGG\_1 on 2021-07-15, version 2", lines[0]);
        Assert.Contains("**AGG pays 45.90 $ to ISO.**", lines);
        Assert.Contains($"- Merkle root over the lines: {Document.Statement.Root}", lines);
        Assert.Contains("| A1 | Energy, day-ahead market | -0.600000 | -48.000000 |", lines);
        Assert.Contains("| C | No-Pay: reserve that was not shown | -0.030000 | -0.300000 |", lines);
        Assert.Contains("| **Payable** |  |  | **-45.90** |", lines);
        Assert.Contains("| 18 | 17:00–18:00 | -24.000000 | 1.200000 | 0.000000 | -0.300000 | -23.100000 |", lines);
        Assert.Contains("| C | No-Pay: reserve that was not shown | 17:00–18:00 | -1.200000 | -0.300000 | 0.900000 |", lines);
        Assert.Contains(
            @"| dp\_1 | 0x00000000000000000000000000000000000000b1 | 1.000000 | 40.000 | 12.345 | 0.945000 | 0.000000 | 1.500000 | 2.45 |", lines);
        Assert.Contains("| **Total** |  |  |  |  |  |  |  | **3.39** |", lines);
    }

    [Fact]
    public void The_other_sign_turns_every_amount_of_the_statement_and_none_of_the_prosumers()
    {
        string[] lines = StatementMarkdown.Of(AsCharge).Split('\n');

        Assert.Contains("**AGG pays 45.90 $ to ISO.**", lines);
        Assert.Contains("| A1 | Energy, day-ahead market | -0.600000 | 48.000000 |", lines);
        Assert.Contains("| **Payable** |  |  | **45.90** |", lines);
        Assert.Contains("| 18 | 17:00–18:00 | 24.000000 | -1.200000 | 0.000000 | 0.300000 | 23.100000 |", lines);
        Assert.Contains(StatementMarkdown.Of(Document).Split('\n').Single(static line => line.StartsWith(@"| dp\_1", StringComparison.Ordinal)), lines);
    }

    [Fact]
    public void Every_row_of_a_Markdown_table_has_as_many_cells_as_its_heading()
    {
        int cells = 0;
        foreach (string line in StatementMarkdown.Of(Document).Split('\n'))
        {
            if (!line.StartsWith('|')) cells = 0;
            else if (cells == 0) cells = line.Count(static letter => letter == '|');
            else Assert.Equal(cells, line.Count(static letter => letter == '|'));
        }
    }

    [Fact]
    public void The_page_is_well_formed_refers_to_nothing_and_holds_the_same_tables()
    {
        string text = StatementPage.Of(Document);
        XElement page = XElement.Parse(text["<!DOCTYPE html>\n".Length..]);

        Assert.Equal(["totals", "hours", "changes", "prosumers"], page.Descendants("section").Select(static section => section.Attribute("id")!.Value));
        Assert.DoesNotContain(page.Descendants(), static element => element.Name.LocalName is "script" or "link" or "img" or "a");
        Assert.Equal("AGG pays 45.90 $ to ISO.", page.Descendants("p").First(static element => element.Attribute("class")?.Value == "headline").Value);
        XElement payable = Assert.Single(page.Descendants("tr"), static row => row.Elements().First().Value == "Payable");
        Assert.Equal(("total", "-45.90"), (payable.Attribute("class")!.Value, payable.Elements().Last().Value));
        Assert.Equal(24, page.Descendants("section").ElementAt(1).Descendants("tbody").Single().Elements().Count());
    }

    [Fact]
    public void A_table_without_content_is_left_out() => Assert.Equal(
        ["totals", "hours"], StatementTables.Of(Document with { Allocation = null, Earlier = null }).Select(static table => table.Id));

    [Fact]
    public void The_CSV_is_exact()
    {
        string[] lines = StatementCsv.Of(Document).Split('\n');

        Assert.Equal(Document.Statement.Lines.Length + 2, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.Equal(
            $"C,NoPay,2021-07-16T00:00:00Z,3600,18,69,205,-108000000,10000000,-1080000000000000,-0.300000000000,{SampleStatement.Award}",
            Assert.Single(lines, static line => line.StartsWith("C,", StringComparison.Ordinal)));
        Assert.Contains(
            ",1080000000000000,0.300000000000,",
            Assert.Single(StatementCsv.Of(AsCharge).Split('\n'), static line => line.StartsWith("C,", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.All(lines[..^1], static line => Assert.Equal(11, line.Count(static letter => letter == ',')));
        Assert.Equal(
            Document.Statement.Total.Units,
            lines[1..^1].Aggregate(Int128.Zero, static (sum, line) => sum + Int128.Parse(line.Split(',')[9], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void JSON_Lines_hold_the_statement_then_its_lines_then_the_prosumers()
    {
        JsonElement[] objects =
        [
            .. StatementJsonLines.Of(Document).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement),
        ];

        Assert.Equal(
            ["statement", .. Enumerable.Repeat("line", Document.Statement.Lines.Length), "allocation", "allocation"],
            objects.Select(static found => found.GetProperty("type").GetString()));
        Assert.Equal((-4_590, 2), (objects[0].GetProperty("payableCents").GetInt64(), objects[0].GetProperty("version").GetInt32()));
        Assert.Equal(Document.Statement.Root.ToString(), objects[0].GetProperty("root").GetString());
        Assert.Equal(-48_000_000, objects[0].GetProperty("totalsMicroUsd").GetProperty("DayAheadEnergy").GetInt64());
        Assert.Equal(Document.Statement.Total.Units.ToString(System.Globalization.CultureInfo.InvariantCulture), objects[0].GetProperty("totalUnits").GetString());
        Assert.Equal(SampleStatement.Award.ToString(), objects[1].GetProperty("evidence")[0].GetString());
        Assert.Equal(945_000, objects[^2].GetProperty("spinMicroUsd").GetInt64());
        JsonElement other = JsonDocument.Parse(StatementJsonLines.Of(AsCharge).Split('\n')[0]).RootElement;
        Assert.Equal((4_590, 48_000_000), (other.GetProperty("payableCents").GetInt64(), other.GetProperty("totalsMicroUsd").GetProperty("DayAheadEnergy").GetInt64()));
    }

    [Fact]
    public void Every_line_has_a_code_and_a_name_of_its_own()
    {
        Assert.Equal(
            ["A1", "A2", "A3", "A4", "B1", "B2", "C", "D", "E1", "E2"], Enum.GetValues<SettlementLine>().Select(LineText.Code));
        Assert.Equal(10, Enum.GetValues<SettlementLine>().Select(LineText.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(1, "ISO pays 0.01 $ to AGG.")]
    [InlineData(0, "ISO and AGG owe each other nothing.")]
    [InlineData(-123_456, "AGG pays 1,234.56 $ to ISO.")]
    public void The_verdict_names_who_pays(long cents, string expected)
    {
        var line = new StatementLine(SettlementLine.DayAheadEnergy, SampleStatement.Day.Hours[0], 1, 1, SettlementAmount.FromUsd(cents / 100m));
        StatementDocument document = Document with { Statement = new SettlementStatement(Document.Statement.Subject, [line]) };

        Assert.Equal(expected, document.Verdict);
    }
}
