using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.Market.Evidence;

/// <summary>The way from an award to the money: what rests on it.</summary>
/// <param name="Award">Hash of the award's record.</param>
/// <param name="Lines">Lines of the statement that name it.</param>
/// <param name="Activations">Activations in the intervals of these lines: each with its commands, readings, and what each prosumer and device gave.</param>
/// <param name="Shares">Parts of the statement of the prosumers that were called.</param>
public sealed record AwardTrace(
    Hash256 Award, ImmutableArray<StatementLine> Lines, ImmutableArray<ActivationResult> Activations, ImmutableArray<AllocatedShare> Shares);

/// <summary>For what a record was used.</summary>
public enum RecordUseKind
{
    /// <summary>A line of the statement is computed from it.</summary>
    StatementLine,

    /// <summary>It called an activation.</summary>
    Activation,

    /// <summary>It commanded a prosumer in an activation.</summary>
    Command,

    /// <summary>It shows what a device did in an activation.</summary>
    Response,

    /// <summary>It is about an interval that was verified, as energy or reserve.</summary>
    Interval,
}

/// <summary>One use of a record.</summary>
/// <param name="Kind">For what.</param>
/// <param name="Interval">The interval, or the period of the activation.</param>
/// <param name="Line">The line of the statement; null for the other uses.</param>
/// <param name="Activation">The activation; null where there is none.</param>
/// <param name="Prosumer">The prosumer concerned; null where it is the whole aggregation.</param>
public sealed record RecordUse(RecordUseKind Kind, MarketInterval Interval, SettlementLine? Line, ActivationId? Activation, Address? Prosumer);

/// <summary>Walks a settled day: from an award to what was paid for it, and from a record to what was made of it (docs/spec/market.md, 2.5).</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class EvidenceTrail
{
    private readonly DayResult _day;
    private readonly SettlementStatement _statement;
    private readonly StatementAllocation _allocation;

    /// <summary>The trail of a day.</summary>
    /// <param name="day">Its verdicts.</param>
    /// <param name="statement">Its statement.</param>
    /// <param name="allocation">The statement's parts.</param>
    public EvidenceTrail(DayResult day, SettlementStatement statement, StatementAllocation allocation)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(allocation);
        (_day, _statement, _allocation) = (day, statement, allocation);
    }

    /// <summary>What rests on an award: activations, commands, readings, contributions, lines and parts. Null where no line names the record.</summary>
    /// <param name="award">Hash of the award's record.</param>
    public AwardTrace? Trace(Hash256 award)
    {
        ImmutableArray<StatementLine> lines = [.. _statement.Lines.Where(line => line.Evidence.Contains(award))];
        if (lines.IsEmpty) return null;
        ImmutableArray<ActivationResult> activations =
            [.. _day.Activations.Where(activation => lines.Any(line => line.Interval.OverlapSeconds(activation.Period) > 0))];
        HashSet<Address> called = [.. activations.SelectMany(static activation => activation.Trace?.Prosumers ?? []).Select(static response => response.Prosumer)];
        return new AwardTrace(award, lines, activations, [.. _allocation.Shares.Where(share => called.Contains(share.Contribution.Prosumer))]);
    }

    /// <summary>What was made of a record. None where the day did not use it.</summary>
    /// <param name="entry">The record, as it stands on the chain.</param>
    public ImmutableArray<RecordUse> WhereUsed(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Hash256 hash = entry.RecordHash;
        return
        [
            .. _statement.Lines.Where(line => line.Evidence.Contains(hash))
                .Select(static line => new RecordUse(RecordUseKind.StatementLine, line.Interval, line.Line, null, null)),
            .. _day.Activations.SelectMany(activation => UsesOf(activation, hash)),
            .. IntervalUses(entry),
        ];
    }

    private static IEnumerable<RecordUse> UsesOf(ActivationResult activation, Hash256 hash)
    {
        if (activation.Record == hash) yield return new RecordUse(RecordUseKind.Activation, activation.Period, null, activation.Activation, null);
        foreach (ProsumerResponse response in activation.Trace?.Prosumers ?? [])
        {
            if (response.Command?.Record == hash)
                yield return new RecordUse(RecordUseKind.Command, activation.Period, null, activation.Activation, response.Prosumer);
            if (response.Resources.Any(resource => resource.Before?.Record == hash || resource.After?.Record == hash))
                yield return new RecordUse(RecordUseKind.Response, activation.Period, null, activation.Activation, response.Prosumer);
        }
    }

    // Readings are found by their interval: its energy, its reserve, and the lines of both.
    private IEnumerable<RecordUse> IntervalUses(LedgerEntry entry)
    {
        MarketRecord record = entry.Record is Correction correction ? correction.Record : entry.Record;
        if (record is not Telemetry telemetry) yield break;
        foreach (IntervalResult interval in _day.Intervals.Where(interval => interval.Interval.OverlapSeconds(telemetry.Interval) > 0))
        {
            yield return new RecordUse(RecordUseKind.Interval, interval.Interval, null, interval.Activation, entry.Sender);
            foreach (StatementLine line in _statement.Lines.Where(line => line.Interval == interval.Interval && IsMeasured(line.Line)))
                yield return new RecordUse(RecordUseKind.StatementLine, line.Interval, line.Line, interval.Activation, entry.Sender);
        }
    }

    private static bool IsMeasured(SettlementLine line) =>
        line is SettlementLine.UninstructedEnergy or SettlementLine.NoPay or SettlementLine.EventCharge or SettlementLine.RetroactiveCharge;
}
