using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>One price-quantity segment of a bid for one trading hour: a row of Table I.</summary>
/// <param name="Interval">The trading hour h.</param>
/// <param name="Block">Index b of the segment; 1 to 10.</param>
/// <param name="EnergyPriceMicroUsdPerMWh">Λ^p: offer price of injection or bid price of withdrawal, micro-dollars per MWh; −150 to 2,000 $/MWh.</param>
/// <param name="EnergyQuantityW">P^bid: increment of this segment in watts; + sells (injection), − buys (withdrawal).</param>
/// <param name="SpinPriceMicroUsdPerMWh">Λ^sr: offer price of spinning reserve, micro-dollars per MW and hour; 0 to 250 $.</param>
/// <param name="SpinQuantityW">SR^bid: spinning reserve offered, watts ≥ 0.</param>
/// <param name="LoadQuantityW">L: declared base load behind the bid in watts ≥ 0, or null (docs/spec/market.md, 1.2; verification does not depend on it).</param>
/// <param name="ReferenceLoadQuantityW">The second L of the paper's RTM row: the day-ahead value carried forward, watts ≥ 0, or null. Null in day-ahead bids.</param>
public sealed record BidBlock(
    MarketInterval Interval,
    byte Block,
    long EnergyPriceMicroUsdPerMWh,
    long EnergyQuantityW,
    long SpinPriceMicroUsdPerMWh,
    long SpinQuantityW,
    long? LoadQuantityW,
    long? ReferenceLoadQuantityW);

/// <summary>Table I, "Bid DAM": energy and spinning reserve offered for every hour of a trading day. Aggregator to ISO, once a day.</summary>
/// <param name="aggregation">The market resource that bids.</param>
/// <param name="rows">Segments in ascending order of hour, then block.</param>
public sealed class DayAheadBid(AggregationId aggregation, ImmutableArray<BidBlock> rows) : MarketRecord(RecordKind.DayAheadBid)
{
    /// <summary>The market resource that bids.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>Segments in ascending order of hour, then block.</summary>
    public ImmutableArray<BidBlock> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>Table I, "Bid RTM": energy and spinning reserve offered for one hour. Aggregator to ISO, optional, hourly.</summary>
/// <param name="aggregation">The market resource that bids.</param>
/// <param name="rows">Segments in ascending order of hour, then block.</param>
public sealed class RealTimeBid(AggregationId aggregation, ImmutableArray<BidBlock> rows) : MarketRecord(RecordKind.RealTimeBid)
{
    /// <summary>The market resource that bids.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>Segments in ascending order of hour, then block.</summary>
    public ImmutableArray<BidBlock> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}
