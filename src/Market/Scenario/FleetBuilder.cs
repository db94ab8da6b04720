using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>Draws the prosumers of a fleet and their devices. The order of the draws is part of the specification.</summary>
/// <remarks>Source: the table of docs/spec/market.md, 5.2.</remarks>
internal static class FleetBuilder
{
    private static readonly int[] SharePercent = [60, 25, 15];

    /// <summary>Residential prosumers, then offices, then shops: 60, 25 and 15 percent, rounded by largest remainder.</summary>
    public static ImmutableArray<Prosumer> Build(int prosumers, ulong seed) => Build(CountByKind(prosumers), seed);

    /// <summary>Residential prosumers only.</summary>
    public static ImmutableArray<Prosumer> BuildHomes(int prosumers, ulong seed) => Build([prosumers, 0, 0], seed);

    /// <summary>How many prosumers of each building kind; a tie of remainders goes to the earlier kind.</summary>
    public static int[] CountByKind(int prosumers)
    {
        var counts = Array.ConvertAll(SharePercent, percent => prosumers * percent / 100);
        var remainders = Array.ConvertAll(SharePercent, percent => prosumers * percent % 100);
        for (var missing = prosumers - counts.Sum(); missing > 0; missing--)
        {
            var largest = Array.IndexOf(remainders, remainders.Max());
            counts[largest]++;
            remainders[largest] = -1;
        }

        return counts;
    }

    private static ImmutableArray<Prosumer> Build(int[] counts, ulong seed)
    {
        var random = new SplitMix64(seed);
        var fleet = ImmutableArray.CreateBuilder<Prosumer>(counts.Sum());
        for (var kind = 0; kind < counts.Length; kind++)
        {
            for (var i = 0; i < counts[kind]; i++)
            {
                fleet.Add(Draw(fleet.Count, (BuildingKind)kind, random));
            }
        }

        return fleet.MoveToImmutable();
    }

    private static Prosumer Draw(int index, BuildingKind kind, SplitMix64 random)
    {
        var solarKw = DrawSolar(kind, random);
        var battery = DrawBattery(kind, random);
        var airConditioner = DrawAirConditioner(kind, random);
        var stations = DrawStations(kind, random);
        return new Prosumer(
            index,
            kind,
            solarKw,
            battery,
            airConditioner,
            stations,
            SetpointC: random.Uniform(22.8, 24.0),
            ComfortMarginC: random.Uniform(1.0, 1.8),
            BaseLoadScale: random.Uniform(0.7, 1.3),
            IsEmptyByDay: kind == BuildingKind.Residential && random.Chance(0.6));
    }

    private static double DrawSolar(BuildingKind kind, SplitMix64 random)
    {
        var (probability, smallest, largest) = kind switch
        {
            BuildingKind.Residential => (0.8, 3.0, 8.0),
            BuildingKind.Office => (0.9, 15.0, 40.0),
            _ => (0.7, 10.0, 30.0),
        };
        return random.Chance(probability) ? random.Uniform(smallest, largest) : 0.0;
    }

    private static Battery? DrawBattery(BuildingKind kind, SplitMix64 random)
    {
        var (probability, battery) = kind switch
        {
            BuildingKind.Residential => (0.6, new Battery(13.5, 5.0)),
            BuildingKind.Office => (0.7, new Battery(40.0, 20.0)),
            _ => (0.6, new Battery(30.0, 15.0)),
        };
        return random.Chance(probability) ? battery : null;
    }

    private static AirConditioner DrawAirConditioner(BuildingKind kind, SplitMix64 random) => kind switch
    {
        BuildingKind.Residential => new AirConditioner(
            random.Uniform(1.6, 2.4), random.Uniform(1.6, 2.4), random.Uniform(2.5, 3.2), random.Uniform(4.0, 6.0)),
        BuildingKind.Office => new AirConditioner(
            random.Uniform(0.32, 0.48), random.Uniform(10, 16), random.Uniform(2.8, 3.4), random.Uniform(18, 26)),
        _ => new AirConditioner(
            random.Uniform(0.4, 0.6), random.Uniform(8, 13), random.Uniform(2.8, 3.4), random.Uniform(14, 22)),
    };

    private static ImmutableArray<ChargingStation> DrawStations(BuildingKind kind, SplitMix64 random)
    {
        var count = kind switch
        {
            BuildingKind.Residential => random.Chance(0.5) ? 1 : 0,
            BuildingKind.Office => 3,
            _ => 1,
        };
        var stations = ImmutableArray.CreateBuilder<ChargingStation>(count);
        for (var i = 0; i < count; i++)
        {
            stations.Add(new ChargingStation(CanDischarge: random.Chance(0.2)));
        }

        return stations.MoveToImmutable();
    }
}
