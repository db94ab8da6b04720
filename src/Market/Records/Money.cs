using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>A line of a statement (docs/spec/market.md, 2.6). The values are on the chain and never change.</summary>
public enum SettlementLine : byte
{
    /// <summary>A1: energy traded day-ahead.</summary>
    DayAheadEnergy = 1,

    /// <summary>A2: instructed energy of the fifteen-minute market.</summary>
    FifteenMinuteEnergy = 2,

    /// <summary>A3: instructed energy of the dispatch.</summary>
    DispatchedEnergy = 3,

    /// <summary>A4: uninstructed energy.</summary>
    UninstructedEnergy = 4,

    /// <summary>B1: spinning reserve awarded day-ahead.</summary>
    DayAheadSpin = 5,

    /// <summary>B2: spinning reserve awarded in the fifteen-minute market.</summary>
    FifteenMinuteSpin = 6,

    /// <summary>C: reserve that was not there.</summary>
    NoPay = 7,

    /// <summary>D: energy of deployed reserve.</summary>
    Deployment = 8,

    /// <summary>E1: reserve that was called and not delivered.</summary>
    EventCharge = 9,

    /// <summary>E2: the same, back to the event before.</summary>
    RetroactiveCharge = 10,
}

/// <summary>Total of one line of a statement.</summary>
/// <param name="Line">The line.</param>
/// <param name="AmountMicroUsd">Its total in micro-dollars, rounded; + is paid to the aggregator.</param>
public sealed record StatementTotal(SettlementLine Line, long AmountMicroUsd);

/// <summary>What a version of a statement is about.</summary>
/// <param name="Aggregation">The market resource.</param>
/// <param name="Period">The trading day.</param>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="Supersedes">Hash of the record of the version before; null for the first.</param>
public sealed record StatementSubject(AggregationId Aggregation, MarketInterval Period, int Version, Hash256? Supersedes);

/// <summary>One version of a statement: root over its lines, and totals. ISO to aggregator.</summary>
/// <param name="subject">What it is about.</param>
/// <param name="root">Root over all lines (docs/spec/market.md, 2.6).</param>
/// <param name="lineCount">Number of lines, ≥ 1.</param>
/// <param name="payableCents">What is due for the whole, in cents; + to the aggregator.</param>
/// <param name="rows">Totals in ascending order of line.</param>
public sealed class StatementIssue(StatementSubject subject, Hash256 root, int lineCount, long payableCents, ImmutableArray<StatementTotal> rows)
    : MarketRecord(RecordKind.StatementIssue)
{
    /// <summary>What it is about.</summary>
    public StatementSubject Subject { get; } = subject;

    /// <summary>Root over all lines.</summary>
    public Hash256 Root { get; } = root;

    /// <summary>Number of lines.</summary>
    public int LineCount { get; } = lineCount;

    /// <summary>What is due for the whole, in cents.</summary>
    public long PayableCents { get; } = payableCents;

    /// <summary>Totals in ascending order of line.</summary>
    public ImmutableArray<StatementTotal> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>A prosumer's part of a statement.</summary>
/// <param name="VerifiedReserveWattSeconds">Reserve that its devices showed, watt-seconds ≥ 0.</param>
/// <param name="SpinMicroUsd">Its part of the reserve payment, micro-dollars.</param>
/// <param name="EventChargeMicroUsd">Its part of the event charges, micro-dollars ≤ 0.</param>
/// <param name="EnergyMicroUsd">Energy passed through, micro-dollars.</param>
/// <param name="PayableCents">What is due, cents; + to the prosumer.</param>
public sealed record AllocationAmounts(
    long VerifiedReserveWattSeconds, long SpinMicroUsd, long EventChargeMicroUsd, long EnergyMicroUsd, long PayableCents);

/// <summary>One prosumer's part of a version of a statement. Aggregator to prosumer.</summary>
/// <param name="aggregation">The market resource.</param>
/// <param name="period">The trading day.</param>
/// <param name="statement">Hash of the record of the statement's version (<see cref="StatementIssue"/>).</param>
/// <param name="prosumer">Account of the prosumer, to which the record is sent.</param>
/// <param name="amounts">The amounts.</param>
public sealed class Allocation(AggregationId aggregation, MarketInterval period, Hash256 statement, Address prosumer, AllocationAmounts amounts)
    : MarketRecord(RecordKind.Allocation)
{
    /// <summary>The market resource.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>The trading day.</summary>
    public MarketInterval Period { get; } = period;

    /// <summary>Hash of the record of the statement's version.</summary>
    public Hash256 Statement { get; } = statement;

    /// <summary>Account of the prosumer.</summary>
    public Address Prosumer { get; } = prosumer;

    /// <summary>The amounts.</summary>
    public AllocationAmounts Amounts { get; } = amounts;

    /// <inheritdoc/>
    public override int RowCount => 1;
}

/// <summary>What was allocated or stated has been received. Prosumer to aggregator, or aggregator to ISO.</summary>
/// <param name="record">Hash of the allocation's or the statement's record.</param>
/// <param name="amountCents">What was received, cents; negative where it was paid.</param>
public sealed class PaymentAcknowledgement(Hash256 record, long amountCents) : MarketRecord(RecordKind.PaymentAcknowledgement)
{
    /// <summary>Hash of the allocation's or the statement's record.</summary>
    public Hash256 Record { get; } = record;

    /// <summary>What was received, cents.</summary>
    public long AmountCents { get; } = amountCents;

    /// <inheritdoc/>
    public override int RowCount => 1;
}
