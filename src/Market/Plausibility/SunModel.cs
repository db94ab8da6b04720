using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Market.Plausibility;

/// <summary>Where the sun stands over the sites in an interval.</summary>
/// <param name="IsNight">It is below the limit of night from start to end.</param>
/// <param name="IsHigh">In the middle of the interval it is so high that solar power cannot stand still.</param>
/// <param name="ClearSkyPpm">Power of panels under a clear sky in the middle of the interval, parts per million of nameplate.</param>
internal readonly record struct SunPosition(bool IsNight, bool IsHigh, long ClearSkyPpm);

/// <summary>The sun over the place that a rule set names.</summary>
internal sealed class SunModel(QualityRules rules)
{
    private const double MicroDegrees = 1e6;
    private const double MilliDegrees = 1e3;
    private const double SecondsPerHour = 3600.0;
    private const double FullSunWattsPerSquareMetre = 1000.0;
    private const int SecondsPerDay = 86_400;

    private readonly ClearSky _sky = new(
        rules[QualityParameter.LatitudeMicroDegrees] / MicroDegrees, rules[QualityParameter.LongitudeMicroDegrees] / MicroDegrees);

    private readonly double _night = SineOf(rules[QualityParameter.NightElevationMilliDegrees]);
    private readonly double _high = SineOf(rules[QualityParameter.StuckSolarElevationMilliDegrees]);
    private readonly long _performancePpm = rules[QualityParameter.SolarPerformancePpm];

    public SunPosition Over(MarketInterval interval)
    {
        long dayStart = interval.StartUnixSeconds - (interval.StartUnixSeconds % SecondsPerDay);
        int dayOfYear = DateTimeOffset.FromUnixTimeSeconds(dayStart).DayOfYear;
        double start = (interval.StartUnixSeconds - dayStart) / SecondsPerHour;
        double end = start + (interval.DurationSeconds / SecondsPerHour);
        double middle = (start + end) / 2.0;
        double yield = _sky.WattsPerSquareMetre(middle, dayOfYear, utcOffsetHours: 0.0) / FullSunWattsPerSquareMetre * _performancePpm;
        return new SunPosition(
            Elevation(start, dayOfYear) < _night && Elevation(end, dayOfYear) < _night,
            Elevation(middle, dayOfYear) > _high,
            (long)Math.Round(yield, MidpointRounding.AwayFromZero));
    }

    private double Elevation(double hour, int dayOfYear) => _sky.CosineOfZenith(hour, dayOfYear, utcOffsetHours: 0.0);

    private static double SineOf(long milliDegrees) => DeterministicMath.Sin(DeterministicMath.Radians(milliDegrees / MilliDegrees));
}
