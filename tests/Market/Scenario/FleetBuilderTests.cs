using CsCheck;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

public sealed class FleetBuilderTests
{
    [Fact]
    public void The_reference_fleet_has_the_specified_size()
    {
        var fleet = FleetBuilder.Build(200, 20210715);
        Assert.Equal(1998.0, fleet.Sum(prosumer => prosumer.SolarKw), 0.5);
        Assert.Equal(156, fleet.Count(prosumer => prosumer.SolarKw > 0));
        Assert.Equal(120, fleet.Count(prosumer => prosumer.Battery is not null));
        Assert.Equal(1290.0, fleet.Sum(prosumer => prosumer.Battery?.RatedKw ?? 0), 1e-9);
        Assert.Equal(2822.0, fleet.Sum(prosumer => prosumer.Battery?.CapacityKwh ?? 0), 0.5);
        Assert.Equal(235, fleet.Sum(prosumer => prosumer.Stations.Length));
    }

    [Fact]
    public void A_prosumer_is_the_references()
    {
        var home = FleetBuilder.Build(200, 20210715)[0];
        Assert.Equal((BuildingKind.Residential, 0.0, null), (home.Kind, home.SolarKw, home.Battery));
        Assert.Equal(1.6253202309357684, home.AirConditioner.ResistanceCPerKw);
        Assert.Equal(4.294873429087154, home.AirConditioner.RatedKw);
        Assert.Equal(23.172271052101546, home.SetpointC);
        Assert.Equal(0.8025063154784976, home.BaseLoadScale);
        Assert.True(home.IsEmptyByDay);
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(2, 1, 1, 0)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(7, 4, 2, 1)]
    [InlineData(10, 6, 3, 1)]
    [InlineData(200, 120, 50, 30)]
    [InlineData(5000, 3000, 1250, 750)]
    public void Kinds_are_shared_by_largest_remainder(int prosumers, int homes, int offices, int shops)
    {
        Assert.Equal([homes, offices, shops], FleetBuilder.CountByKind(prosumers));
        Assert.Equal(
            Enumerable.Repeat(BuildingKind.Residential, homes)
                .Concat(Enumerable.Repeat(BuildingKind.Office, offices))
                .Concat(Enumerable.Repeat(BuildingKind.Retail, shops)),
            FleetBuilder.Build(prosumers, 1).Select(prosumer => prosumer.Kind));
    }

    [Fact]
    public void Every_prosumer_is_of_a_kind() => Gen.Int[1, 100_000].Sample(prosumers =>
    {
        var counts = FleetBuilder.CountByKind(prosumers);
        Assert.Equal(prosumers, counts.Sum());
        Assert.All(counts.Zip([60, 25, 15]), x => Assert.True(Math.Abs(x.First - (prosumers * x.Second / 100.0)) < 1.0));
    });
}
