using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

public sealed class CaseStudyTableTests
{
    private const double ToleranceKw = 0.5;

    [Fact]
    public void The_hourly_table_is_the_references()
    {
        var hours = SimulatedDay.Hours(new CaseStudyOptions());
        Assert.Equal(24, hours.Length);
        for (var h = 0; h < hours.Length; h++)
        {
            var (expected, actual) = (ReferenceTable.Hours[h], hours[h]);
            double[] powers =
            [
                actual.TradedKw, actual.ActualKw, actual.AwardKw, actual.ShownKw, actual.DeliveredKw, actual.ShortKw,
                actual.BatteriesKw, actual.VehiclesKw, actual.AirConditionersKw,
            ];
            Assert.All(powers, (power, column) => Assert.Equal(expected[column + 1], power, ToleranceKw));
            Assert.Equal(expected[10], actual.MeanSoc, 1e-4);
        }
    }

    [Fact]
    public void The_short_hours_are_the_papers() =>
        Assert.Equal([2, 11, 12, 19], SimulatedDay.ShortHours(SimulatedDay.Hours(new CaseStudyOptions())));

    [Theory]
    [InlineData(false, false, new int[0])]
    [InlineData(true, false, new[] { 2, 21 })]
    [InlineData(false, true, new[] { 11, 12, 20 })]
    public void Without_a_disturbance_other_hours_are_short(bool activations, bool cloudFront, int[] expected) =>
        Assert.Equal(expected, SimulatedDay.ShortHours(SimulatedDay.Hours(
            new CaseStudyOptions { Activations = activations, CloudFront = cloudFront })));

    // Short hours and shortfall as a part of the award, from the reference's other seeds.
    public static TheoryData<ulong, ulong, ulong, int[], double[]> OtherSeeds => new()
    {
        { 20210715, 7011, 7012, [2, 11, 12, 19], [0.072, 0.209, 0.383, 0.025] },
        { 20210715, 7021, 7022, [2, 11, 12, 19], [0.118, 0.211, 0.381, 0.104] },
        { 20210715, 7031, 7032, [2, 11, 12, 19], [0.089, 0.227, 0.397, 0.079] },
        { 1000, 1, 2, [2, 11, 12, 19], [0.11, 0.24, 0.419, 0.082] },
        { 1001, 1, 2, [2, 11, 12, 19], [0.062, 0.21, 0.404, 0.091] },
        { 1002, 1, 2, [2, 11, 12, 19], [0.106, 0.218, 0.392, 0.067] },
        { 1003, 1, 2, [2, 11, 12, 19, 23], [0.091, 0.317, 0.42, 0.141, 0.043] },
    };

    [Theory]
    [MemberData(nameof(OtherSeeds))]
    public void Other_seeds_fall_short_as_the_reference_does(ulong fleet, ulong forecast, ulong actual, int[] shortHours, double[] parts)
    {
        var hours = SimulatedDay.Hours(new CaseStudyOptions(), new ScenarioSeeds(fleet, forecast, actual, Prices: 0));
        Assert.Equal(shortHours, SimulatedDay.ShortHours(hours));
        Assert.Equal(parts, shortHours.Select(hour => Math.Round(hours[hour - 1].ShortKw / hours[hour - 1].AwardKw, 3)));
    }

    [Fact]
    public void A_seed_shifts_the_seeds_of_both_runs_by_its_distance_to_the_references()
    {
        Assert.Equal(new ScenarioSeeds(20210715, 7001, 7002, 20210718), ScenarioSeeds.From(20210715));
        Assert.Equal(new ScenarioSeeds(20210714, 7000, 7001, 20210717), ScenarioSeeds.From(20210714));
        Assert.Equal(new ScenarioSeeds(0, unchecked(7001UL - 20210715), unchecked(7002UL - 20210715), 3), ScenarioSeeds.From(0));
    }
}
