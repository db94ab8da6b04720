using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>What settlement needs to know of one five-minute interval.</summary>
/// <param name="Interval">The interval t.</param>
/// <param name="DayAhead">Day-ahead award of its hour, or null.</param>
/// <param name="FifteenMinute">Award of its quarter hour, or null.</param>
/// <param name="Dispatch">Its dispatch, or null.</param>
/// <param name="MeteredWattSeconds">M: energy metered in the interval, watt-seconds; + injection.</param>
/// <param name="ShortW">Reserve awarded and not shown, watts ≥ 0.</param>
public sealed record SettlementInterval(
    MarketInterval Interval,
    AwardRow? DayAhead,
    AwardRow? FifteenMinute,
    DispatchRow? Dispatch,
    long MeteredWattSeconds,
    long ShortW)
{
    /// <summary>Reserve called and not delivered: the shortfall of each activation times the seconds of it that lie in the interval, watt-seconds ≥ 0.</summary>
    public long UndeliveredWattSeconds { get; init; }

    /// <summary>The records it was computed from.</summary>
    public SettlementEvidence Evidence { get; init; } = SettlementEvidence.None;
}

/// <summary>Hashes of the records behind an interval's settlement, each null where there is none. Meter readings are not among them: they are found by the interval.</summary>
/// <param name="DayAhead">The day-ahead award.</param>
/// <param name="FifteenMinute">The fifteen-minute award.</param>
/// <param name="Dispatch">The dispatch.</param>
/// <param name="Activation">The activation that called the reserve.</param>
public sealed record SettlementEvidence(Hash256? DayAhead, Hash256? FifteenMinute, Hash256? Dispatch, Hash256? Activation)
{
    /// <summary>No record is named.</summary>
    public static SettlementEvidence None { get; } = new(null, null, null, null);

    internal ImmutableArray<Hash256> Awards => Known(DayAhead, FifteenMinute);

    internal static ImmutableArray<Hash256> Known(params ReadOnlySpan<Hash256?> records)
    {
        var known = ImmutableArray.CreateBuilder<Hash256>();
        foreach (Hash256? record in records)
            if (record is { } hash) known.Add(hash);
        return known.ToImmutable();
    }
}
