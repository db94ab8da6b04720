using System.Collections;
using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using static DerChain.Market.Scenario.ScenarioNames;

namespace DerChain.Market.Scenario;

/// <summary>The day's messages in the order they are sent. Each enumeration simulates the day anew and holds one step of it.</summary>
/// <remarks>At the start of a step: telemetry of the step that ends, the real-time bid that is due, the quarter hour's award, the
/// dispatch, the scheduled commands; then, where reserve is called, the activation and the commands that follow from it. Source:
/// docs/spec/market.md, 1.1 and 5.5.</remarks>
internal sealed class MessageStream(ScenarioInputs inputs, ImmutableArray<ProsumerIdentity> identities) : IEnumerable<ScenarioMessage>
{
    private const int StepsBeforeHourOfRealTimeBid = 15;
    private const int ActivationMinuteSeconds = 60;

    private static readonly TimeOnly DayAheadBidTime = new(10, 0);
    private static readonly TimeOnly DayAheadAwardTime = new(13, 0);

    private readonly TradingDay _day = inputs.Day;
    private readonly BidsAndAwards _market = new(Aggregation, inputs.Day, inputs.Plan, inputs.Prices);

    /// <inheritdoc/>
    public IEnumerator<ScenarioMessage> GetEnumerator() => OnTheDayBefore().Concat(OnTheDay()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<ScenarioMessage> OnTheDayBefore()
    {
        var dayBefore = _day.Date.AddDays(-1);
        yield return FromAggregator(_day.InstantAt(dayBefore, DayAheadBidTime), _market.DayAheadBid());
        yield return FromSystemOperator(_day.InstantAt(dayBefore, DayAheadAwardTime), _market.DayAheadAward());
        for (var step = -StepsBeforeHourOfRealTimeBid; step < 0; step += DayGrid.StepsPerHour)
        {
            yield return RealTimeBid(step);
        }
    }

    private IEnumerable<ScenarioMessage> OnTheDay()
    {
        var simulation = inputs.Start();
        var reports = 0UL;
        long? observedW = null;
        var commitmentW = 0L;
        for (var step = 0; step < DayGrid.Steps; step++)
        {
            var totals = simulation.Advance();
            if (RealTimeBidIsDue(step))
            {
                yield return RealTimeBid(step);
            }

            if (step % DayGrid.StepsPerQuarterHour == 0)
            {
                var award = _market.FifteenMinuteAward(step / DayGrid.StepsPerQuarterHour, observedW);
                commitmentW = award.Rows[0].EnergyW;
                yield return FromSystemOperator(StartOf(step), award);
            }

            var isActivated = simulation.Activation is not null;
            yield return FromSystemOperator(StartOf(step), _market.Dispatch(step, commitmentW, observedW, isActivated));
            foreach (var message in Commands(simulation).Concat(Telemetry(simulation, reports)))
            {
                yield return message;
            }

            reports += (ulong)ReportsIn(simulation);
            observedW = ScaledInteger.Thousandths(totals.NetKw);
        }
    }

    private static bool RealTimeBidIsDue(int step) =>
        (step + StepsBeforeHourOfRealTimeBid) % DayGrid.StepsPerHour == 0 && step + StepsBeforeHourOfRealTimeBid < DayGrid.Steps;

    private ScenarioMessage RealTimeBid(int step)
    {
        var hour = (step + StepsBeforeHourOfRealTimeBid) / DayGrid.StepsPerHour;
        return FromAggregator(StartOf(step), _market.RealTimeBid(hour));
    }

    // In the first step of an activation the regular commands go out first, and are overtaken at once.
    private IEnumerable<ScenarioMessage> Commands(DaySimulation simulation)
    {
        if (simulation.Activation is not { } activation)
        {
            return Scheduled(simulation);
        }

        var commands = Activated(simulation, activation);
        return simulation.ActivationStarts
            ? Scheduled(simulation).Append(ReserveActivation(simulation.Step, activation)).Concat(commands)
            : commands;
    }

    private IEnumerable<ScenarioMessage> Scheduled(DaySimulation simulation)
    {
        var reason = simulation.ActivationEnded ? ControlReason.Restore : ControlReason.Scheduled;
        return Command(simulation, reason, activation: null, ControlRows.Scheduled);
    }

    private IEnumerable<ScenarioMessage> Activated(DaySimulation simulation, int activation) =>
        Command(simulation, ControlReason.ReserveActivation, Activation(_day.Date, activation), ControlRows.Activated);

    private IEnumerable<ScenarioMessage> Command(
        DaySimulation simulation,
        ControlReason reason,
        ActivationId? activation,
        Func<ProsumerState, ProsumerIdentity, ImmutableArray<ControlRow>> rows)
    {
        var validity = _day.DispatchIntervals[simulation.Step];
        for (var i = 0; i < identities.Length; i++)
        {
            var command = new ControlCommand(validity, reason, activation, rows(simulation.Prosumers[i], identities[i]));
            yield return new ScenarioMessage(validity.StartUnixSeconds, Aggregator, identities[i].Id, command);
        }
    }

    private ScenarioMessage ReserveActivation(int step, int activation)
    {
        var span = inputs.Disturbances.Activations[activation];
        var period = new MarketInterval(StartOf(span.First), (span.End - span.First) * MarketInterval.DispatchSeconds);
        var requestedW = _market.SpinAwardW(DayGrid.HourOf(step));
        return FromSystemOperator(
            StartOf(step), new ReserveActivation(Aggregation, Activation(_day.Date, activation), period, requestedW));
    }

    private IEnumerable<ScenarioMessage> Telemetry(DaySimulation simulation, ulong reportsBefore)
    {
        var reports = ReportsIn(simulation);
        var seconds = MarketInterval.DispatchSeconds / reports;
        for (var report = 0; report < reports; report++)
        {
            var interval = new MarketInterval(StartOf(simulation.Step) + (report * seconds), seconds);
            var sequence = reportsBefore + (ulong)report + 1;
            for (var i = 0; i < identities.Length; i++)
            {
                var rows = TelemetryRows.Read(simulation.Prosumers[i], identities[i], (double)report / reports, _day.StartUnixSeconds);
                var telemetry = new Telemetry(interval, sequence, interval.EndUnixSeconds, TelemetryQuality.Good, rows);
                yield return new ScenarioMessage(interval.EndUnixSeconds, identities[i].Id, Aggregator, telemetry);
            }
        }
    }

    // One report per step, or one per minute under an activation.
    private static int ReportsIn(DaySimulation simulation) =>
        simulation.Activation is null ? 1 : MarketInterval.DispatchSeconds / ActivationMinuteSeconds;

    private long StartOf(int step) => _day.StartUnixSeconds + (step * MarketInterval.DispatchSeconds);

    private static ScenarioMessage FromAggregator(long recordedAt, MarketRecord record) =>
        new(recordedAt, Aggregator, SystemOperator, record);

    private static ScenarioMessage FromSystemOperator(long recordedAt, MarketRecord record) =>
        new(recordedAt, SystemOperator, Aggregator, record);
}
