using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>An activation that counts, and where it stands on the chain.</summary>
internal sealed record KnownActivation(ReserveActivation Record, RecordLocation Location, Hash256 Hash);

/// <summary>A row that counts, and the hash of its record.</summary>
internal sealed record KnownRow<T>(T Row, Hash256 Record)
{
    /// <summary>Hash of the first record about the interval, which corrections name.</summary>
    public Hash256 First { get; init; } = Record;

    /// <summary>0 for the first record, else the number of the correction.</summary>
    public int Revision { get; init; }
}

/// <summary>What was awarded to, dispatched of and called from one aggregation in the day. The first record about an interval counts, and its
/// corrections.</summary>
internal sealed class MarketPosition(AggregationId aggregation, DayTimeline day, VerificationOptions options, List<VerificationProblem> problems)
{
    private readonly KnownRow<AwardRow>?[] _hours = new KnownRow<AwardRow>?[day.Hours.Length];
    private readonly KnownRow<AwardRow>?[] _quarterHours = new KnownRow<AwardRow>?[day.QuarterHourCount];
    private readonly KnownRow<DispatchRow>?[] _intervals = new KnownRow<DispatchRow>?[day.IntervalCount];
    private readonly List<KnownActivation> _activations = [];
    private Address? _systemOperator;

    /// <summary>The aggregator that the records about the aggregation name, or null while there is none.</summary>
    public Address? Aggregator { get; private set; }

    public IReadOnlyList<KnownActivation> Activations => _activations;

    public AwardRow? DayAhead(int hour) => _hours[hour]?.Row;

    public AwardRow? FifteenMinute(int quarterHour) => _quarterHours[quarterHour]?.Row;

    public DispatchRow? Dispatch(int interval) => _intervals[interval]?.Row;

    /// <summary>SRobl: reserve awarded for an interval, watts.</summary>
    public long ObligationW(int interval) => SpinAwards.Of(
        DayAhead(interval / DayTimeline.IntervalsPerHour), FifteenMinute(interval / DayTimeline.IntervalsPerQuarterHour), options.Awards).ObligationW;

    /// <summary>The records that say what was awarded for, dispatched in and called in an interval.</summary>
    public SettlementEvidence EvidenceOf(int interval) => new(
        _hours[interval / DayTimeline.IntervalsPerHour]?.Record,
        _quarterHours[interval / DayTimeline.IntervalsPerQuarterHour]?.Record,
        _intervals[interval]?.Record,
        ActivationIn(day.Interval(interval))?.Hash);

    public bool IsActive(long unixSeconds)
    {
        foreach (KnownActivation activation in _activations)
            if (activation.Record.Period.Contains(unixSeconds)) return true;
        return false;
    }

    /// <summary>The activation that overlaps a five-minute interval, or null.</summary>
    public KnownActivation? ActivationIn(MarketInterval interval)
    {
        foreach (KnownActivation activation in _activations)
            if (Overlap(activation.Record.Period, interval)) return activation;
        return null;
    }

    /// <summary>For an interval under an activation the last one that ends before it (−1 where there is none in the day); null for the others.</summary>
    public int? LastBeforeActivation(int interval) =>
        ActivationIn(day.Interval(interval)) is { } activation ? LastBefore(activation) : null;

    /// <summary>The last interval that ends before an activation; −1 where there is none in the day.</summary>
    public int LastBefore(KnownActivation activation) =>
        (int)((activation.Record.Period.StartUnixSeconds - day.StartUnixSeconds) / MarketInterval.DispatchSeconds) - 1;

    /// <summary>True where a record is a bid of the aggregation between its participants. Of a hidden bid the sender alone is known.</summary>
    public bool IsBidOfTheAggregation(LedgerEntry entry, MarketRecord record) => record switch
    {
        DayAheadBid bid => bid.Aggregation == aggregation && IsBetweenItsParticipants(entry.Receiver, entry.Sender, entry.Location),
        RealTimeBid bid => bid.Aggregation == aggregation && IsBetweenItsParticipants(entry.Receiver, entry.Sender, entry.Location),
        SealedRecord bid => bid.SealedKind is RecordKind.DayAheadBid or RecordKind.RealTimeBid,
        RecordCommitment bid => bid.CommittedKind is RecordKind.DayAheadBid or RecordKind.RealTimeBid,
        _ => false,
    };

