namespace DerChain.Market.Scenario;

/// <summary>When the vehicle of a charging station comes and goes on this day, and how it charges. Hours of local time.</summary>
/// <param name="ArrivalHour">When it plugs in; infinite where it does not come.</param>
/// <param name="DepartureHour">When it leaves.</param>
/// <param name="NeedKwh">Energy it has driven off before it arrives.</param>
/// <param name="FirstSoc">State of charge at midnight.</param>
/// <param name="TargetSoc">Charging stops here.</param>
/// <param name="StaysOvernight">At home: plugged in until its departure and again from its arrival. At work or a shop: from arrival to
/// departure.</param>
/// <param name="ChargesByNight">Waits for the night and charges slowly; false charges at full power on arrival.</param>
/// <remarks>Source: docs/spec/market.md, 5.2. The order of the draws is part of the specification.</remarks>
internal sealed record VehicleHabits(
    double ArrivalHour,
    double DepartureHour,
    double NeedKwh,
    double FirstSoc,
    double TargetSoc,
    bool StaysOvernight,
    bool ChargesByNight)
{
    private const double HomeTargetSoc = 0.85;
    private const double DayTargetSoc = 0.8;
    private const double DayFirstSoc = 0.5;

    /// <summary>State of charge on arrival.</summary>
    public double ArrivalSoc => TargetSoc - (NeedKwh / ChargingStation.VehicleCapacityKwh);

    /// <summary>Draws the day of one vehicle; <paramref name="attendance"/> is the probability that it comes, where it comes to work or a
    /// shop.</summary>
    public static VehicleHabits Draw(BuildingKind kind, double attendance, SplitMix64 random) =>
        kind == BuildingKind.Residential ? DrawHome(random) : DrawDay(kind, attendance, random);

    public bool IsConnected(double hour) => StaysOvernight
        ? hour < DepartureHour || hour >= ArrivalHour
        : hour >= ArrivalHour && hour < DepartureHour;

    /// <summary>The departure that follows an hour at which the vehicle is plugged in: tomorrow's, where today's is past.</summary>
    public double NextDepartureHour(double hour) => hour < DepartureHour ? DepartureHour : DepartureHour + DayGrid.Hours;

    private static VehicleHabits DrawHome(SplitMix64 random)
    {
        var soc = 0.62 + random.Uniform(-0.08, 0.08);
        var departure = random.Normal(7.6, 0.9);
        var arrival = random.Normal(17.9, 1.4);
        var need = DrawNeed(2.2, 0.55, 2.0, random);
        return new VehicleHabits(arrival, departure, need, soc, HomeTargetSoc, StaysOvernight: true, ChargesByNight: random.Chance(0.6));
    }

    private static VehicleHabits DrawDay(BuildingKind kind, double attendance, SplitMix64 random)
    {
        var comes = random.Chance(attendance);
        var arrival = kind == BuildingKind.Office ? random.Normal(8.6, 0.7) : random.Normal(11.5, 2.0);
        var departure = arrival + (kind == BuildingKind.Office ? random.Normal(8.4, 0.9) : random.Normal(2.0, 0.6));
        var need = DrawNeed(2.6, 0.45, 4.0, random);
        var arrivalIfAny = comes ? arrival : double.PositiveInfinity;
        return new VehicleHabits(
            arrivalIfAny, departure, need, DayFirstSoc, DayTargetSoc, StaysOvernight: false, ChargesByNight: false);
    }

    private static double DrawNeed(double logMean, double logDeviation, double leastKwh, SplitMix64 random) =>
        Math.Clamp(DeterministicMath.Exp(random.Normal(logMean, logDeviation)), leastKwh, 35.0);
}
