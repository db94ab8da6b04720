using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>The fleet's day, step by step: the forecast run, where there is no plan yet, or the actual run, which follows one.</summary>
/// <remarks>Holds the state of one step only; <see cref="Advance"/> replaces it. Source: docs/spec/market.md, 5.3. The order of draws
/// is part of it.</remarks>
internal sealed class DaySimulation
{
    private const double ForecastAttendance = 0.75;
    private const double ActualAttendance = 0.70;
    private const double ShortfallTolerance = 0.02;

    private readonly DayProfiles _profiles;
    private readonly OperatingPlan? _plan;
    private readonly Disturbances _disturbances;
    private readonly SplitMix64 _random;
    private bool _isRestoring;
    private double _hourShortfallKw;
    private double _levelBeforeActivationKw;
    private double _controlledKw;
    private int? _previousActivation;

    private DaySimulation(
        ImmutableArray<Prosumer> fleet, DayProfiles profiles, ulong seed, OperatingPlan? plan, Disturbances disturbances)
    {
        _profiles = profiles;
        _plan = plan;
        _disturbances = disturbances;
        _random = new SplitMix64(seed);
        var attendance = plan is null ? ForecastAttendance : ActualAttendance;
        Prosumers = [.. fleet.Select(prosumer => new ProsumerState(prosumer, attendance, _random))];
    }

    /// <summary>The run the day-ahead bid is made from: nothing unforeseen happens.</summary>
    public static DaySimulation Forecast(ImmutableArray<Prosumer> fleet, DayProfiles profiles, ulong seed) =>
        new(fleet, profiles, seed, plan: null, Disturbances.None);

    /// <summary>The run of the day itself, which tracks the plan as well as the disturbances let it.</summary>
    public static DaySimulation Actual(
        ImmutableArray<Prosumer> fleet, DayProfiles profiles, ulong seed, OperatingPlan plan, Disturbances disturbances) =>
        new(fleet, profiles, seed, plan, disturbances);

    /// <summary>States of the prosumers in fleet order, for the step last run.</summary>
    public ImmutableArray<ProsumerState> Prosumers { get; }

    /// <summary>The step last run, 0 to 287; −1 before the first.</summary>
    public int Step { get; private set; } = -1;

    /// <summary>The activation under which the step last run stands, or null.</summary>
    public int? Activation { get; private set; }

    /// <summary>True where the step last run is the first of its activation.</summary>
    public bool ActivationStarts => Activation is not null && Activation != _previousActivation;

    /// <summary>True where the step last run is the first after an activation.</summary>
    public bool ActivationEnded => Activation is null && _previousActivation is not null;

    /// <summary>Runs the next step.</summary>
    public StepTotals Advance()
    {
        Step++;
        _previousActivation = Activation;
        Activation = _disturbances.ActivationAt(Step);
        DecideOnRestoring();
        PlanDevices();
        var headroom = MeasureHeadroom();
        if (ActivationStarts)
        {
            FixLevels(headroom);
        }

        return RunDevices(headroom);
    }

    private bool RestoresNow => _isRestoring && !_disturbances.IsCloudy(Step);

    // At the start of an hour: recharge if the hour before it was short of reserve.
    private void DecideOnRestoring()
    {
        if (_plan is null || Step % DayGrid.StepsPerHour != 0 || Step == 0)
        {
            return;
        }

        var award = _plan.SpinAwardKw[DayGrid.HourOf(Step) - 1];
        _isRestoring = _hourShortfallKw / DayGrid.StepsPerHour > ShortfallTolerance * award;
        _hourShortfallKw = 0.0;
    }

    private void PlanDevices()
    {
        var transmission = _disturbances.SolarTransmission(Step);
        var restoreToSoc = RestoresNow ? _plan?.MeanSoc[Step] : null;
        foreach (var prosumer in Prosumers)
        {
            prosumer.Plan(_profiles, Step, transmission, restoreToSoc, _random);
        }

        if (_plan is not null && Activation is null && !RestoresNow)
        {
            EnergyTracking.Apply(Prosumers, _plan.EnergyKw[DayGrid.HourOf(Step)], _plan.MeanSoc[Step]);
        }
    }

    private Headroom MeasureHeadroom()
    {
        double batteries = 0.0, vehicles = 0.0, airConditioners = 0.0;
        foreach (var prosumer in Prosumers)
        {
            prosumer.Battery?.MeasureHeadroom();
            batteries += prosumer.Battery?.HeadroomKw ?? 0.0;
            vehicles += prosumer.Stations.Sum(station => station.HeadroomKw);
            airConditioners += prosumer.AirConditioner.HeadroomKw;
        }

        return new Headroom(batteries, vehicles, airConditioners);
    }

    private void FixLevels(Headroom headroom)
    {
        var award = _plan!.SpinAwardKw[DayGrid.HourOf(Step)];
        var share = headroom.TotalKw > 0.0 ? Math.Min(1.0, award / headroom.TotalKw) : 0.0;
        _levelBeforeActivationKw = _controlledKw;
        foreach (var prosumer in Prosumers)
        {
            prosumer.Hold(share);
        }
    }

    private StepTotals RunDevices(Headroom headroom)
    {
        double net = 0.0, controlled = 0.0, baseLoad = 0.0, soc = 0.0;
        var batteries = 0;
        foreach (var prosumer in Prosumers)
        {
            prosumer.Run(held: Activation is not null);
            net += prosumer.NetKw;
            controlled += prosumer.ControlledKw;
            baseLoad += prosumer.BaseLoadKw;
            if (prosumer.Battery is { } battery)
            {
                soc += battery.EndSoc;
                batteries++;
            }
        }

        _controlledKw = controlled;
        var shown = Activation is null ? headroom.TotalKw : controlled - _levelBeforeActivationKw;
        _hourShortfallKw += Math.Max(0.0, (_plan?.SpinAwardKw[DayGrid.HourOf(Step)] ?? 0.0) - shown);
        return new StepTotals(net, controlled, baseLoad, shown, headroom, batteries > 0 ? soc / batteries : 0.0);
    }
}
