using DerChain.Market.Quantities;
using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of Table IV (docs/spec/market.md, 1.5).</summary>
/// <remarks>Measured values carry noise, so a mode need not agree with a power, nor a power with its rating: attestations judge that.</remarks>
internal static class TelemetryRules
{
    private const TelemetryQuality AllQualities = TelemetryQuality.Estimated | TelemetryQuality.ClockUnsynchronised;

    public static RecordError? Check(Telemetry telemetry) =>
        Interval(NoRow, "Interval", telemetry.Interval)
        ?? Range(NoRow, "DeviceTimeUnixSeconds", telemetry.DeviceTimeUnixSeconds, 0, MarketInterval.LatestUnixSeconds)
        ?? Known(NoRow, "Quality", (telemetry.Quality & ~AllQualities) == 0, (int)telemetry.Quality)
        ?? Rows(telemetry.Rows, static (row, value) => CheckRow(row, value), static (left, right) => Compare(left, right));

    private static RecordError? CheckRow(int row, TelemetryRow reading) =>
        Name(row, "Resource", reading.Resource.Value) ?? reading switch
        {
            MeterReading meter => SignedPower(row, "NetPowerW", meter.NetPowerW),
            SolarReading solar => Power(row, "PowerW", solar.PowerW)
                ?? OptionalRange(row, "AvailablePowerW", solar.AvailablePowerW, 0, RecordRules.MaxPowerW),
            AirConditionerReading ac => CheckAirConditioner(row, ac),
            BatteryReading battery => CheckBattery(row, battery),
            ChargingStationReading station => CheckStation(row, station),
            CompactReading compact => CheckCompact(row, compact),
            _ => Error(RecordErrorCode.EnumerationUnknown, row, $"{reading.GetType().Name} is not a reading of Table IV"),
        };

    public static RecordError? CheckNameplate(int row, AirConditionerParameters ac) =>
        CheckUnit(row, ac.CopMilli, ac.ThermalResistanceMilliCPerKw, ac.BetaPpm, ac.BetaIntervalSeconds, ac.MaxElectricPowerW);

    public static RecordError? CheckNameplate(int row, BatteryParameters battery) =>
        CheckStorage(row, battery.CapacityWh, battery.OneWayEfficiencyPpm, battery.SocMinPpm, battery.SocMaxPpm)
        ?? Power(row, "MaxDischargeW", battery.MaxDischargeW)
        ?? Power(row, "MaxChargeW", battery.MaxChargeW);

    private static RecordError? CheckAirConditioner(int row, AirConditionerReading ac) =>
        CheckUnit(row, ac.CopMilli, ac.ThermalResistanceMilliCPerKw, ac.BetaPpm, ac.BetaIntervalSeconds, ac.MaxElectricPowerW)
        ?? CheckRoom(row, ac.ComfortLowerMilliC, ac.ComfortUpperMilliC, ac.AmbientMilliC, ac.IndoorMilliC)
        ?? Power(row, "ElectricPowerW", ac.ElectricPowerW);

    private static RecordError? CheckUnit(
        int row, int copMilli, int thermalResistanceMilliCPerKw, int betaPpm, int betaIntervalSeconds, long maxElectricPowerW) =>
        Range(row, "CopMilli", copMilli, 1_500, 6_000)
        ?? Range(row, "ThermalResistanceMilliCPerKw", thermalResistanceMilliCPerKw, 100, 10_000)
        ?? Range(row, "BetaPpm", betaPpm, 1, RecordRules.OneInPpm - 1)
        ?? Range(row, "BetaIntervalSeconds", betaIntervalSeconds, 1, 3_600)
        ?? Range(row, "MaxElectricPowerW", maxElectricPowerW, 1, RecordRules.MaxPowerW);

    private static RecordError? CheckRoom(int row, int lowerMilliC, int upperMilliC, int ambientMilliC, int indoorMilliC) =>
        Range(row, "ComfortLowerMilliC", lowerMilliC, 15_000, 32_000)
        ?? Range(row, "ComfortUpperMilliC", upperMilliC, 15_000, 32_000)
        ?? Ascending(row, "ComfortLowerMilliC", lowerMilliC, "ComfortUpperMilliC", upperMilliC)
        ?? Range(row, "AmbientMilliC", ambientMilliC, -40_000, 55_000)
        ?? Range(row, "IndoorMilliC", indoorMilliC, 0, 50_000);

