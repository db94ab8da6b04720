using static DerChain.Market.Scenario.DeterministicMath;

namespace DerChain.Market.Scenario;

/// <summary>A hot, clear summer day in Los Angeles.</summary>
/// <remarks>Source: the formulas of docs/spec/market.md, 5.2.</remarks>
internal static class Weather
{
    /// <summary>How much warmer the day becomes than was forecast.</summary>
    public const double ForecastErrorC = 0.6;

    private const double PanelPerformance = 0.84;

    private static readonly ClearSky LosAngeles = new(LatitudeDegrees: 34.05, LongitudeDegrees: -118.25);

    /// <summary>Outdoor temperature in °C at an hour of local time.</summary>
    public static double AmbientC(double hour) => 28.0 + (8.5 * Cos(2.0 * Math.PI * (hour - 16.0) / 24.0));

    /// <summary>Power of panels under a clear sky, in kW per rated kW.</summary>
    public static double SolarYield(double hour, int dayOfYear, double utcOffsetHours) =>
        LosAngeles.WattsPerSquareMetre(hour, dayOfYear, utcOffsetHours) / 1000.0 * PanelPerformance;
}
