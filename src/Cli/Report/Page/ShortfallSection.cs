using System.Xml.Linq;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report.Page;

/// <summary>The causes and the devices behind each short hour (docs/spec/market.md, 2.5).</summary>
internal static class ShortfallSection
{
    private const string Explanation =
        "Unavailable is the reserve that devices could have shown by their rating, or in an activation by their headroom before it, and "
        + "did not; mean over the hour. It is more than the shortfall wherever less was awarded than the fleet could show at its best. "
        + "Each line names the transaction that carries the device's own reading of its worst five minutes, signed by its prosumer, and "
        + "the block that holds it.";

    /// <summary>Where on the page an hour's devices are.</summary>
    public static string IdOf(int hourEnding) => $"hour-{hourEnding}";

    public static XElement Of(DayReport report) => Html.Section(
        "shortfalls",
        "Behind the short hours",
        report.Result.Shortfalls.IsEmpty
            ? Html.Paragraph("No hour is short.")
            : (object[])[Html.Paragraph(Explanation), .. report.Result.Shortfalls.Select(trace => Hour(report, trace))]);

    private static XElement Hour(DayReport report, ShortfallTrace trace)
    {
        HourResult hour = report.Hours[trace.HourEnding - 1].Hour;
        string heading = $"Hour {trace.HourEnding}, {report.Clock.Span(hour.Interval)}: {Numbers.Whole(trace.ShortKw)} of "
            + $"{Numbers.Whole(hour.AwardedReserveKw)} kW {Wording.Of(hour.Verdict)}";
        var byCause = trace.ByCause.Select(static total => (Wording.Of(total.Cause), total.UnavailableKw));
        var byKind = trace.ByResourceKind.Select(static total => (Wording.Of(total.ResourceKind), total.UnavailableKw));
        return new XElement(
            "section",
            new XAttribute("id", IdOf(trace.HourEnding)),
            new XElement("h3", heading),
            Totals("By cause", "Cause", [.. byCause]),
            Totals("By type of device", "Device", [.. byKind]),
            Devices(report, trace));
    }

    private static IEnumerable<XElement> Totals(string caption, string heading, (string Name, double UnavailableKw)[] totals)
    {
        double wholeKw = totals.Sum(static total => total.UnavailableKw);
        return Html.Table(
            caption,
            [Html.Heading(heading), Html.NumberHeading("Unavailable, kW"), Html.NumberHeading("Share"), Html.Heading("")],
            totals.Select(total => Html.Row(
                Html.RowHeading(total.Name),
                Html.Number(Numbers.Whole(total.UnavailableKw)),
                Html.Number(Numbers.Percent(total.UnavailableKw, wholeKw)),
                Html.Share(total.UnavailableKw, wholeKw))));
    }

    private static IEnumerable<XElement> Devices(DayReport report, ShortfallTrace trace) => Html.Table(
        $"The {Wording.Plural(trace.Worst.Length, "device", "devices")} with the most reserve unavailable",
        [
            Html.Heading("Device"),
            Html.Heading("Type"),
            Html.Heading("Prosumer"),
            Html.Heading("Cause"),
            Html.NumberHeading("Unavailable, kW"),
            Html.Heading("Worst five minutes"),
            .. EvidenceCells.Headings(),
        ],
        trace.Worst.Select(device => Html.Row(
            Html.RowHeading(device.Resource.Value),
            Html.Cell(Wording.Of(device.ResourceKind)),
            Html.Cell(report.NameOf(device.Prosumer)),
            Html.Cell(Wording.Of(device.Cause)),
            Html.Number(Numbers.Fixed(device.UnavailableKw, 1)),
            Html.Time(report.Clock.Span(device.WorstInterval)),
            EvidenceCells.Of(device.Evidence, "no reading on the chain in time"))));
}
