using System.Xml.Linq;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report.Page;

/// <summary>The hourly table of docs/spec/market.md, 5.4.</summary>
internal static class HourSection
{
    private const string Caption =
        "Means over the hour in kW, consumption counted positive. Shown: headroom of the devices, and in an activation their response. "
        + "Delivered: what of it counts towards the award.";

    public static XElement Of(DayReport report) => Html.Section(
        "hours", "Hour by hour", Html.Table(Caption, Headings(), report.Hours.Select(hour => Row(report, hour)).Append(Totals(report))));

    private static IEnumerable<XElement> Headings() =>
    [
        Html.Heading("Hour ending"),
        Html.Heading("Time"),
        Html.NumberHeading("Traded"),
        Html.NumberHeading("Actual"),
        Html.NumberHeading("Difference"),
        Html.NumberHeading("Reserve awarded"),
        Html.NumberHeading("Shown"),
        Html.NumberHeading("Delivered"),
        Html.NumberHeading("Short"),
        Html.NumberHeading("No-Pay, $"),
        Html.Heading("Reserve"),
    ];

    private static XElement Row(DayReport report, ReportHour row)
    {
        HourResult hour = row.Hour;
        return Html.Row(
            row.IsShort ? new XAttribute("class", "short") : null,
            Html.RowHeading(hour.HourEnding.ToString(Numbers.Culture)),
            Html.Time(report.Clock.Span(hour.Interval)),
            Html.Number(Numbers.Whole(hour.TradedKw)),
            Html.Number(Numbers.Whole(hour.ActualKw)),
            Html.Number(Numbers.Whole(hour.DeviationKw)),
            Html.Number(Numbers.Whole(hour.AwardedReserveKw)),
            Html.Number(Numbers.Whole(hour.ShownReserveKw)),
            Html.Number(Numbers.Whole(hour.DeliveredReserveKw)),
            Html.Number(Numbers.Whole(hour.ShortReserveKw)),
            Html.Number(Numbers.Usd(row.NoPayUsd)),
            Html.Cell(Verdict(row)));
    }

    private static object Verdict(ReportHour row) => row.IsShort
        ? new XElement(
            "a",
            new XAttribute("href", $"#{ShortfallSection.IdOf(row.Hour.HourEnding)}"),
            VerdictMark.Of(row.Hour.Verdict),
            $" {Numbers.Percent(row.Hour.ShortReserveKw, row.Hour.AwardedReserveKw)}")
        : VerdictMark.Of(row.Hour.Verdict);

    private static XElement Totals(DayReport report) => Html.Row(
        new XAttribute("class", "total"),
        Html.RowHeading("Day"),
        Html.Cell("kW·h"),
        Sum(report, static hour => hour.TradedKw),
        Sum(report, static hour => hour.ActualKw),
        Sum(report, static hour => hour.DeviationKw),
        Sum(report, static hour => hour.AwardedReserveKw),
        Sum(report, static hour => hour.ShownReserveKw),
        Sum(report, static hour => hour.DeliveredReserveKw),
        Sum(report, static hour => hour.ShortReserveKw),
        Html.Number(Numbers.Usd(report.Hours.Sum(static hour => hour.NoPayUsd))),
        Html.Cell(Wording.Plural(report.ShortHours.Length, "hour short", "hours short")));

    private static XElement Sum(DayReport report, Func<HourResult, double> value) =>
        Html.Number(Numbers.Whole(report.Hours.Sum(hour => value(hour.Hour))));
}
