using DerChain.Market.Records;
using static DerChain.Market.Records.QualityParameter;

namespace DerChain.Market.Plausibility;

/// <summary>The checks of a site and of the fleet (docs/spec/market.md, 3, Q15, Q17 and Q18).</summary>
internal static class FleetChecks
{
    // 1.4826 deviations from the median are one standard deviation of a normal distribution.
    private const int DeviationNumerator = 14_826;
    private const int DeviationDenominator = 10_000;

    /// <summary>Q15: what the devices leave of the meter's power is the site's inflexible load, which is neither negative nor beyond its limit.</summary>
    public static QualityFinding SiteBalance(IEnumerable<TelemetryRow> rows, QualityRules rules)
    {
        (long load, long magnitudes, bool hasMeter) = (0, 0, false);
        foreach (TelemetryRow row in rows)
        {
            long injected = Injected(row);
            hasMeter |= row is MeterReading;
            load += row is MeterReading ? -injected : injected;
            magnitudes += Math.Abs(injected);
        }

        if (!hasMeter)
            return default;

        return load > 0
            ? QualityFinding.AboveWarns(load, rules[SiteLoadMaxW], QualityUnit.Watts)
            : QualityFinding.Above(
                -load,
                Math.Max(rules[SiteToleranceW], QualityRules.Part(magnitudes, rules[SiteTolerancePpm])),
                Math.Max(rules[SiteToleranceW], QualityRules.Part(magnitudes, rules[SiteFailPpm])),
                QualityUnit.Watts);
    }

    /// <summary>Q17: distance from the median of the peers, against multiples of their median distance from it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="peers">Median and spread of all values, this one included.</param>
    /// <param name="least">Least deviation that the multiples are of.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="rules">The rules.</param>
    public static QualityFinding PeerOutlier(long value, PeerSpread peers, long least, QualityUnit unit, QualityRules rules)
    {
        long deviation = (long)((Int128)peers.MedianDistance * DeviationNumerator / DeviationDenominator);
        long scale = Math.Max(Math.Max(deviation, QualityRules.Part(Math.Abs(peers.Median), rules[PeerScalePpm])), least);
        return QualityFinding.Above(Math.Abs(value - peers.Median), scale * rules[PeerWarnFactor], scale * rules[PeerFailFactor], unit);
    }

    /// <summary>Q18: sum of the meters against the aggregate.</summary>
    public static QualityFinding Aggregate(long metersW, long aggregateW, QualityRules rules) => QualityFinding.Above(
        Math.Abs(metersW - aggregateW),
        Math.Max(rules[AggregateFloorW], QualityRules.Part(Math.Abs(aggregateW), rules[AggregateWarnPpm])),
        Math.Max(rules[AggregateFloorW], QualityRules.Part(Math.Abs(aggregateW), rules[AggregateFailPpm])),
        QualityUnit.Watts);

    private static long Injected(TelemetryRow row) => row switch
    {
        MeterReading meter => meter.NetPowerW,
        SolarReading solar => solar.PowerW,
        AirConditionerReading ac => -ac.ElectricPowerW,
        BatteryReading battery => battery.PowerW,
        ChargingStationReading station => station.PowerW,
        _ => 0,
    };
}

/// <summary>Median of some values, and the median of their distances from it. Of an even number the lower of the two in the middle is taken.</summary>
internal readonly record struct PeerSpread(long Median, long MedianDistance)
{
    public static PeerSpread Of(IEnumerable<long> values)
    {
        long[] sorted = [.. values];
        Array.Sort(sorted);
        long median = sorted[(sorted.Length - 1) / 2];
        long[] distances = Array.ConvertAll(sorted, value => Math.Abs(value - median));
        Array.Sort(distances);
        return new(median, distances[(distances.Length - 1) / 2]);
    }
}
