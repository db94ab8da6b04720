using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>What a day brings to the fleet from outside: temperature, sun and inflexible load, per five-minute step. The one place where
/// formulas or measured data enter the simulation.</summary>
/// <param name="AmbientC">Outdoor temperature per step.</param>
/// <param name="SolarYield">Per prosumer, in fleet order: power per rated kW of its panels, per step. Prosumers may share an array.</param>
/// <param name="BaseLoadKw">Per prosumer, in fleet order: load before its scale, per step. Prosumers may share an array.</param>
/// <param name="LoadIsNoisy">The load fluctuates about the profile; false where the profile was measured.</param>
internal sealed record DayProfiles(
    double[] AmbientC, ImmutableArray<double[]> SolarYield, ImmutableArray<double[]> BaseLoadKw, bool LoadIsNoisy)
{
    /// <summary>The case study's day, from formulas.</summary>
    public static DayProfiles Generate(ImmutableArray<Prosumer> fleet, DaySky sky, double warmerC)
    {
        var solar = sky.SolarYield();
        var load = Array.ConvertAll(Enum.GetValues<BuildingKind>(), kind => PerStep(hour => BaseLoad.Kw(kind, hour)));
        return new DayProfiles(
            PerStep(hour => Weather.AmbientC(hour) + warmerC),
            [.. fleet.Select(_ => solar)],
            [.. fleet.Select(prosumer => load[(int)prosumer.Kind])],
            LoadIsNoisy: true);
    }

    /// <summary>Value of a formula at the middle of every step.</summary>
    public static double[] PerStep(Func<double, double> formula)
    {
        var values = new double[DayGrid.Steps];
        for (var step = 0; step < values.Length; step++)
        {
            values[step] = formula(DayGrid.Midpoint(step));
        }

        return values;
    }
}

/// <summary>Where the sun stands: the day of the year, and the zone's offset from UTC at noon, in hours.</summary>
internal sealed record DaySky(int DayOfYear, double UtcOffsetHours)
{
    /// <summary>Power of panels under a clear sky in kW per rated kW, per step.</summary>
    public double[] SolarYield() => DayProfiles.PerStep(hour => Weather.SolarYield(hour, DayOfYear, UtcOffsetHours));
}
