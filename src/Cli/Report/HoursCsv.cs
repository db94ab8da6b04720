using System.Text;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report;

/// <summary>The hourly table as comma-separated values: powers in kW as means over the hour, consumption counted positive.</summary>
/// <remarks>Source: docs/spec/market.md, 5.4.</remarks>
internal static class HoursCsv
{
    private const string Header =
        "hour,traded_kw,actual_kw,awarded_srp_kw,delivered_srp_kw,shown_srp_kw,short_srp_kw,verdict,short_intervals,energy_deviation_kw,"
        + "mean_dispatch_error_kw,max_dispatch_error_kw,intervals_out_of_tolerance,intervals_not_verifiable,no_pay_usd,start_utc";

    /// <summary>The table with its header, each line ended by a line feed.</summary>
    public static string Of(DayReport report)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (ReportHour hour in report.Hours)
            text.AppendJoin(',', Columns(hour)).Append('\n');

        return text.ToString();
    }

    private static IEnumerable<string> Columns(ReportHour row)
    {
        HourResult hour = row.Hour;
        return
        [
            Whole(hour.HourEnding),
            Decimal(hour.TradedKw),
            Decimal(hour.ActualKw),
            Decimal(hour.AwardedReserveKw),
            Decimal(hour.DeliveredReserveKw),
            Decimal(hour.ShownReserveKw),
            Decimal(hour.ShortReserveKw),
            hour.Verdict.ToString(),
            Whole(hour.ShortIntervals),
            Decimal(hour.DeviationKw),
            Decimal(hour.MeanDispatchErrorKw),
            Decimal(hour.MaxDispatchErrorKw),
            Whole(hour.IntervalsOutOfTolerance),
            Whole(hour.IntervalsNotVerifiable),
            Decimal(row.NoPayUsd),
            hour.Interval.Start.ToString("yyyy-MM-ddTHH:mm:ssZ", Numbers.Culture),
        ];
    }

    private static string Whole(int value) => value.ToString(Numbers.Culture);

    private static string Decimal(double value) => Decimal((decimal)value);

    private static string Decimal(decimal value) => Numbers.Rounded(value, 3).ToString("0.000", Numbers.Culture);
}
