namespace DerChain.Market.Scenario;

/// <summary>A battery through the day. Powers in kW, + discharges; state of charge as a fraction.</summary>
/// <remarks>Source: docs/spec/market.md, 2.3, 5.2 and 5.3.</remarks>
internal sealed class BatteryState(Battery battery, double stateOfCharge)
{
    public Battery Battery { get; } = battery;

    /// <summary>State of charge at the step's start and end.</summary>
    public double StartSoc { get; private set; }
    public double EndSoc { get; private set; } = stateOfCharge;

    /// <summary>Schedule of the step, with what energy tracking adds to it.</summary>
    public double PlannedKw { get; private set; }

    /// <summary>How much more it could give for the sustain duration.</summary>
    public double HeadroomKw { get; private set; }

    /// <summary>The level fixed for an activation.</summary>
    public double HeldKw { get; set; }

    /// <summary>Power of the step.</summary>
    public double PowerKw { get; private set; }

    public void Plan(int hour, double? restoreToSoc)
    {
        StartSoc = EndSoc;
        PlannedKw = BatteryPlan.Power(Battery, StartSoc, hour, restoreToSoc);
    }

    /// <summary>How much more it could give in this one step, down to a floor.</summary>
    public double RoomAbove(double floorSoc) => Math.Max(0.0, Math.Min(Battery.RatedKw, PowerDownTo(floorSoc)) - PlannedKw);

    public void DischargeMore(double kw) => PlannedKw += kw;

    public void MeasureHeadroom()
    {
        var sustained = Battery.OneWayEfficiency * Math.Max(0.0, StartSoc - Battery.SocMin) * Battery.CapacityKwh / DayGrid.SustainHours;
        HeadroomKw = Math.Max(0.0, Math.Min(Battery.RatedKw, sustained) - PlannedKw);
    }

    /// <summary>Runs the step as planned, or at the level held for an activation as far as its energy goes.</summary>
    public void Run(bool held)
    {
        PowerKw = held ? Math.Min(HeldKw, PowerDownTo(Battery.SocMin)) : PlannedKw;
        EndSoc = Charge.After(StartSoc, PowerKw, Battery.OneWayEfficiency, Battery.CapacityKwh);
    }

    /// <summary>State of charge after a part of the step.</summary>
    public double SocAt(double partOfStep) => StartSoc + ((EndSoc - StartSoc) * partOfStep);

    private double PowerDownTo(double floorSoc) =>
        Math.Max(0.0, StartSoc - floorSoc) * Battery.CapacityKwh * Battery.OneWayEfficiency / DayGrid.StepHours;
}

/// <summary>State of charge of a battery or vehicle after a step.</summary>
internal static class Charge
{
    public static double After(double soc, double kw, double efficiency, double capacityKwh)
    {
        var change = kw < 0.0 ? -kw * efficiency * DayGrid.StepHours / capacityKwh : -kw * DayGrid.StepHours / efficiency / capacityKwh;
        return Math.Clamp(soc + change, 0.0, 1.0);
    }
}
