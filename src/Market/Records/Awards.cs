using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>Cleared quantities and prices of one interval: a row of Table II (the paper's "rewards").</summary>
/// <param name="Interval">The trading hour h (day-ahead) or the quarter hour f (real time).</param>
/// <param name="EnergyPriceMicroUsdPerMWh">λ^e: marginal price of energy, micro-dollars per MWh; may be negative.</param>
/// <param name="EnergyW">E: total energy schedule as constant power over the interval, watts; + injection, − withdrawal.</param>
/// <param name="SpinPriceMicroUsdPerMWh">λ^sr: marginal price of spinning reserve, micro-dollars per MW and hour, ≥ 0.</param>
/// <param name="SpinAwardW">SR: spinning reserve awarded, watts ≥ 0; in the fifteen-minute market, on top of the day-ahead award.</param>
public sealed record AwardRow(
    MarketInterval Interval,
    long EnergyPriceMicroUsdPerMWh,
    long EnergyW,
    long SpinPriceMicroUsdPerMWh,
    long SpinAwardW);

/// <summary>Table II, "DAM rewards": ISO to aggregator, once a day, a row an hour.</summary>
/// <param name="aggregation">The market resource awarded.</param>
/// <param name="rows">Awards in ascending order of hour.</param>
public sealed class DayAheadAward(AggregationId aggregation, ImmutableArray<AwardRow> rows) : MarketRecord(RecordKind.DayAheadAward)
{
    /// <summary>The market resource awarded.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>Awards in ascending order of hour.</summary>
    public ImmutableArray<AwardRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>Table II, "RTUC rewards": ISO to aggregator, every fifteen minutes, one row.</summary>
/// <param name="aggregation">The market resource awarded.</param>
/// <param name="rows">Awards in ascending order of interval.</param>
public sealed class FifteenMinuteAward(AggregationId aggregation, ImmutableArray<AwardRow> rows) : MarketRecord(RecordKind.FifteenMinuteAward)
{
    /// <summary>The market resource awarded.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>Awards in ascending order of interval.</summary>
    public ImmutableArray<AwardRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>Dispatch of one five-minute interval t: the "RTD results" row of Table II.</summary>
/// <param name="Interval">The interval t.</param>
/// <param name="EnergyPriceMicroUsdPerMWh">λ^e,rtd: marginal price of energy, micro-dollars per MWh; may be negative.</param>
/// <param name="EnergyW">E^rtd: dispatched power, watts; + injection, − withdrawal.</param>
/// <param name="SpinDeploymentPriceMicroUsdPerMWh">λ^ps: price of deployed spinning reserve, micro-dollars per MWh.</param>
/// <param name="SpinDeployedW">PS: spinning reserve deployed in the interval, on top of E^rtd, watts ≥ 0.</param>
public sealed record DispatchRow(
    MarketInterval Interval,
    long EnergyPriceMicroUsdPerMWh,
    long EnergyW,
    long SpinDeploymentPriceMicroUsdPerMWh,
    long SpinDeployedW);

/// <summary>Table II, "RTD results": ISO to aggregator, every five minutes, one row.</summary>
/// <param name="aggregation">The market resource dispatched.</param>
/// <param name="rows">Dispatches in ascending order of interval.</param>
public sealed class DispatchInstruction(AggregationId aggregation, ImmutableArray<DispatchRow> rows) : MarketRecord(RecordKind.DispatchInstruction)
{
    /// <summary>The market resource dispatched.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>Dispatches in ascending order of interval.</summary>
    public ImmutableArray<DispatchRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>The ISO calls awarded spinning reserve: ISO to aggregator, the moment it happens (docs/spec/market.md, 1.3, because an activation may start inside an interval).</summary>
/// <param name="aggregation">The market resource called.</param>
/// <param name="activation">Name of the activation; commands given because of it carry it too.</param>
/// <param name="period">From the start of the activation to its end.</param>
/// <param name="requestedW">R_req: reserve called, watts ≥ 0.</param>
public sealed class ReserveActivation(AggregationId aggregation, ActivationId activation, MarketInterval period, long requestedW)
    : MarketRecord(RecordKind.ReserveActivation)
{
    /// <summary>The market resource called.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>Name of the activation.</summary>
    public ActivationId Activation { get; } = activation;

    /// <summary>From the start of the activation to its end.</summary>
    public MarketInterval Period { get; } = period;

    /// <summary>R_req: reserve called, watts ≥ 0.</summary>
    public long RequestedW { get; } = requestedW;

    /// <inheritdoc/>
    public override int RowCount => 1;
}
