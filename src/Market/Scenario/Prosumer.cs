using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>What a prosumer's building is used for; decides its devices and its day.</summary>
internal enum BuildingKind
{
    Residential,
    Office,
    Retail,
}

/// <summary>A battery's nameplate. It charges and discharges with the same rated power.</summary>
internal sealed record Battery(double CapacityKwh, double RatedKw)
{
    public const double OneWayEfficiency = 0.95;
    public const double SocMin = 0.10;
    public const double SocMax = 0.95;
}

/// <summary>An air conditioner and the room it cools: thermal resistance R, capacitance C, coefficient of performance and rated electric
/// power.</summary>
internal sealed record AirConditioner(
    double ResistanceCPerKw, double CapacitanceKwhPerC, double CoefficientOfPerformance, double RatedKw)
{
    /// <summary>β: what remains of a temperature difference after one step.</summary>
    public double Beta { get; } = DeterministicMath.Exp(-DayGrid.StepHours / (ResistanceCPerKw * CapacitanceKwhPerC));

    /// <summary>What remains of a temperature difference after a part of a step.</summary>
    public double BetaOf(double partOfStep) =>
        DeterministicMath.Exp(-DayGrid.StepHours * partOfStep / (ResistanceCPerKw * CapacitanceKwhPerC));
}

/// <summary>A charging station and the vehicles that use it; all have one size (docs/spec/market.md, 5.2).</summary>
internal sealed record ChargingStation(bool CanDischarge)
{
    public const double OneWayEfficiency = 0.93;
    public const double VehicleCapacityKwh = 60.0;
    public const double RatedKw = 7.2;

    /// <summary>Reserve takes no vehicle below this state of charge.</summary>
    public const double ReserveFloorSoc = 0.45;

    public double MaxDischargeKw => CanDischarge ? RatedKw : 0.0;
}

/// <summary>One building with its devices.</summary>
/// <param name="Index">Place in the fleet, from 0.</param>
/// <param name="Kind">What the building is used for.</param>
/// <param name="SolarKw">Rated power of the panels; 0 where there are none.</param>
/// <param name="Battery">Its battery, or null.</param>
/// <param name="AirConditioner">Its air conditioner.</param>
/// <param name="Stations">Its charging stations.</param>
/// <param name="SetpointC">Thermostat set point while in use.</param>
/// <param name="ComfortMarginC">How far above the set point in force comfort reaches.</param>
/// <param name="BaseLoadScale">Size of the inflexible load against that of its building kind.</param>
/// <param name="IsEmptyByDay">A home that nobody is in from 09:00 to 16:00.</param>
internal sealed record Prosumer(
    int Index,
    BuildingKind Kind,
    double SolarKw,
    Battery? Battery,
    AirConditioner AirConditioner,
    ImmutableArray<ChargingStation> Stations,
    double SetpointC,
    double ComfortMarginC,
    double BaseLoadScale,
    bool IsEmptyByDay)
{
    private const double EmptyHomeSetbackC = 2.5;
    private const double ClosedSetbackC = 4.0;

    /// <summary>The thermostat set point in force in an hour of the day (0 to 23): higher while the building is not in use.</summary>
    public double SetpointAt(int hour) => Kind switch
    {
        BuildingKind.Residential => SetpointC + (IsEmptyByDay && hour is >= 9 and < 16 ? EmptyHomeSetbackC : 0.0),
        BuildingKind.Office => SetpointC + (hour is >= 7 and < 19 ? 0.0 : ClosedSetbackC),
        _ => SetpointC + (hour is >= 8 and < 21 ? 0.0 : ClosedSetbackC),
    };
}
