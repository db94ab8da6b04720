using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>Turns what a day's records add up to into its verdicts.</summary>
internal sealed class DayAssessment
{
    private readonly DayTimeline _day;
    private readonly MarketPosition _position;
    private readonly VerificationOptions _options;
    private readonly Address _aggregator;
    private readonly MeterSeries _meters;
    private readonly DeviceSeries[] _devices;
    private readonly long _expectedWeight;

    /// <summary>For each interval under an activation the last one that ends before it (−1 where there is none in the day), null for the others.</summary>
    private readonly int?[] _beforeActivation;

    public DayAssessment(DayTimeline day, MarketPosition position, FleetReadings readings, Address aggregator, VerificationOptions options)
    {
        (_day, _position, _options, _aggregator) = (day, position, options, aggregator);
        _meters = readings.MetersOf(aggregator);
        _devices = [.. readings.DevicesOf(aggregator)];
        _expectedWeight = _devices.Where(static device => device.Resource.ResourceKind == ResourceKind.Meter)
            .Sum(static device => FleetReadings.WeightOf(device.Resource));
        _beforeActivation = [.. Enumerable.Range(0, day.IntervalCount).Select(LastBeforeActivation)];
    }

    public DayResult Assess(AggregationId aggregation, VerificationCounts counts, List<VerificationProblem> problems)
    {
        IntervalResult[] intervals = [.. Enumerable.Range(0, _day.IntervalCount).Select(Interval)];
        HourResult[] hours = [.. Enumerable.Range(0, _day.Hours.Length).Select(hour => Hour(hour, intervals))];
        for (int hour = 0; hour < hours.Length; hour++)
            if (_position.DayAhead(hour) is null)
                problems.Add(new(VerificationRule.MissingDayAheadAward, $"Hour {hour + 1} has no day-ahead award.", null));
        ActivationResult[] activations = [.. _position.Activations.Select(Activation)];
        return new DayResult(
            aggregation,
            _aggregator,
            [.. hours],
            [.. Enumerable.Range(0, _day.QuarterHourCount).Select(QuarterHour)],
            [.. intervals],
            [.. activations],
            [.. hours.Where(static hour => hour.Verdict is ReserveVerdict.Short or ReserveVerdict.NotVerifiable).Select(Trace)],
            [.. Enumerable.Range(0, _day.IntervalCount).Select(index => SettlementOf(index, intervals[index], activations))],
            counts,
            [.. problems]);
    }

    private int? LastBeforeActivation(int index) =>
        _position.ActivationIn(_day.Interval(index)) is { } activation
            ? (int)((activation.Record.Period.StartUnixSeconds - _day.StartUnixSeconds) / MarketInterval.DispatchSeconds) - 1
            : null;

    private IntervalResult Interval(int index)
    {
        MarketInterval interval = _day.Interval(index);
        int slot = index * DayTimeline.SlotsPerInterval;
        DispatchRow? dispatch = _position.Dispatch(index);
        double shownKw = 0;
        foreach (DeviceSeries device in _devices) shownKw += DeviceReserve.Of(device, index, _beforeActivation[index]).ShownKw;
        return new IntervalResult(
            interval,
            EnergyVerification.Assess(
                _meters.MeanKw(slot, DayTimeline.SlotsPerInterval),
                dispatch is null ? null : (dispatch.EnergyW + DeployedOnTopW(dispatch)) / 1e3,
                (dispatch?.EnergyW ?? 0) / 1e3,
                _meters.Coverage(slot, DayTimeline.SlotsPerInterval, _expectedWeight),
                _options),
            new ReserveAssessment(_position.ObligationW(index) / 1e3, shownKw),
            _position.ActivationIn(interval)?.Record.Activation);
    }

    private long DeployedOnTopW(DispatchRow dispatch) => _options.Deployment == DeploymentSemantics.OnTopOfEnergy ? dispatch.SpinDeployedW : 0;