    public void Add(LedgerEntry entry, MarketRecord record, Correction? correction)
    {
        switch (record)
        {
            case DayAheadAward award when award.Aggregation == aggregation && IsFromItsOperator(entry):
                SetAll(_hours, award.Rows, static row => row.Interval, entry, correction);
                break;
            case FifteenMinuteAward award when award.Aggregation == aggregation && IsFromItsOperator(entry):
                SetAll(_quarterHours, award.Rows, static row => row.Interval, entry, correction);
                break;
            case DispatchInstruction dispatch when dispatch.Aggregation == aggregation && IsFromItsOperator(entry):
                SetAll(_intervals, dispatch.Rows, static row => row.Interval, entry, correction);
                break;
            case ReserveActivation activation when activation.Aggregation == aggregation && IsFromItsOperator(entry):
                Add(activation, entry);
                break;
        }
    }

    private void Add(ReserveActivation activation, LedgerEntry entry)
    {
        if (!day.Contains(activation.Period)) return;
        if (_activations.Find(known => Overlap(known.Record.Period, activation.Period)) is not { } earlier)
        {
            _activations.Add(new KnownActivation(activation, entry.Location, entry.RecordHash));
            return;
        }
        ReserveActivation first = earlier.Record;
        bool isRepeated = first.Activation == activation.Activation && first.Period == activation.Period && first.RequestedW == activation.RequestedW;
        if (!isRepeated)
            problems.Add(new(VerificationRule.OverlappingActivation,
                $"Activation {activation.Activation} overlaps activation {first.Activation}.", entry.Location));
    }

    private void SetAll<T>(
        KnownRow<T>?[] known, ImmutableArray<T> rows, Func<T, MarketInterval> intervalOf, LedgerEntry entry, Correction? correction)
        where T : class
    {
        Hash256 record = entry.RecordHash;
        foreach (T row in rows)
        {
            MarketInterval interval = intervalOf(row);
            if (!day.Contains(interval)) continue;
            if (!day.TryIndex(interval, out int index))
                Report(VerificationRule.MisalignedInterval, $"{typeof(T).Name} for {interval.StartUnixSeconds} is not of an interval of the day.", entry);
            else if (correction is not null)
                Correct(ref known[index], row, interval, entry, correction);
            else if (known[index] is not { } first)
                known[index] = new KnownRow<T>(row, record);
            else if (!first.Row.Equals(row))
                Report(VerificationRule.Conflict, $"{typeof(T).Name} for {interval.StartUnixSeconds} differs from the first one on the chain.", entry);
        }
    }

    private void Correct<T>(ref KnownRow<T>? known, T row, MarketInterval interval, LedgerEntry entry, Correction correction)
        where T : class
    {
        if (known is null || known.First != correction.Corrects)
            Report(VerificationRule.UnknownCorrected, $"The corrected record {correction.Corrects} is not that for {interval.StartUnixSeconds}.", entry);
        else if (correction.Revision <= known.Revision)
            Report(VerificationRule.Conflict, $"Revision {correction.Revision} for {interval.StartUnixSeconds} is not above {known.Revision}.", entry);
        else if (entry.Location.BlockUnixSeconds > interval.EndUnixSeconds + options.CorrectionSeconds)
            Report(VerificationRule.LateCorrection, $"The correction for {interval.StartUnixSeconds} is in a block of {entry.Location.BlockUnixSeconds}.", entry);
        else
            known = new KnownRow<T>(row, entry.RecordHash) { First = known.First, Revision = correction.Revision };
    }

    private void Report(VerificationRule rule, string message, LedgerEntry entry) => problems.Add(new(rule, message, entry.Location));

    private bool IsFromItsOperator(LedgerEntry entry) => IsBetweenItsParticipants(entry.Sender, entry.Receiver, entry.Location);

    private bool IsBetweenItsParticipants(Address systemOperator, Address aggregator, RecordLocation location)
    {
        _systemOperator ??= systemOperator;
        Aggregator ??= aggregator;
        if (_systemOperator == systemOperator && Aggregator == aggregator) return true;
        problems.Add(new(VerificationRule.ForeignAggregation,
            $"A record about {aggregation} is between {systemOperator} and {aggregator}, not {_systemOperator} and {Aggregator}.", location));
        return false;
    }

    private static bool Overlap(MarketInterval left, MarketInterval right) =>
        left.StartUnixSeconds < right.EndUnixSeconds && right.StartUnixSeconds < left.EndUnixSeconds;
}
