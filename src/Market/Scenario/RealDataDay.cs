using System.Collections.Immutable;
using System.Globalization;

namespace DerChain.Market.Scenario;

/// <summary>A day of the market on measured houses and prices. Load, panels and energy prices are the user's; batteries, vehicles, air
/// conditioners, outdoor temperature and the price of reserve are the case study's.</summary>
/// <remarks>Hourly measurements are held over the hour; fifteen-minute prices over their dispatch intervals, and averaged to day-ahead
/// prices.</remarks>
public static class RealDataDay
{
    /// <summary>Makes the day. The same options give the same records on every platform.</summary>
    /// <exception cref="ArgumentException">An option is out of its range or has another number of values, or the date has not 24
    /// hours.</exception>
    public static MarketDay Create(RealDataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RealDataRules.Require(options);
        var day = ScenarioDay.Of(options.Date);
        var seeds = ScenarioSeeds.From(options.Seed);
        var fleet = Fleet(options, seeds.Fleet);
        var measured = Profiles(options, fleet);
        var forecast = DaySimulation.Forecast(fleet, measured with { LoadIsNoisy = true }, seeds.Forecast);
        var warmer = measured with { AmbientC = Array.ConvertAll(measured.AmbientC, ambient => ambient + Weather.ForecastErrorC) };
        var inputs = new ScenarioInputs(
            day,
            fleet,
            warmer,
            seeds.Actual,
            OperatingPlan.From(forecast),
            Prices(options.FifteenMinutePricesUsdPerMWh),
            Disturbances.CaseStudy(options.Activations, cloudFront: false));
        return ScenarioDay.Create(inputs, Origin(options));
    }

    private static ImmutableArray<Prosumer> Fleet(RealDataOptions options, ulong seed) =>
    [
        .. FleetBuilder.BuildHomes(options.Prosumers, seed)
            .Select(home => home with { SolarKw = HouseOf(home.Index, options).SolarKw.Max(), BaseLoadScale = 1.0 }),
    ];

    private static HouseProfile HouseOf(int prosumer, RealDataOptions options) => options.Houses[prosumer % options.Houses.Length];

    private static DayProfiles Profiles(RealDataOptions options, ImmutableArray<Prosumer> fleet)
    {
        var loads = options.Houses.Select(house => Held(house.LoadKw)).ToArray();
        var yields = options.Houses.Select(house => Yield(house.SolarKw)).ToArray();
        return new DayProfiles(
            DayProfiles.PerStep(Weather.AmbientC),
            [.. fleet.Select(home => yields[home.Index % yields.Length])],
            [.. fleet.Select(home => loads[home.Index % loads.Length])],
            LoadIsNoisy: false);
    }

    private static double[] Held(ImmutableArray<double> hourly) =>
        [.. hourly.SelectMany(value => Enumerable.Repeat(value, DayGrid.StepsPerHour))];

    private static double[] Yield(ImmutableArray<double> solarKw)
    {
        var ratedKw = solarKw.Max();
        return Array.ConvertAll(Held(solarKw), kw => ratedKw > 0.0 ? kw / ratedKw : 0.0);
    }

    private static DayPrices Prices(ImmutableArray<decimal> dollars)
    {
        var hourly = dollars.Chunk(dollars.Length / DayGrid.Hours).Select(quarters => Micros(quarters.Average()));
        var fifteenMinute = dollars.Select(Micros).ToImmutableArray();
        var dispatch = fifteenMinute.SelectMany(price => Enumerable.Repeat(price, DayGrid.StepsPerQuarterHour));
        return new DayPrices([.. hourly], IllustrativePrices.Spin, fifteenMinute, [.. dispatch]);
    }

    private static long Micros(decimal dollars) => (long)decimal.Round(dollars * 1e6m, MidpointRounding.AwayFromZero);

    private static ImmutableArray<string> Origin(RealDataOptions options) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"Load and PV of {options.Houses.Length} measured houses ({options.ProfilesSource}), repeated to {options.Prosumers} prosumers")
        + " and held over each hour.",
        $"Energy prices of the fifteen-minute market ({options.PricesSource}), held over their dispatch intervals and averaged to"
        + " day-ahead prices.",
        "Batteries, vehicles, air conditioners and outdoor temperature are generated from formulas and a seed; the measured load may"
        + " contain cooling already.",
        "Prices of spinning reserve are illustrative; not market data.",
        "The day before, the measured day was known but for fluctuations of load, attendance of vehicles and 0.6 °C.",
        options.Activations
            ? "Spinning reserve is called 00:30 to 01:00 and 17:25 to 18:00, at times that were chosen."
            : "Spinning reserve is not called.",
    ];
}
