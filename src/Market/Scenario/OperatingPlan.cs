namespace DerChain.Market.Scenario;

/// <summary>What the aggregator plans and sells the day before, from the forecast run. Powers in kW, + injection.</summary>
/// <param name="EnergyKw">Net position per hour.</param>
/// <param name="SpinAwardKw">Spinning reserve per hour.</param>
/// <param name="BaseLoadKw">Inflexible load per hour, as a magnitude.</param>
/// <param name="MeanSoc">Mean state of charge of the batteries at the end of each step.</param>
/// <remarks>Source: docs/spec/market.md, 5.3, point 1.</remarks>
internal sealed record OperatingPlan(double[] EnergyKw, double[] SpinAwardKw, double[] BaseLoadKw, double[] MeanSoc)
{
    private const double OfferedPartOfHeadroom = 0.8;
    private const double OfferStepKw = 10.0;

    /// <summary>Runs the forecast and plans by it.</summary>
    public static OperatingPlan From(DaySimulation forecast)
    {
        var steps = new StepTotals[DayGrid.Steps];
        for (var step = 0; step < steps.Length; step++)
        {
            steps[step] = forecast.Advance();
        }

        return new OperatingPlan(
            PerHour(steps, totals => totals.NetKw),
            Array.ConvertAll(PerHour(steps, totals => totals.Headroom.TotalKw), Offer),
            PerHour(steps, totals => totals.BaseLoadKw),
            Array.ConvertAll(steps, totals => totals.MeanSoc));
    }

    /// <summary>Mean over each hour of a quantity of the steps.</summary>
    public static double[] PerHour(StepTotals[] steps, Func<StepTotals, double> quantity)
    {
        var means = new double[DayGrid.Hours];
        for (var hour = 0; hour < means.Length; hour++)
        {
            means[hour] = steps.Skip(hour * DayGrid.StepsPerHour).Take(DayGrid.StepsPerHour).Sum(quantity) / DayGrid.StepsPerHour;
        }

        return means;
    }

    private static double Offer(double headroomKw) => Math.Floor(OfferedPartOfHeadroom * headroomKw / OfferStepKw) * OfferStepKw;
}
