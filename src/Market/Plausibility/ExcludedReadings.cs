using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>Readings that failed a check: they stay on the chain, and are no evidence of reserve or delivery (docs/spec/market.md, 3).</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class ExcludedReadings
{
    private readonly ImmutableHashSet<(Hash256 Record, ResourceId Resource)> _readings;

    private ExcludedReadings(ImmutableHashSet<(Hash256 Record, ResourceId Resource)> readings) => _readings = readings;

    /// <summary>No reading is excluded.</summary>
    public static ExcludedReadings None { get; } = new([]);

    /// <summary>Number of readings.</summary>
    public int Count => _readings.Count;

    /// <summary>The readings that some attestations fail.</summary>
    public static ExcludedReadings From(IEnumerable<Attestation> attestations)
    {
        ArgumentNullException.ThrowIfNull(attestations);
        return new(
        [
            .. attestations.SelectMany(static attestation => attestation.Rows)
                .Where(static row => row.Verdict == QualityVerdict.Fail)
                .Select(static row => (row.Record, row.Resource)),
        ]);
    }

    /// <summary>True where a device's reading in a record is excluded.</summary>
    public bool Contains(Hash256 record, ResourceId resource) => _readings.Contains((record, resource));
}
