using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;

namespace DerChain.Market.Plausibility;

/// <summary>What somebody else says that the meters of an aggregation add up to: the aggregator itself, or the system operator's own measurement of a
/// feeder (SCADA).</summary>
/// <param name="Aggregator">Account of the aggregator whose prosumers' meters are meant.</param>
/// <param name="Feeder">Name of the point of measurement.</param>
/// <param name="StartUnixSeconds">Start of the interval Δ it is for, a multiple of Δ, in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="NetPowerW">Mean net power, watts; + export, − import.</param>
/// <param name="Source">Hash of the document that says so: it names the statement in a verdict.</param>
public sealed record AggregateReading(Address Aggregator, ResourceId Feeder, long StartUnixSeconds, long NetPowerW, Hash256 Source);

/// <summary>The statements about aggregates by interval, and how many meters each is about.</summary>
internal sealed class AggregateSeries
{
    private readonly ILookup<long, AggregateReading> _readings;
    private readonly Dictionary<Address, int> _meters;

    public AggregateSeries(ImmutableArray<AggregateReading> readings, Registry registry)
    {
        _readings = readings.OrderBy(static reading => reading.Feeder).ThenBy(static reading => reading.Source)
            .ToLookup(static reading => reading.StartUnixSeconds);
        _meters = registry.Resources.Where(static resource => resource.ResourceKind == ResourceKind.Meter)
            .Select(meter => registry.AggregatorOf(meter.Owner)).OfType<Address>()
            .GroupBy(static aggregator => aggregator).ToDictionary(static group => group.Key, static group => group.Count());
    }

    public IEnumerable<AggregateReading> At(long startUnixSeconds) => _readings[startUnixSeconds];

    public int MetersOf(Address aggregator) => _meters.GetValueOrDefault(aggregator);
}
