using DerChain.Market.Quantities;
using DerChain.Market.Records;
using static DerChain.Market.Records.QualityParameter;

namespace DerChain.Market.Plausibility;

/// <summary>The checks of a record as a whole: range, grid, freshness, clock and sequence (docs/spec/market.md, 3, Q01 to Q05).</summary>
internal static class RecordChecks
{
    /// <summary>Q01: what the ranges of a record leave open, for a record that breaks one is not on the chain (<see cref="RecordRules"/>). A compact reading
    /// has the nameplate values it refers to, and a meter is within its service rating where one is registered.</summary>
    public static QualityFinding Range(TelemetryRow row, long ratingW) => row switch
    {
        CompactReading => new(QualityVerdict.Fail, 1, 0, QualityUnit.Count),
        MeterReading meter when ratingW > 0 => QualityFinding.AboveFails(Math.Abs(meter.NetPowerW), ratingW, QualityUnit.Watts),
        _ => new(QualityVerdict.Pass, 0, 0, QualityUnit.Count),
    };

    /// <summary>Q02: the interval is Δ or an even part of it, and starts on a multiple of its length.</summary>
    public static QualityFinding Alignment(MarketInterval interval, QualityRules rules)
    {
        long length = NearestLength(interval.DurationSeconds, rules);
        long late = interval.StartUnixSeconds % length;
        long off = Math.Max(Math.Min(late, length - late), Math.Abs(interval.DurationSeconds - length));
        return QualityFinding.Above(off, 0, rules[AlignmentToleranceSeconds], QualityUnit.Seconds);
    }

    /// <summary>Q03: seconds from the end of the interval to the block. A reading of what has not been yet fails.</summary>
    public static QualityFinding Freshness(MarketInterval interval, long blockUnixSeconds, QualityRules rules)
    {
        long age = blockUnixSeconds - interval.EndUnixSeconds;
        return age < 0
            ? QualityFinding.AboveFails(-age, rules[FutureSeconds], QualityUnit.Seconds)
            : QualityFinding.Above(age, rules[FreshnessWarnSeconds], rules[FreshnessFailSeconds], QualityUnit.Seconds);
    }

    /// <summary>Q04: seconds between the device's clock and the block.</summary>
    public static QualityFinding ClockSkew(long deviceUnixSeconds, long blockUnixSeconds, QualityRules rules)
    {
        long behind = blockUnixSeconds - deviceUnixSeconds;
        return behind < 0
            ? QualityFinding.AboveFails(-behind, rules[FutureSeconds], QualityUnit.Seconds)
            : QualityFinding.Above(behind, rules[ClockSkewWarnSeconds], rules[ClockSkewFailSeconds], QualityUnit.Seconds);
    }

    /// <summary>Q05: numbers left out (+, a warning) or gone back (−, a failure) since the sender's last report; a device's interval or a payload that
    /// was used before fails as one number gone back.</summary>
    /// <param name="sequence">Number of the report.</param>
    /// <param name="last">Number of the sender's last report, or null.</param>
    /// <param name="isUsed">The device's interval, or the payload for another interval, stands on the chain already.</param>
    public static QualityFinding Sequence(ulong sequence, ulong? last, bool isUsed)
    {
        if (isUsed)
            return new(QualityVerdict.Fail, -1, 0, QualityUnit.Count);

        if (last is not { } before)
            return default;

        Int128 skipped = (Int128)sequence - before - 1;
        QualityVerdict verdict = skipped < 0 ? QualityVerdict.Fail : skipped > 0 ? QualityVerdict.Warn : QualityVerdict.Pass;
        return new(verdict, (long)Int128.Clamp(skipped, long.MinValue, long.MaxValue), 0, QualityUnit.Count);
    }

    private static long NearestLength(int durationSeconds, QualityRules rules)
    {
        long interval = rules[IntervalSeconds];
        long nearest = interval;
        for (long parts = 2; interval / parts >= rules[ShortestIntervalSeconds] && nearest > durationSeconds; parts++)
            if (interval % parts == 0 && Math.Abs((interval / parts) - durationSeconds) < Math.Abs(nearest - durationSeconds))
                nearest = interval / parts;

        return nearest;
    }
}
