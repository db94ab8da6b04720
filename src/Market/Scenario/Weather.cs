using static DerChain.Market.Scenario.DeterministicMath;

namespace DerChain.Market.Scenario;

/// <summary>A hot, clear summer day in Los Angeles.</summary>
/// <remarks>Source: the formulas of docs/spec/market.md, 5.2.</remarks>
internal static class Weather
{
    /// <summary>How much warmer the day becomes than was forecast.</summary>
    public const double ForecastErrorC = 0.6;

    private const double LatitudeDegrees = 34.05;
    private const double LongitudeDegrees = -118.25;
    private const double DegreesPerHour = 15.0;
    private const double PanelPerformance = 0.84;
    private const double HorizonCosine = 1e-3;

    /// <summary>Outdoor temperature in °C at an hour of local time.</summary>
    public static double AmbientC(double hour) => 28.0 + (8.5 * Cos(2.0 * Math.PI * (hour - 16.0) / 24.0));

    /// <summary>Power of panels under a clear sky, in kW per rated kW.</summary>
    public static double SolarYield(double hour, int dayOfYear, double utcOffsetHours) =>
        ClearSkyWattsPerSquareMetre(hour, dayOfYear, utcOffsetHours) / 1000.0 * PanelPerformance;

    // Haurwitz's clear-sky model of global horizontal irradiance.
    private static double ClearSkyWattsPerSquareMetre(double hour, int dayOfYear, double utcOffsetHours)
    {
        var cosine = CosineOfZenith(hour, dayOfYear, utcOffsetHours);
        return cosine > HorizonCosine ? 1098.0 * cosine * Exp(-0.059 / cosine) : 0.0;
    }

    private static double CosineOfZenith(double hour, int dayOfYear, double utcOffsetHours)
    {
        var orbit = Radians(360.0 / 365.0 * (dayOfYear - 81));
        var equationOfTimeMinutes = (9.87 * Sin(2.0 * orbit)) - (7.53 * Cos(orbit)) - (1.5 * Sin(orbit));
        var solarTime = hour + (equationOfTimeMinutes / 60.0) + ((LongitudeDegrees - (DegreesPerHour * utcOffsetHours)) / DegreesPerHour);
        var hourAngle = Radians(DegreesPerHour * (solarTime - 12.0));
        var declination = Radians(23.45 * Sin(Radians(360.0 / 365.0 * (284 + dayOfYear))));
        var latitude = Radians(LatitudeDegrees);
        return (Sin(latitude) * Sin(declination)) + (Cos(latitude) * Cos(declination) * Cos(hourAngle));
    }
}
