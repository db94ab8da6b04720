using System.Xml.Linq;
using DerChain.Cli.Statement;
using DerChain.Market.Records;
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
        Line(SettlementLine.DayAheadEnergy, totals.DayAheadEnergy),
        Line(SettlementLine.FifteenMinuteEnergy, totals.FifteenMinuteEnergy),
        Line(SettlementLine.DispatchedEnergy, totals.DispatchedEnergy),
        Line(SettlementLine.UninstructedEnergy, totals.UninstructedEnergy),
        Line(SettlementLine.DayAheadSpin, totals.DayAheadSpin),
        Line(SettlementLine.FifteenMinuteSpin, totals.FifteenMinuteSpin),
        Line(SettlementLine.NoPay, totals.NoPay),
        Line(SettlementLine.Deployment, totals.Deployment),
        Line(SettlementLine.EventCharge, totals.EventCharge),
        Line(SettlementLine.RetroactiveCharge, totals.RetroactiveCharge),
    ];

    private static XElement Total(DayTotals totals) => Html.Row(
        new XAttribute("class", "total"), Html.RowHeading("Total"), Html.Cell(""), Html.Number(Numbers.Usd(totals.Total)));

    private static XElement Line(SettlementLine line, decimal usd) =>
        Html.Row(Html.RowHeading(LineText.Code(line)), Html.Cell(LineText.Name(line)), Html.Number(Numbers.Usd(usd)));
}
