using System.Xml.Linq;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report.Page;

/// <summary>The energy of the day against each market's schedule (docs/spec/market.md, 2.2).</summary>
internal static class EnergySection
{
    private const string Note = "Mean differences are of magnitudes; dispatch includes the reserve that was deployed.";

    public static XElement Of(DayReport report) => Html.Section(
        "energy",
        "Energy",
        Html.Facts([.. Differences(report), .. Verdicts(report.Result)]),
        new XElement("p", new XAttribute("class", "note"), Note));

    private static IEnumerable<(string Name, object Value)> Differences(DayReport report)
    {
        IEnumerable<double> dayAhead = report.Hours.Select(static hour => hour.Hour.DeviationKw);
        IEnumerable<double> fifteenMinute = report.Result.QuarterHours
            .Where(static quarter => quarter.ScheduledKw is not null).Select(static quarter => quarter.DeviationKw);
        IEnumerable<double> fiveMinute = report.Result.Intervals
            .Where(static interval => interval.Energy.Verdict != EnergyVerdict.NotVerifiable)
            .Select(static interval => interval.Energy.DeviationKw);
        return
        [
            ("Against the day-ahead award", $"{Mean(dayAhead)} kW mean difference, by hour"),
            ("Against the fifteen-minute award", $"{Mean(fifteenMinute)} kW mean difference, by quarter hour"),
            ("Against the five-minute dispatch", $"{Mean(fiveMinute)} kW mean difference, by five minutes"),
        ];
    }

    private static IEnumerable<(string Name, object Value)> Verdicts(DayResult result)
    {
        Dictionary<EnergyVerdict, int> counts = result.Intervals.CountBy(static interval => interval.Energy.Verdict).ToDictionary();
        return
        [
            ("Five-minute intervals", Numbers.Count(result.Intervals.Length)),
            ("… within the tolerance", Count(counts, EnergyVerdict.Within)),
            ("… with more injected, or less withdrawn", Count(counts, EnergyVerdict.Over)),
            ("… with less injected, or more withdrawn", Count(counts, EnergyVerdict.Under)),
            ("… not verifiable", Count(counts, EnergyVerdict.NotVerifiable)),
        ];
    }

    private static string Mean(IEnumerable<double> deviationsKw) =>
        Numbers.Whole(deviationsKw.Select(Math.Abs).DefaultIfEmpty().Average());

    private static string Count(Dictionary<EnergyVerdict, int> counts, EnergyVerdict verdict) =>
        Numbers.Count(counts.GetValueOrDefault(verdict));
}
