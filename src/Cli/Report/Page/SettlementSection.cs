using System.Xml.Linq;
using DerChain.Market.Settlement;

namespace DerChain.Cli.Report.Page;

/// <summary>The day's settlement by line (docs/spec/market.md, 2.6).</summary>
internal static class SettlementSection
{
    private const string Caption = "Totals of the day in dollars; a positive amount is paid to the aggregator. Rounded for print only.";

    public static XElement Of(DayReport report) => Html.Section(
        "settlement",
        "Settlement",
        Html.Table(
            Caption,
            [Html.Heading("Line"), Html.Heading("What is paid"), Html.NumberHeading("$")],
            [.. Lines(report.Outcome.Totals), Total(report.Outcome.Totals)]));

    private static IEnumerable<XElement> Lines(DayTotals totals) =>
    [
        Line("A1", "Energy, day-ahead market", totals.DayAheadEnergy),
        Line("A2", "Energy, change in the fifteen-minute market", totals.FifteenMinuteEnergy),
        Line("A3", "Energy, change in the five-minute dispatch", totals.DispatchedEnergy),
        Line("A4", "Energy, uninstructed", totals.UninstructedEnergy),
        Line("B1", "Spinning reserve, day-ahead market", totals.DayAheadSpin),
        Line("B2", "Spinning reserve, fifteen-minute market", totals.FifteenMinuteSpin),
        Line("C", "No-Pay: reserve that was not shown", totals.NoPay),
        Line("D", "Spinning reserve, deployed", totals.Deployment),
        Line("E1", "Event charge: reserve that was called and not delivered", totals.EventCharge),
        Line("E2", "Retroactive charge: what that forfeits of earlier intervals", totals.RetroactiveCharge),
    ];

    private static XElement Total(DayTotals totals) => Html.Row(
        new XAttribute("class", "total"), Html.RowHeading("Total"), Html.Cell(""), Html.Number(Numbers.Usd(totals.Total)));

    private static XElement Line(string name, string what, decimal usd) =>
        Html.Row(Html.RowHeading(name), Html.Cell(what), Html.Number(Numbers.Usd(usd)));
}
