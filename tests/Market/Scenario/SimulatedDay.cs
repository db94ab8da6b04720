using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

/// <summary>The hourly table of docs/spec/market.md, 5.4, straight from the simulation.</summary>
internal sealed record SimulatedHour(
    double TradedKw,
    double ActualKw,
    double AwardKw,
    double ShownKw,
    double DeliveredKw,
    double ShortKw,
    double BatteriesKw,
    double VehiclesKw,
    double AirConditionersKw,
    double MeanSoc);

internal static class SimulatedDay
{
    public static SimulatedHour[] Hours(CaseStudyOptions options) => Hours(options, ScenarioSeeds.From(options.Seed));

    public static SimulatedHour[] Hours(CaseStudyOptions options, ScenarioSeeds seeds)
    {
        var inputs = CaseStudy.Inputs(options, seeds);
        var day = inputs.Start();
        var steps = Enumerable.Range(0, DayGrid.Steps).Select(_ => day.Advance()).ToArray();
        return [.. steps.Chunk(DayGrid.StepsPerHour).Select((hour, h) => new SimulatedHour(
            -inputs.Plan.EnergyKw[h],
            -hour.Average(step => step.NetKw),
            inputs.Plan.SpinAwardKw[h],
            hour.Average(step => step.ShownReserveKw),
            hour.Average(step => Math.Min(inputs.Plan.SpinAwardKw[h], step.ShownReserveKw)),
            hour.Average(step => Math.Max(0.0, inputs.Plan.SpinAwardKw[h] - step.ShownReserveKw)),
            hour.Average(step => step.Headroom.BatteriesKw),
            hour.Average(step => step.Headroom.VehiclesKw),
            hour.Average(step => step.Headroom.AirConditionersKw),
            hour[^1].MeanSoc))];
    }

    /// <summary>Hours, from 1, whose mean shortfall is above 2 % of the award.</summary>
    public static int[] ShortHours(IEnumerable<SimulatedHour> hours) =>
        [.. hours.Select((hour, h) => (hour, h)).Where(x => x.hour.ShortKw > 0.02 * x.hour.AwardKw).Select(x => x.h + 1)];
}
