using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>An activation that counts, and where it stands on the chain.</summary>
internal sealed record KnownActivation(ReserveActivation Record, RecordLocation Location);

/// <summary>What was awarded to, dispatched of and called from one aggregation in the day. The first record about an interval counts.</summary>
internal sealed class MarketPosition(AggregationId aggregation, DayTimeline day, List<VerificationProblem> problems)
{
    private readonly AwardRow?[] _hours = new AwardRow?[day.Hours.Length];
    private readonly AwardRow?[] _quarterHours = new AwardRow?[day.QuarterHourCount];
    private readonly DispatchRow?[] _intervals = new DispatchRow?[day.IntervalCount];
    private readonly List<KnownActivation> _activations = [];
    private Address? _systemOperator;

    /// <summary>The aggregator that the records about the aggregation name, or null while there is none.</summary>
    public Address? Aggregator { get; private set; }

    public IReadOnlyList<KnownActivation> Activations => _activations;

    public AwardRow? DayAhead(int hour) => _hours[hour];

    public AwardRow? FifteenMinute(int quarterHour) => _quarterHours[quarterHour];

    public DispatchRow? Dispatch(int interval) => _intervals[interval];

    /// <summary>SRobl: day-ahead award and, on top of it, the fifteen-minute award, watts.</summary>
    public long ObligationW(int interval) =>
        (_hours[interval / DayTimeline.IntervalsPerHour]?.SpinAwardW ?? 0)
        + (_quarterHours[interval / DayTimeline.IntervalsPerQuarterHour]?.SpinAwardW ?? 0);

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

    public void Add(LedgerEntry entry)
    {
        switch (entry.Record)
        {
            case DayAheadBid bid when bid.Aggregation == aggregation:
                IsBetweenItsParticipants(entry.Receiver, entry.Sender, entry.Location);
                break;
            case RealTimeBid bid when bid.Aggregation == aggregation:
                IsBetweenItsParticipants(entry.Receiver, entry.Sender, entry.Location);
                break;
            case DayAheadAward award when award.Aggregation == aggregation && IsFromItsOperator(entry):
                foreach (AwardRow row in award.Rows) Set(_hours, row.Interval, row, entry.Location);
                break;
            case FifteenMinuteAward award when award.Aggregation == aggregation && IsFromItsOperator(entry):
                foreach (AwardRow row in award.Rows) Set(_quarterHours, row.Interval, row, entry.Location);
                break;
            case DispatchInstruction dispatch when dispatch.Aggregation == aggregation && IsFromItsOperator(entry):
                foreach (DispatchRow row in dispatch.Rows) Set(_intervals, row.Interval, row, entry.Location);
                break;
            case ReserveActivation activation when activation.Aggregation == aggregation && IsFromItsOperator(entry):
                Add(activation, entry.Location);
                break;
        }
    }

    private void Add(ReserveActivation activation, RecordLocation location)
    {
        if (!day.Contains(activation.Period)) return;
        if (_activations.Find(known => Overlap(known.Record.Period, activation.Period)) is not { } earlier)
        {
            _activations.Add(new KnownActivation(activation, location));
            return;
        }
        ReserveActivation first = earlier.Record;
        bool isRepeated = first.Activation == activation.Activation && first.Period == activation.Period && first.RequestedW == activation.RequestedW;
        if (!isRepeated)
            problems.Add(new(VerificationRule.OverlappingActivation,
                $"Activation {activation.Activation} overlaps activation {first.Activation}.", location));
    }

    private void Set<T>(T?[] rows, MarketInterval interval, T row, RecordLocation location)
        where T : class
    {
        if (!day.Contains(interval)) return;
        if (!day.TryIndex(interval, out int index))
            problems.Add(new(VerificationRule.MisalignedInterval,
                $"{typeof(T).Name} for {interval.StartUnixSeconds} is not of an interval of the day.", location));
        else if (rows[index] is not { } first)
            rows[index] = row;
        else if (!first.Equals(row))
            problems.Add(new(VerificationRule.Conflict,
                $"{typeof(T).Name} for {interval.StartUnixSeconds} differs from the first one on the chain.", location));
    }

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
