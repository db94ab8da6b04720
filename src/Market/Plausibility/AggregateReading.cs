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
/// <param name="Source">Hash of the document that says so: it names the statement in a verdict, and is another for every interval.</param>
public sealed record AggregateReading(Address Aggregator, ResourceId Feeder, long StartUnixSeconds, long NetPowerW, Hash256 Source);

/// <summary>The statements about aggregates by interval, and how many meters each is about.</summary>
internal sealed class AggregateSeries
{
    private readonly ILookup<long, AggregateReading> _readings;
    private readonly Registry _registry;

    public AggregateSeries(ImmutableArray<AggregateReading> readings, Registry registry)
    {
        if (readings.DistinctBy(static reading => (reading.Feeder, reading.Source)).Count() < readings.Length)
            throw new ArgumentException("Two statements about aggregates have the same name and source.", nameof(readings));

        _readings = readings.OrderBy(static reading => reading.Feeder).ThenBy(static reading => reading.Source)
            .ToLookup(static reading => reading.StartUnixSeconds);
        _registry = registry;
    }

    public IEnumerable<AggregateReading> At(long startUnixSeconds) => _readings[startUnixSeconds];

    /// <summary>Number of meters of an aggregator's prosumers at an instant.</summary>
    public int MetersOf(Address aggregator, long unixSeconds) => _registry.ResourcesAt(unixSeconds)
        .Count(row => row.ResourceKind == ResourceKind.Meter && _registry.AggregatorAt(row.Owner, unixSeconds) == aggregator);
}
