namespace DerChain.Cli.Report;

/// <summary>What the day comes to, in sentences.</summary>
internal static class VerdictText
{
    /// <summary>In which hours the aggregator failed to deliver the reserve it was paid for, by how much, and what it loses.</summary>
    public static string Headline(DayReport report)
    {
        string aggregator = report.Outcome.Day.Aggregator.Value;
        if (report.Result.AwardedReserveMWh == 0)
            return $"{aggregator} was awarded no spinning reserve on {report.Date}.";

        if (report.ShortHours.IsEmpty)
            return report.UnverifiableHours.IsEmpty
                ? $"{aggregator} delivered the spinning reserve it was paid for in every hour of {report.Date}."
                : $"{aggregator} delivered the spinning reserve it was paid for in every hour of {report.Date} that can be verified.";

        double shortKw = report.ShortHours.Sum(static hour => hour.Hour.ShortReserveKw);
        double awardedKw = report.ShortHours.Sum(static hour => hour.Hour.AwardedReserveKw);
        decimal noPay = report.ShortHours.Sum(static hour => hour.NoPayUsd);
        return $"{aggregator} failed to deliver the spinning reserve it was paid for in "
            + $"{Wording.Hours(report.ShortHours)} of {report.Date}: "
            + $"{Numbers.Whole(shortKw)} of {Numbers.Whole(awardedKw)} kW·h awarded in {These(report.ShortHours.Length)} were not there, "
            + $"and it loses ${Numbers.Usd(-noPay)} for them (No-Pay).";
    }

    /// <summary>What has to be said beside the headline.</summary>
    public static IEnumerable<string> Remarks(DayReport report)
    {
        if (!report.UnverifiableHours.IsEmpty)
            yield return $"Too little telemetry is on the chain to verify {Wording.Hours(report.UnverifiableHours)}; "
                + "No-Pay counts what was not shown all the same.";

        yield return $"Over the whole day {Numbers.Fixed(report.Result.ShortReserveMWh, 2)} of "
            + $"{Numbers.Fixed(report.Result.AwardedReserveMWh, 2)} MW·h awarded were not shown "
            + $"({Numbers.Percent(report.Result.ShortReserveMWh, report.Result.AwardedReserveMWh)}), and No-Pay takes back "
            + $"${Numbers.Usd(-report.Outcome.Totals.NoPay)}: it counts every five minutes, also in hours "
            + "whose shortfall is within the tolerance.";

        if (!report.Result.Problems.IsEmpty)
            yield return "Verification could not use everything it found: the report lists "
                + $"{Wording.Plural(report.Result.Problems.Length, "problem", "problems")}.";
    }

    private static string These(int hours) => hours == 1 ? "it" : "them";
}
