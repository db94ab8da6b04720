using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Settlement;

/// <summary>A record of settlement, and between whom it goes.</summary>
/// <param name="Record">The record.</param>
/// <param name="Sender">Account that signs it.</param>
/// <param name="Receiver">Account it is for.</param>
public sealed record SettlementMessage(MarketRecord Record, Address Sender, Address Receiver);

/// <summary>The records that a settled day puts on the chain: the paper's monetary transactions. Pure functions of the day and the records before.</summary>
public static class SettlementRecords
{
    /// <summary>The statement: ISO to aggregator.</summary>
    public static SettlementMessage Statement(SettledDay day, Address systemOperator)
    {
        ArgumentNullException.ThrowIfNull(day);
        return new SettlementMessage(StatementCheck.IssueOf(day.Statement), systemOperator, day.Result.Aggregator);
    }

    /// <summary>Each prosumer's part: aggregator to prosumer, in order of the prosumers' names.</summary>
    /// <param name="day">The day.</param>
    /// <param name="statement">Hash of the statement's record.</param>
    public static ImmutableArray<SettlementMessage> Allocations(SettledDay day, Hash256 statement)
    {
        ArgumentNullException.ThrowIfNull(day);
        MarketInterval period = day.Statement.Subject.Period;
        return
        [
            .. day.Allocation.Shares.Select(share => new SettlementMessage(
                new Allocation(day.Result.Aggregation, period, statement, share.Contribution.Prosumer, share.Amounts),
                day.Result.Aggregator,
                share.Contribution.Prosumer)),
        ];
    }

    /// <summary>That a statement was received: aggregator to ISO.</summary>
    public static SettlementMessage Acknowledge(SettledDay day, Hash256 statement, Address systemOperator)
    {
        ArgumentNullException.ThrowIfNull(day);
        return new SettlementMessage(new PaymentAcknowledgement(statement, day.Statement.PayableCents), day.Result.Aggregator, systemOperator);
    }

    /// <summary>That a part was received: prosumer to aggregator.</summary>
    /// <param name="allocation">The part.</param>
    /// <param name="hash">Hash of its record.</param>
    public static SettlementMessage Acknowledge(SettlementMessage allocation, Hash256 hash)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        return allocation.Record is Allocation { Amounts.PayableCents: var cents }
            ? new SettlementMessage(new PaymentAcknowledgement(hash, cents), allocation.Receiver, allocation.Sender)
            : throw new ArgumentException("The record is no allocation.", nameof(allocation));
    }
}
