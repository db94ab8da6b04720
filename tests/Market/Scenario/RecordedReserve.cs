using DerChain.Market.Records;

namespace DerChain.Market.Tests.Scenario;

/// <summary>Reserve of devices from their records alone, by the formulas of docs/spec/market.md, 2.3, written here anew. Powers in kW.</summary>
internal static class RecordedReserve
{
    private const double SustainHours = 0.5;
    private const double SustainSeconds = 1800;
    private const double RampSeconds = 600;

    public static double HeadroomKw(Telemetry telemetry) =>
        telemetry.Rows.Sum(row => HeadroomKw(row, telemetry.Interval.StartUnixSeconds));

    public static double ControlledKw(Telemetry telemetry) => telemetry.Rows.Sum(row => row switch
    {
        BatteryReading battery => battery.PowerW / 1e3,
        ChargingStationReading station => station.PowerW / 1e3,
        AirConditionerReading unit => -unit.ElectricPowerW / 1e3,
        _ => 0.0,
    });

    public static double NetKw(Telemetry telemetry) => telemetry.Rows.OfType<MeterReading>().Single().NetPowerW / 1e3;

    private static double HeadroomKw(TelemetryRow row, long start) => row switch
    {
        BatteryReading battery => StorageKw(
            battery.SocPpm, battery.SocMinPpm, battery.CapacityWh, battery.OneWayEfficiencyPpm, battery.MaxDischargeW, battery.PowerW),
        ChargingStationReading station => StationKw(station, start),
        AirConditionerReading unit => CoolingKw(unit),
        _ => 0.0,
    };

    private static double StorageKw(long soc, long socMin, long capacityWh, long efficiency, long maxDischargeW, long powerW)
    {
        var sustained = efficiency / 1e6 * Math.Max(0, soc - socMin) / 1e6 * capacityWh / 1e3 / SustainHours;
        return Math.Max(0, Math.Min(maxDischargeW / 1e3, sustained) - (powerW / 1e3));
    }

    private static double StationKw(ChargingStationReading station, long start)
    {
        if (station.Vehicle is not { } vehicle || vehicle.ExpectedDepartureUnixSeconds < start + RampSeconds + SustainSeconds)
        {
            return 0;
        }

        return StorageKw(
            vehicle.SocPpm, vehicle.SocMinPpm, vehicle.CapacityWh, vehicle.OneWayEfficiencyPpm, station.MaxDischargeW, station.PowerW);
    }

    private static double CoolingKw(AirConditionerReading unit)
    {
        var beta = Math.Pow(unit.BetaPpm / 1e6, SustainSeconds / unit.BetaIntervalSeconds);
        var resistance = unit.CopMilli / 1e3 * unit.ThermalResistanceMilliCPerKw / 1e3;
        var degrees = ((beta * unit.IndoorMilliC) + ((1 - beta) * unit.AmbientMilliC) - unit.ComfortUpperMilliC) / 1e3;
        var least = degrees / ((1 - beta) * resistance);
        var power = unit.ElectricPowerW / 1e3;
        return unit.IsOn ? Math.Max(0, power - Math.Clamp(least, 0, unit.MaxElectricPowerW / 1e3)) : 0;
    }
}
