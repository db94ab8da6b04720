using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>Turns what a day's records add up to into its verdicts.</summary>
internal sealed class DayAssessment
{
    private readonly DayTimeline _day;
    private readonly Registry _registry;
    private readonly MarketPosition _position;
    private readonly VerificationOptions _options;
    private readonly Address _aggregator;
    private readonly DeviceSeries[] _devices;
    private readonly FleetMeters _meters;
    private readonly FleetReserve _reserve;

    public DayAssessment(
        DayTimeline day, Registry registry, MarketPosition position, FleetReadings readings, Address aggregator, VerificationOptions options)
    {
        (_day, _registry, _position, _aggregator, _options) = (day, registry, position, aggregator, options);
        _devices = [.. readings.Devices];
        _meters = new FleetMeters(day, registry, aggregator, _devices, options);
        _reserve = new FleetReserve(day, registry, aggregator, position, _devices, _meters);
    }

    public DayResult Assess(AggregationId aggregation, ActivationCommands commands, VerificationCounts counts, List<VerificationProblem> problems)
    {
        IntervalResult[] intervals = [.. Enumerable.Range(0, _day.IntervalCount).Select(Interval)];
        HourResult[] hours = [.. Enumerable.Range(0, _day.Hours.Length).Select(hour => Hour(hour, intervals))];
        for (int hour = 0; hour < hours.Length; hour++)
            if (_position.DayAhead(hour) is null)
                problems.Add(new(VerificationRule.MissingDayAheadAward, $"Hour {hour + 1} has no day-ahead award.", null));
        ActivationResult[] activations = [.. _position.Activations.Select(activation => Activation(activation, commands))];
        return new DayResult(
            aggregation,
            _aggregator,
            [.. hours],
            [.. Enumerable.Range(0, _day.QuarterHourCount).Select(QuarterHour)],
            [.. intervals],
            [.. activations],
            [.. Trace(hours.Where(static hour => hour.Verdict is ReserveVerdict.Short or ReserveVerdict.NotVerifiable))],
            [.. Enumerable.Range(0, _day.IntervalCount).Select(index => SettlementOf(index, intervals[index], activations))],
            counts,
            [.. problems])
        {
            Prosumers = [.. _reserve.Prosumers.Select(Prosumer)],
        };
    }

    /// <summary>Energy and reserve of one interval, as far as its records are there.</summary>
    public IntervalResult Interval(int index)
    {
        MarketInterval interval = _day.Interval(index);
        int slot = index * DayTimeline.SlotsPerInterval;
        DispatchRow? dispatch = _position.Dispatch(index);
        return new IntervalResult(
            interval,
            EnergyVerification.Assess(
                _meters.Energy.MeanKw(slot, DayTimeline.SlotsPerInterval),
                dispatch is null ? null : (dispatch.EnergyW + DeployedOnTopW(dispatch)) / 1e3,
                (dispatch?.EnergyW ?? 0) / 1e3,
                _meters.Energy.Coverage(slot, DayTimeline.SlotsPerInterval, _meters.ExpectedWeight(index)),
                _options),
            new ReserveAssessment(_position.ObligationW(index) / 1e3, _reserve.ShownKw(index)),
            _position.ActivationIn(interval)?.Record.Activation)
        {
            IsEstimated = _meters.IsEstimated(index),
        };
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
            ReserveAvailability.Judge(obligationKw, shortKw, _reserve.ControlledCoverage(hour), _options),
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
        return new QuarterHourResult(_day.QuarterHour(index), scheduledKw, _meters.Energy.MeanKw(index * Slots, Slots));
    }

    private ActivationResult Activation(KnownActivation activation, ActivationCommands commands)
    {
        ReserveActivation record = activation.Record;
        double requestedKw = record.RequestedW / 1e3;
        int lastBefore = _position.LastBefore(activation);
        long expectedWeight = _meters.ExpectedWeight(Math.Max(0, lastBefore));
        var measurement = new ActivationMeasurement(_day, _meters.Evidence, expectedWeight, _options);
        if (measurement.Assess(record.Period, requestedKw) is not var (delivery, windows))
            return new ActivationResult(record.Activation, record.Period, requestedKw, null, activation.Location) { Record = activation.Hash };
        var tracing = new ActivationTracing(_day, _registry, _aggregator, _devices, _reserve);
        return new ActivationResult(record.Activation, record.Period, requestedKw, delivery, activation.Location)
        {
            Record = activation.Hash,
            Trace = tracing.Trace(activation, lastBefore, windows, Watts(delivery.CreditedKw), commands),
        };
    }

    private IEnumerable<ShortfallTrace> Trace(IEnumerable<HourResult> hours)
    {
        ImmutableArray<ShortfallTracing> tracings =
            [.. hours.Select(hour => new ShortfallTracing(hour.HourEnding - 1, hour.ShortReserveKw, _day, _position))];
        if (tracings.IsEmpty) return [];
        var intervals = new DeviceIntervals(_day, _position, _aggregator);
        foreach (DeviceSeries device in _devices)
        {
            if (!device.IsControlled) continue;
            ReadOnlySpan<DeviceInterval> reported = intervals.Of(device);
            foreach (ShortfallTracing tracing in tracings) tracing.Add(device, reported, _registry, _aggregator);
        }
        return tracings.Select(tracing => tracing.Result(_options.WorstDevicesPerHour));
    }

    private ProsumerResult Prosumer(Address prosumer)
    {
        ReadOnlySpan<long> shownMws = _reserve.ShownMwsOf(prosumer);
        long verifiedWs = 0;
        foreach (long mws in shownMws) verifiedWs += Math.Max(0, mws) / 1000;
        return new ProsumerResult(
            prosumer, verifiedWs, _reserve.CapacityWOf(prosumer), ImmutableArray.Create(_meters.EnergyWsOf(prosumer)));
    }

    private SettlementInterval SettlementOf(int index, IntervalResult interval, ActivationResult[] activations) => new(
        interval.Interval,
        _position.DayAhead(index / DayTimeline.IntervalsPerHour),
        _position.FifteenMinute(index / DayTimeline.IntervalsPerQuarterHour),
        _position.Dispatch(index),
        MeteredWattSeconds: _meters.Energy.EnergyWs(index * DayTimeline.SlotsPerInterval, DayTimeline.SlotsPerInterval),
        ShortW: Watts(interval.Reserve.ShortKw))
    {
        Evidence = _position.EvidenceOf(index),
        UndeliveredWattSeconds = activations.Sum(activation =>
            (activation.Delivery?.ShortfallW ?? 0) * activation.Period.OverlapSeconds(interval.Interval)),
    };

    private static long Watts(double kw) => (long)Math.Round(kw * 1e3, MidpointRounding.ToEven);

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
