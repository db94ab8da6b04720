using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>A value to compare with those of other devices.</summary>
/// <param name="Reading">The reading it is of.</param>
/// <param name="Value">Outdoor temperature in thousandths of a degree Celsius, or solar power in parts per million of nameplate; null where that is not
/// known.</param>
/// <param name="Power">What Q14 found in the power of an air conditioner.</param>
internal readonly record struct PeerReading(Reading Reading, long? Value, QualityFinding Power)
{
    public ResourceKind Kind => Reading.Row.ResourceKind;
}

/// <summary>One interval Δ of the fleet: what is compared when it is complete.</summary>
internal sealed class FleetSlot
{
    public List<PeerReading> Peers { get; } = [];

    /// <summary>Energy and number of seconds that the meters of an aggregator reported.</summary>
    public Dictionary<Address, (Int128 EnergyWs, long Seconds)> Meters { get; } = [];

    public void AddMeter(Address aggregator, long powerW, int seconds)
    {
        (Int128 energyWs, long known) = Meters.GetValueOrDefault(aggregator);
        Meters[aggregator] = (energyWs + ((Int128)powerW * seconds), known + seconds);
    }
}

/// <summary>The intervals Δ of a period in which readings may still come, and the checks over the fleet (Q14, Q17, Q18).</summary>
internal sealed class FleetSlots(QualityRules rules, VerdictLog log, AggregateSeries aggregates)
{
    private readonly SortedDictionary<long, FleetSlot> _open = [];

    /// <summary>The interval Δ that an instant lies in, or null where it is complete at a block's time.</summary>
    public FleetSlot? OpenAt(long startUnixSeconds, long blockUnixSeconds)
    {
        long start = startUnixSeconds - (startUnixSeconds % Length);
        if (IsComplete(start, blockUnixSeconds))
            return null;

        if (!_open.TryGetValue(start, out FleetSlot? slot))
            _open[start] = slot = new FleetSlot();

        return slot;
    }

    /// <summary>Judges the intervals that are complete at a block's time.</summary>
    public void Close(long blockUnixSeconds)
    {
        while (_open.Count > 0 && _open.First() is var (start, slot) && IsComplete(start, blockUnixSeconds))
        {
            _open.Remove(start);
            Judge(start, slot);
        }
    }

    private long Length => rules[QualityParameter.IntervalSeconds];

    private bool IsComplete(long start, long blockUnixSeconds) => blockUnixSeconds - start - Length > rules[QualityParameter.FreshnessWarnSeconds];

    private void Judge(long start, FleetSlot slot)
    {
        Dictionary<(ResourceKind, MarketInterval), PeerSpread?> spreads = slot.Peers.Where(static peer => peer.Value is not null)
            .GroupBy(static peer => (peer.Kind, peer.Reading.Interval))
            .ToDictionary(static group => group.Key, group => SpreadOf([.. group.Select(static peer => peer.Value!.Value)]));
        foreach (PeerReading peer in slot.Peers.OrderBy(static peer => peer.Reading.Row.Resource).ThenBy(static peer => peer.Reading.Interval.StartUnixSeconds))
            Judge(peer, peer.Value is null ? null : spreads[(peer.Kind, peer.Reading.Interval)]);

        foreach (AggregateReading aggregate in aggregates.At(start))
            Judge(aggregate, slot.Meters.GetValueOrDefault(aggregate.Aggregator));

        log.CloseSlot();
    }

    private PeerSpread? SpreadOf(long[] values) => values.Length >= rules[QualityParameter.PeerMinimum] ? PeerSpread.Of(values) : null;

    private void Judge(PeerReading peer, PeerSpread? spread)
    {
        (Hash256 record, ResourceId resource) = (peer.Reading.Record, peer.Reading.Row.Resource);
        log.Leaf.Record(record);
        log.Leaf.Resource(resource);
        bool isAmbient = peer.Kind == ResourceKind.AirConditioner;
        if (isAmbient)
            log.Add(record, resource, QualityCheck.AirConditionerPower, AirConditioner(peer, spread), null);

        QualityFinding outlier = spread is { } known && peer.Value is { } value ? Outlier(value, known, isAmbient) : default;
        log.Add(record, resource, QualityCheck.PeerOutlier, outlier, null);
    }

    private QualityFinding AirConditioner(PeerReading peer, PeerSpread? spread) => spread is { } known && peer.Value is { } ambient
        ? QualityFinding.Worse(peer.Power, AirConditionerChecks.Ambient(ambient, known.Median, rules))
        : peer.Power;

    private QualityFinding Outlier(long value, PeerSpread spread, bool isAmbient) => FleetChecks.PeerOutlier(
        value,
        spread,
        rules[isAmbient ? QualityParameter.PeerAmbientMilliC : QualityParameter.PeerSolarPpm],
        isAmbient ? QualityUnit.MilliCelsius : QualityUnit.PartsPerMillion,
        rules);

    private void Judge(AggregateReading aggregate, (Int128 EnergyWs, long Seconds) meters)
    {
        QualityFinding finding = meters.Seconds == aggregates.MetersOf(aggregate.Aggregator, aggregate.StartUnixSeconds) * Length && meters.Seconds > 0
            ? FleetChecks.Aggregate((long)(meters.EnergyWs / Length), aggregate.NetPowerW, rules)
            : default;
        log.Leaf.Record(aggregate.Source);
        log.Leaf.Resource(aggregate.Feeder);
        log.Add(aggregate.Source, aggregate.Feeder, QualityCheck.AggregateReconciliation, finding, null);
    }
}
