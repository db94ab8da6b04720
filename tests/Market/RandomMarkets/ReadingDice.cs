using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Draws devices, and what they report.</summary>
internal static class ReadingDice
{
    // β is given for a time that goes into thirty minutes, so that the oracle needs whole powers only.
    private static readonly int[] BetaIntervals = [60, 300, 600, 900, 1_800];

    public static Device Device(Dice dice, ResourceKind kind) => new(kind, dice.OneOf(0, 5_000, 12_000L), kind switch
    {
        ResourceKind.Meter => dice.Percent(40) ? new MeterParameters(dice.Between(0, 20_000)) : null,
        ResourceKind.AirConditioner => new AirConditionerParameters(
            dice.Between(1_500, 6_000), dice.Between(500, 10_000), dice.Between(900_000, 999_999), dice.OneOf(BetaIntervals), dice.Between(1_000L, 6_000)),
        ResourceKind.Battery => new BatteryParameters(
            dice.Between(1_000L, 30_000), dice.Between(500_000, 1_000_000), dice.Between(0, 300_000), dice.Between(700_000, 1_000_000),
            dice.Between(0L, 10_000), dice.Between(0L, 10_000)),
        ResourceKind.ChargingStation => new ChargingStationParameters(dice.OneOf(0, 7_200, 11_000L), dice.Between(1_000L, 11_000)),
        _ => null,
    });

    /// <summary>A reading; of a charging station with the vehicle that is given.</summary>
    public static TelemetryRow Reading(Dice dice, Device device, VehicleState? vehicle) => (device.Kind, device.Parameters) switch
    {
        (ResourceKind.Solar, _) => Solar(dice),
        (_, AirConditionerParameters ac) => new AirConditionerReading(
            default, ac.CopMilli, ac.ThermalResistanceMilliCPerKw, ac.BetaPpm, ac.BetaIntervalSeconds, ac.MaxElectricPowerW,
            dice.Between(15_000, 20_000), dice.Between(22_000, 28_000), dice.Between(15_000, 45_000), dice.Between(18_000, 30_000),
            dice.Between(0, ac.MaxElectricPowerW), dice.Percent(85)),
        (_, BatteryParameters battery) => new BatteryReading(
            default, battery.CapacityWh, battery.OneWayEfficiencyPpm, battery.SocMinPpm, battery.SocMaxPpm, battery.MaxDischargeW, battery.MaxChargeW,
            dice.Between(0, 1_000_000), dice.Between(-battery.MaxChargeW, battery.MaxDischargeW), StorageMode.Idle),
        (_, ChargingStationParameters station) => new ChargingStationReading(
            default, station.MaxDischargeW, station.MaxChargeW, dice.Between(-station.MaxChargeW, station.MaxDischargeW), StorageMode.Charge, vehicle),
        _ => new MeterReading(default, dice.Between(-20_000L, 20_000)),
    };

    /// <summary>A vehicle that is plugged in at an instant, or none.</summary>
    public static VehicleState? Vehicle(Dice dice, uint session, long unixSeconds) => dice.Percent(20)
        ? null
        : new VehicleState(
            session, dice.Between(20_000L, 90_000), dice.Between(800_000, 1_000_000), dice.Between(0, 400_000), 1_000_000, dice.Between(0, 1_000_000),
            dice.Percent(40) ? null : unixSeconds + dice.Between(0, 10_000), dice.Percent(50) ? null : dice.Between(500_000, 1_000_000));

    private static SolarReading Solar(Dice dice)
    {
        long powerW = dice.Between(0L, 8_000);
        return new SolarReading(default, powerW, dice.Percent(50) ? null : powerW + dice.Between(0, 4_000));
    }
}
