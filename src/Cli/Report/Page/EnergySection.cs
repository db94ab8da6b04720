using System.Xml.Linq;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report.Page;

/// <summary>The energy of the day against each market's schedule (MARKET.md 2.2).</summary>
internal static class EnergySection
{
    public static XElement Of(DayReport report)
    {
        ILookup<EnergyVerdict, IntervalResult> byVerdict = report.Result.Intervals.ToLookup(static interval => interval.Energy.Verdict);
        IntervalResult[] verifiable = [.. report.Result.Intervals.Where(static interval => interval.Energy.Verdict != EnergyVerdict.NotVerifiable)];
        return Html.Section(
            "energy",
            "Energy",
            Html.Facts(
            [
                ("Against the day-ahead award", $"{Mean(report.Hours.Select(static hour => hour.Hour.DeviationKw))} kW mean difference, by hour"),
                ("Against the fifteen-minute award", $"{Mean(FifteenMinuteDeviations(report.Result))} kW mean difference, by quarter hour"),
                ("Against the five-minute dispatch", $"{Mean(verifiable.Select(static interval => interval.Energy.DeviationKw))} kW mean difference, by five minutes"),
                ("Five-minute intervals within tolerance", $"{Count(byVerdict, EnergyVerdict.Within)} of {Numbers.Count(report.Result.Intervals.Length)}"),
                ("More injected, or less withdrawn", Count(byVerdict, EnergyVerdict.Over)),
                ("Less injected, or more withdrawn", Count(byVerdict, EnergyVerdict.Under)),
                ("Not verifiable", Count(byVerdict, EnergyVerdict.NotVerifiable)),
            ]),
            Html.Paragraph(new XAttribute("class", "note"), "Differences are magnitudes; dispatch includes the reserve that was deployed."));
    }

    private static IEnumerable<double> FifteenMinuteDeviations(DayResult result) =>
        result.QuarterHours.Where(static quarter => quarter.ScheduledKw is not null).Select(static quarter => quarter.DeviationKw);

    private static string Mean(IEnumerable<double> deviationsKw) =>
        Numbers.Whole(deviationsKw.Select(Math.Abs).DefaultIfEmpty().Average());

    private static string Count(ILookup<EnergyVerdict, IntervalResult> byVerdict, EnergyVerdict verdict) => Numbers.Count(byVerdict[verdict].Count());
}