    private HourResult Hour(int hour, IntervalResult[] all)
    {
        ReadOnlySpan<IntervalResult> intervals = all.AsSpan(hour * DayTimeline.IntervalsPerHour, DayTimeline.IntervalsPerHour);
        double obligationKw = Mean(intervals, static interval => interval.Reserve.ObligationKw);
        double shortKw = Mean(intervals, static interval => interval.Reserve.ShortKw);
        IntervalResult[] verifiable = [.. intervals.ToArray().Where(static interval => interval.Energy.Verdict != EnergyVerdict.NotVerifiable)];
        return new HourResult(
            hour + 1,
            _day.Hours[hour],
            TradedKw: (_position.DayAhead(hour)?.EnergyW ?? 0) / 1e3,
            ActualKw: Mean(intervals, static interval => interval.Energy.MeteredKw),
            AwardedReserveKw: obligationKw,
            ShownReserveKw: Mean(intervals, static interval => interval.Reserve.ShownKw),
            DeliveredReserveKw: Mean(intervals, static interval => interval.Reserve.DeliverableKw),
            ShortReserveKw: shortKw,
            ReserveAvailability.Judge(obligationKw, shortKw, ControlledCoverage(hour), _options),
            ShortIntervals: Count(intervals, static interval => interval.Reserve.IsShort),
            MeanDispatchErrorKw: verifiable.Select(static interval => Math.Abs(interval.Energy.DeviationKw)).DefaultIfEmpty().Average(),
            MaxDispatchErrorKw: verifiable.Select(static interval => Math.Abs(interval.Energy.DeviationKw)).DefaultIfEmpty().Max(),
            IntervalsOutOfTolerance: verifiable.Count(static interval => interval.Energy.Verdict != EnergyVerdict.Within),
            IntervalsNotVerifiable: intervals.Length - verifiable.Length);
    }

    private QuarterHourResult QuarterHour(int index)
    {
        const int Slots = DayTimeline.SlotsPerInterval * DayTimeline.IntervalsPerQuarterHour;
        double? scheduledKw = _position.FifteenMinute(index) is { } award ? award.EnergyW / 1e3 : null;
        return new QuarterHourResult(_day.QuarterHour(index), scheduledKw, _meters.MeanKw(index * Slots, Slots));
    }

    private ActivationResult Activation(KnownActivation activation)
    {
        ReserveActivation record = activation.Record;
        double requestedKw = record.RequestedW / 1e3;
        return new ActivationResult(
            record.Activation,
            record.Period,
            requestedKw,
            new ActivationMeasurement(_day, _meters, _expectedWeight, _options).Assess(record.Period, requestedKw),
            activation.Location)
        {
            Record = activation.Hash,
        };
    }

    private ShortfallTrace Trace(HourResult hour) => ShortfallTracing.Trace(
        hour.HourEnding - 1, hour.ShortReserveKw, _devices, _day, _beforeActivation, _options.WorstDevicesPerHour);

    private SettlementInterval SettlementOf(int index, IntervalResult interval, ActivationResult[] activations) => new(
        interval.Interval,
        _position.DayAhead(index / DayTimeline.IntervalsPerHour),
        _position.FifteenMinute(index / DayTimeline.IntervalsPerQuarterHour),
        _position.Dispatch(index),
        MeteredWattSeconds: _meters.EnergyWs(index * DayTimeline.SlotsPerInterval, DayTimeline.SlotsPerInterval),
        ShortW: (long)Math.Round(interval.Reserve.ShortKw * 1e3, MidpointRounding.ToEven))
    {
        Evidence = _position.EvidenceOf(index),
        UndeliveredWattSeconds = activations.Sum(activation =>
            (activation.Delivery?.ShortfallW ?? 0) * activation.Period.OverlapSeconds(interval.Interval)),
    };

    /// <summary>Share of the time of the hour that the controlled devices reported.</summary>
    private double ControlledCoverage(int hour)
    {
        (long covered, long expected) = (0, 0);
        foreach (DeviceSeries device in _devices)
        {
            if (!DeviceReserve.IsControlled(device.Resource.ResourceKind)) continue;
            expected += MarketInterval.HourSeconds;
            for (int index = hour * DayTimeline.IntervalsPerHour; index < (hour + 1) * DayTimeline.IntervalsPerHour; index++)
                covered += device.Intervals[index].CoveredSeconds;
        }
        return expected == 0 ? 0 : (double)covered / expected;
    }

    private static double Mean(ReadOnlySpan<IntervalResult> intervals, Func<IntervalResult, double> value)
    {
        double sum = 0;
        foreach (IntervalResult interval in intervals) sum += value(interval);
        return sum / intervals.Length;
    }

    private static int Count(ReadOnlySpan<IntervalResult> intervals, Func<IntervalResult, bool> condition)
    {
        int count = 0;
        foreach (IntervalResult interval in intervals) count += condition(interval) ? 1 : 0;
        return count;
    }
}
