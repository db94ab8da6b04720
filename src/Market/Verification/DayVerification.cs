using System.Collections.Immutable;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Verifies the energy and the spinning reserve of one aggregation over one trading day, from what is read back from the chain alone
/// (docs/spec/market.md, 2).</summary>
/// <remarks>
/// One pass over the entries: of a reading only what its verdict needs is kept, for the one day. Readings before the first hour are not looked at: an activation
/// that starts in the first five minutes of a day has no level before it to be measured against, and one that began the day before is not known.
/// </remarks>
public static class DayVerification
{
    /// <summary>Verifies a day.</summary>
    /// <param name="entries">Records in chain order; those of other days and other aggregations are passed over. They may go on after the day: corrections and
    /// attestations come later.</param>
    /// <param name="registry">The registry after the last entry.</param>
    /// <param name="hours">The trading hours, each following the one before.</param>
    /// <param name="aggregation">The aggregation. An aggregator trades for all of its prosumers as one aggregation.</param>
    /// <param name="options">Parameters; null for the defaults.</param>
    /// <exception cref="ArgumentException">The hours are not a day, a parameter is out of range, or no entry is about the aggregation.</exception>
    public static DayResult Run(
        IEnumerable<LedgerEntry> entries,
        Registry registry,
        ImmutableArray<MarketInterval> hours,
        AggregationId aggregation,
        VerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var day = new DayReader(registry, hours, aggregation, options);
        foreach (LedgerEntry entry in entries) day.Add(entry);
        return day.Result();
    }
}
