using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>The case study: a summer day in Los Angeles on which 200 prosumers trade energy and spinning reserve through an aggregator,
/// which in four hours cannot deliver the reserve it was paid for.</summary>
/// <remarks>Inspired by the paper, whose pattern of short hours (2, 11, 12, 19) it shows: how they come about is emergent, the times of
/// the disturbances were chosen. Source: docs/spec/market.md, 5.</remarks>
public static class CaseStudy
{
    /// <summary>IANA name of the time zone of the study's market.</summary>
    public const string TimeZone = "America/Los_Angeles";

    /// <summary>Makes the day. The same options give the same records on every platform.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or the date has not 24 hours.</exception>
    public static MarketDay Create(CaseStudyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Prosumers, 1, nameof(options.Prosumers));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Prosumers, CaseStudyOptions.MaxProsumers, nameof(options.Prosumers));
        var inputs = Inputs(options, ScenarioSeeds.From(options.Seed));
        return ScenarioDay.Create(inputs, Origin(options));
    }

    /// <summary>What the day follows from, with seeds of its own for every part.</summary>
    internal static ScenarioInputs Inputs(CaseStudyOptions options, ScenarioSeeds seeds)
    {
        var day = ScenarioDay.Of(options.Date);
        var sky = ScenarioDay.SkyOf(day);
        var fleet = FleetBuilder.Build(options.Prosumers, seeds.Fleet);
        var forecast = DaySimulation.Forecast(fleet, DayProfiles.Generate(fleet, sky, warmerC: 0.0), seeds.Forecast);
        return new ScenarioInputs(
            day,
            fleet,
            DayProfiles.Generate(fleet, sky, Weather.ForecastErrorC),
            seeds.Actual,
            OperatingPlan.From(forecast),
            IllustrativePrices.Draw(seeds.Prices),
            Disturbances.CaseStudy(options.Activations, options.CloudFront));
    }

    private static ImmutableArray<string> Origin(CaseStudyOptions options) =>
    [
        "Fleet, weather, load and behaviour are generated from formulas and a seed; no measured data.",
        "Prices are illustrative, like those of a Californian summer day; not market data.",
        options.Activations ? "Spinning reserve is called 00:30 to 01:00 and 17:25 to 18:00." : "Spinning reserve is not called.",
        options.CloudFront ? "Clouds pass 10:00 to 12:00." : "The sky stays clear.",
        "The times of the disturbances were chosen; which hours fall short is emergent.",
    ];
}
