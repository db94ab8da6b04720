namespace DerChain.Market.Scenario;

/// <summary>An air conditioner through the day: the first-order thermal model θ⁺ = βθ + (1−β)(θ_amb − COP·R·l).</summary>
/// <remarks>Source: docs/spec/market.md, 2.3 and 5.2. Powers are electric, in kW.</remarks>
internal sealed class AirConditionerState(AirConditioner unit, double indoorC)
{
    public AirConditioner Unit { get; } = unit;

    /// <summary>Set point and upper bound of comfort in force in the step.</summary>
    public double SetpointC { get; private set; }
    public double ComfortUpperC { get; private set; }
    public double AmbientC { get; private set; }

    /// <summary>Indoor temperature at the step's start and end.</summary>
    public double StartC { get; private set; }
    public double EndC { get; private set; } = indoorC;

    /// <summary>What the thermostat asks for in the step.</summary>
    public double PlannedKw { get; private set; }

    /// <summary>What of that could be shed for the sustain duration without leaving comfort.</summary>
    public double HeadroomKw { get; private set; }

    /// <summary>The level fixed for an activation.</summary>
    public double HeldKw { get; set; }

    /// <summary>What the unit draws in the step.</summary>
    public double PowerKw { get; private set; }

    public void Plan(double setpointC, double comfortMarginC, double ambientC)
    {
        SetpointC = setpointC;
        ComfortUpperC = setpointC + comfortMarginC;
        AmbientC = ambientC;
        StartC = EndC;
        PlannedKw = Math.Clamp(PowerToReach(setpointC, Unit.Beta), 0.0, Unit.RatedKw);
        HeadroomKw = Math.Max(0.0, PlannedKw - Math.Clamp(PowerToReach(ComfortUpperC, SustainedBeta()), 0.0, Unit.RatedKw));
    }

    /// <summary>Runs the step as planned, or at the level held for an activation, which comfort may raise.</summary>
    public void Run(bool held)
    {
        PowerKw = held ? Math.Clamp(Math.Max(HeldKw, PowerToReach(ComfortUpperC, Unit.Beta)), 0.0, Unit.RatedKw) : PlannedKw;
        EndC = TemperatureAfter(Unit.Beta);
    }

    /// <summary>Indoor temperature after a part of the step.</summary>
    public double TemperatureAt(double partOfStep) => partOfStep > 0.0 ? TemperatureAfter(Unit.BetaOf(partOfStep)) : StartC;

    private double TemperatureAfter(double beta) =>
        (beta * StartC) + ((1.0 - beta) * (AmbientC - (Unit.CoefficientOfPerformance * Unit.ResistanceCPerKw * PowerKw)));

    private double PowerToReach(double targetC, double beta) =>
        ((beta * StartC) + ((1.0 - beta) * AmbientC) - targetC)
        / ((1.0 - beta) * Unit.CoefficientOfPerformance * Unit.ResistanceCPerKw);

    private double SustainedBeta()
    {
        var beta = 1.0;
        for (var step = 0; step < DayGrid.SustainSteps; step++)
        {
            beta *= Unit.Beta;
        }

        return beta;
    }
}
