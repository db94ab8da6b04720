using static DerChain.Market.Scenario.DeterministicMath;

namespace DerChain.Market.Scenario;

/// <summary>The sun over one place, and what it gives under a clear sky.</summary>
/// <param name="LatitudeDegrees">Latitude, + north.</param>
/// <param name="LongitudeDegrees">Longitude, + east.</param>
/// <remarks>Source: the formulas of docs/spec/market.md, 5.2. Time is told by the hour of the day, its number in the year, and the offset from UTC in
/// hours.</remarks>
internal readonly record struct ClearSky(double LatitudeDegrees, double LongitudeDegrees)
{
    private const double DegreesPerHour = 15.0;
    private const double HorizonCosine = 1e-3;

    /// <summary>Haurwitz's clear-sky model of global horizontal irradiance.</summary>
    public double WattsPerSquareMetre(double hour, int dayOfYear, double utcOffsetHours)
    {
        var cosine = CosineOfZenith(hour, dayOfYear, utcOffsetHours);
        return cosine > HorizonCosine ? 1098.0 * cosine * Exp(-0.059 / cosine) : 0.0;
    }

    /// <summary>Cosine of the sun's angle from the zenith: the sine of its elevation.</summary>
    public double CosineOfZenith(double hour, int dayOfYear, double utcOffsetHours)
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
