using System.Xml.Linq;
using DerChain.Cli.Report.Figures;

namespace DerChain.Cli.Report.Page;

/// <summary>The report as one page that needs no other file: HTML that is well-formed XML as well.</summary>
internal static class ReportPage
{
    private static readonly (string Id, string Title)[] Contents =
    [
        ("figures", "Figures"), ("hours", "Hour by hour"), ("activations", "Activations"), ("shortfalls", "Behind the short hours"),
        ("settlement", "Settlement"), ("energy", "Energy"), ("chain", "Chain"), ("method", "How it was made"),
    ];

    /// <summary>The page.</summary>
    public static string Of(DayReport report, FigureSvg energy, FigureSvg reserve) =>
        Html.Document($"{Title(report)}: spinning reserve, verified", Body(report, energy, reserve));

    private static string Title(DayReport report) => $"{report.Outcome.Day.Aggregation} on {report.Date}";

    private static XElement Body(DayReport report, FigureSvg energy, FigureSvg reserve) => new(
        "body",
        new XElement("header", new XElement("h1", $"Verified market day: {Title(report)}"), Verdict(report), Navigation()),
        new XElement(
            "main",
            Html.Section("figures", "Figures", Figure(energy, EnergyCaption), Figure(reserve, ReserveCaption)),
            HourSection.Of(report),
            ActivationSection.Of(report),
            ShortfallSection.Of(report),
            SettlementSection.Of(report),
            EnergySection.Of(report),
            ChainSection.Of(report),
            MethodSection.Of(report)));

    private static XElement Verdict(DayReport report) => new(
        "div",
        new XAttribute("class", report.ShortHours.IsEmpty ? "verdict" : "verdict failed"),
        new XElement("p", new XAttribute("class", "headline"), VerdictText.Headline(report)),
        VerdictText.Remarks(report).Select(static sentence => Html.Paragraph(sentence)));

    private static XElement Navigation() => new(
        "nav",
        new XAttribute("aria-label", "Contents"),
        new XElement("ul", Contents.Select(static part => new XElement("li", Link(part.Id, part.Title)))));

    private static XElement Link(string id, string title) => new("a", new XAttribute("href", $"#{id}"), title);

    private static XElement Figure(FigureSvg figure, string caption) => new(
        "figure",
        new XElement("div", new XAttribute("class", "scroll"), new XAttribute("tabindex", "0"), figure.Root),
        new XElement("figcaption", caption));

    private const string EnergyCaption =
        "Energy the aggregation traded day-ahead, and energy its meters recorded; mean power of each hour, consumption counted positive.";

    private const string ReserveCaption =
        "Spinning reserve the aggregator was awarded, and reserve its devices had or gave. "
        + "▼ marks a short hour, with the kW that were not there.";
}