    private static RecordError? CheckBattery(int row, BatteryReading battery) =>
        CheckStorage(row, battery.CapacityWh, battery.OneWayEfficiencyPpm, battery.SocMinPpm, battery.SocMaxPpm)
        ?? Share(row, "SocPpm", battery.SocPpm)
        ?? CheckPower(row, battery.MaxDischargeW, battery.MaxChargeW, battery.PowerW, battery.Mode);

    private static RecordError? CheckStation(int row, ChargingStationReading station) =>
        CheckPower(row, station.MaxDischargeW, station.MaxChargeW, station.PowerW, station.Mode)
        ?? (station.Vehicle is { } vehicle ? CheckVehicle(row, vehicle) : null);

    private static RecordError? CheckCompact(int row, CompactReading compact) =>
        Range(row, "RegistrationVersion", compact.RegistrationVersion, 1, int.MaxValue) ?? compact switch
        {
            CompactAirConditionerReading ac => CheckRoom(row, ac.ComfortLowerMilliC, ac.ComfortUpperMilliC, ac.AmbientMilliC, ac.IndoorMilliC)
                ?? Power(row, "ElectricPowerW", ac.ElectricPowerW),
            CompactBatteryReading battery => Share(row, "SocPpm", battery.SocPpm) ?? CheckLevel(row, battery.PowerW, battery.Mode),
            CompactChargingStationReading station => CheckLevel(row, station.PowerW, station.Mode)
                ?? (station.Vehicle is { } vehicle ? CheckVehicle(row, vehicle) : null),
            _ => Error(RecordErrorCode.EnumerationUnknown, row, $"{compact.GetType().Name} is not a reading of Table IV"),
        };

    private static RecordError? CheckVehicle(int row, VehicleState vehicle) =>
        CheckStorage(row, vehicle.CapacityWh, vehicle.OneWayEfficiencyPpm, vehicle.SocMinPpm, vehicle.SocMaxPpm)
        ?? Share(row, "SocPpm", vehicle.SocPpm)
        ?? OptionalRange(row, "ExpectedDepartureUnixSeconds", vehicle.ExpectedDepartureUnixSeconds, 0, MarketInterval.LatestUnixSeconds)
        ?? OptionalRange(row, "TargetSocPpm", vehicle.TargetSocPpm, 0, RecordRules.OneInPpm);

    private static RecordError? CheckStorage(int row, long capacityWh, int efficiencyPpm, int socMinPpm, int socMaxPpm) =>
        Range(row, "CapacityWh", capacityWh, 1, RecordRules.MaxEnergyWh)
        ?? Range(row, "OneWayEfficiencyPpm", efficiencyPpm, 500_000, RecordRules.OneInPpm)
        ?? Share(row, "SocMinPpm", socMinPpm)
        ?? Share(row, "SocMaxPpm", socMaxPpm)
        ?? Ascending(row, "SocMinPpm", socMinPpm, "SocMaxPpm", socMaxPpm);

    private static RecordError? Share(int row, string field, int ppm) => Range(row, field, ppm, 0, RecordRules.OneInPpm);

    private static RecordError? CheckPower(int row, long maxDischargeW, long maxChargeW, long powerW, StorageMode mode) =>
        Power(row, "MaxDischargeW", maxDischargeW)
        ?? Power(row, "MaxChargeW", maxChargeW)
        ?? CheckLevel(row, powerW, mode);

    private static RecordError? CheckLevel(int row, long powerW, StorageMode mode) =>
        SignedPower(row, "PowerW", powerW)
        ?? Known(row, "Mode", mode <= StorageMode.Discharge, (int)mode);

    private static int Compare(TelemetryRow left, TelemetryRow right)
    {
        int byKind = ((byte)left.ResourceKind).CompareTo((byte)right.ResourceKind);
        return byKind != 0 ? byKind : left.Resource.CompareTo(right.Resource);
    }
}
