namespace DerChain.Market.Scenario;

/// <summary>A charging station and its vehicle through the day. Powers in kW, + discharges.</summary>
/// <remarks>Source: docs/spec/market.md, 2.3 and 5.2.</remarks>
internal sealed class StationState(ChargingStation station, VehicleHabits habits)
{
    private const double FullTolerance = 1e-6;
    private const double NightChargeKw = 3.6;
    private const double RampHours = 1.0 / 6.0;
    private const double LongestSpreadHours = 5.0;
    private const double ReadyBeforeDepartureHours = 0.5;

    private bool _hasArrived;

    public ChargingStation Station { get; } = station;
    public VehicleHabits Habits { get; } = habits;
    public bool IsConnected { get; private set; }

    /// <summary>The departure the vehicle is waiting for, in hours of local time; past 24 where it is tomorrow's.</summary>
    public double DepartureHour { get; private set; }

    /// <summary>Number of the vehicle's session, from 1; 0 before the first.</summary>
    public uint Session { get; private set; } = habits.StaysOvernight ? 1u : 0u;

    /// <summary>State of charge at the step's start and end.</summary>
    public double StartSoc { get; private set; }
    public double EndSoc { get; private set; } = habits.FirstSoc;

    public double PlannedKw { get; private set; }
    public double HeadroomKw { get; private set; }

    /// <summary>The level fixed for an activation.</summary>
    public double HeldKw { get; set; }

    /// <summary>Power of the step.</summary>
    public double PowerKw { get; private set; }

    private bool IsFull => StartSoc >= Habits.TargetSoc - FullTolerance;

    public void Plan(double hour)
    {
        IsConnected = Habits.IsConnected(hour);
        DepartureHour = Habits.NextDepartureHour(hour);
        StartSoc = EndSoc;
        if (IsConnected && !_hasArrived && hour >= Habits.ArrivalHour)
        {
            _hasArrived = true;
            StartSoc = Habits.ArrivalSoc;
            Session++;
        }

        PlannedKw = IsConnected && !IsFull ? -ChargingKw(hour) : 0.0;
        HeadroomKw = IsConnected && StaysForReserve(hour) ? Math.Max(0.0, SustainedDischargeKw() - PlannedKw) : 0.0;
    }

    /// <summary>Runs the step as planned, or at the level held for an activation as far as the vehicle allows.</summary>
    public void Run(bool held)
    {
        PowerKw = held ? HeldPower() : PlannedKw;
        EndSoc = Charge.After(StartSoc, PowerKw, ChargingStation.OneWayEfficiency, ChargingStation.VehicleCapacityKwh);
    }

    /// <summary>State of charge after a part of the step.</summary>
    public double SocAt(double partOfStep) => StartSoc + ((EndSoc - StartSoc) * partOfStep);

    private double ChargingKw(double hour)
    {
        var missingKw = (Habits.TargetSoc - StartSoc) * ChargingStation.VehicleCapacityKwh / ChargingStation.OneWayEfficiency;
        if (!Habits.StaysOvernight)
        {
            var hoursLeft = Math.Max(DayGrid.StepHours, Habits.DepartureHour - hour - ReadyBeforeDepartureHours);
            return Math.Min(ChargingStation.RatedKw, missingKw / Math.Min(hoursLeft, LongestSpreadHours));
        }

        if (!Habits.ChargesByNight)
        {
            return Math.Min(ChargingStation.RatedKw, missingKw / DayGrid.StepHours);
        }

        return hour is >= 23.0 or < 5.0 ? Math.Min(NightChargeKw, missingKw / DayGrid.StepHours) : 0.0;
    }

    private bool StaysForReserve(double hour) => DepartureHour - hour >= DayGrid.SustainHours + RampHours;

    private double SustainedDischargeKw() => Math.Min(
        Station.MaxDischargeKw,
        ChargingStation.OneWayEfficiency * Math.Max(0.0, StartSoc - ChargingStation.ReserveFloorSoc) * ChargingStation.VehicleCapacityKwh
            / DayGrid.SustainHours);

    private double HeldPower()
    {
        if (!IsConnected || (HeldKw < 0.0 && IsFull))
        {
            return 0.0;
        }

        var available = Math.Max(0.0, StartSoc - ChargingStation.ReserveFloorSoc) * ChargingStation.VehicleCapacityKwh
            * ChargingStation.OneWayEfficiency / DayGrid.StepHours;
        return Math.Min(HeldKw, available);
    }
}
