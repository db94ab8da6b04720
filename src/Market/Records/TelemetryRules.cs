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
        ?? Rows(telemetry.Rows, CheckRow, Compare);

    private static RecordError? CheckRow(int row, TelemetryRow reading) =>
        Name(row, "Resource", reading.Resource.Value) ?? reading switch
        {
            MeterReading meter => SignedPower(row, "NetPowerW", meter.NetPowerW),
            SolarReading solar => Power(row, "PowerW", solar.PowerW)
                ?? OptionalRange(row, "AvailablePowerW", solar.AvailablePowerW, 0, RecordRules.MaxPowerW),
            AirConditionerReading ac => CheckAirConditioner(row, ac),
            BatteryReading battery => CheckBattery(row, battery),
            ChargingStationReading station => CheckStation(row, station),
            _ => Error(RecordErrorCode.EnumerationUnknown, row, $"{reading.GetType().Name} is not a reading of Table IV"),
        };

    private static RecordError? CheckAirConditioner(int row, AirConditionerReading ac) =>
        Range(row, "CopMilli", ac.CopMilli, 1_500, 6_000)
        ?? Range(row, "ThermalResistanceMilliCPerKw", ac.ThermalResistanceMilliCPerKw, 100, 10_000)
        ?? Range(row, "BetaPpm", ac.BetaPpm, 1, RecordRules.OneInPpm - 1)
        ?? Range(row, "BetaIntervalSeconds", ac.BetaIntervalSeconds, 1, 3_600)
        ?? Range(row, "MaxElectricPowerW", ac.MaxElectricPowerW, 1, RecordRules.MaxPowerW)
        ?? Range(row, "ComfortLowerMilliC", ac.ComfortLowerMilliC, 15_000, 32_000)
        ?? Range(row, "ComfortUpperMilliC", ac.ComfortUpperMilliC, 15_000, 32_000)
        ?? Ascending(row, "ComfortLowerMilliC", ac.ComfortLowerMilliC, "ComfortUpperMilliC", ac.ComfortUpperMilliC)
        ?? Range(row, "AmbientMilliC", ac.AmbientMilliC, -40_000, 55_000)
        ?? Range(row, "IndoorMilliC", ac.IndoorMilliC, 0, 50_000)
        ?? Power(row, "ElectricPowerW", ac.ElectricPowerW);

    private static RecordError? CheckBattery(int row, BatteryReading battery) =>
        CheckStorage(row, battery.CapacityWh, battery.OneWayEfficiencyPpm, battery.SocMinPpm, battery.SocMaxPpm, battery.SocPpm)
        ?? CheckPower(row, battery.MaxDischargeW, battery.MaxChargeW, battery.PowerW, battery.Mode);

    private static RecordError? CheckStation(int row, ChargingStationReading station) =>
        CheckPower(row, station.MaxDischargeW, station.MaxChargeW, station.PowerW, station.Mode)
        ?? (station.Vehicle is { } vehicle ? CheckVehicle(row, vehicle) : null);

    private static RecordError? CheckVehicle(int row, VehicleState vehicle) =>
        CheckStorage(row, vehicle.CapacityWh, vehicle.OneWayEfficiencyPpm, vehicle.SocMinPpm, vehicle.SocMaxPpm, vehicle.SocPpm)
        ?? OptionalRange(row, "ExpectedDepartureUnixSeconds", vehicle.ExpectedDepartureUnixSeconds, 0, MarketInterval.LatestUnixSeconds)
        ?? OptionalRange(row, "TargetSocPpm", vehicle.TargetSocPpm, 0, RecordRules.OneInPpm);

    private static RecordError? CheckStorage(int row, long capacityWh, int efficiencyPpm, int socMinPpm, int socMaxPpm, int socPpm) =>
        Range(row, "CapacityWh", capacityWh, 1, RecordRules.MaxEnergyWh)
        ?? Range(row, "OneWayEfficiencyPpm", efficiencyPpm, 500_000, RecordRules.OneInPpm)
        ?? Range(row, "SocMinPpm", socMinPpm, 0, RecordRules.OneInPpm)
        ?? Range(row, "SocMaxPpm", socMaxPpm, 0, RecordRules.OneInPpm)
        ?? Ascending(row, "SocMinPpm", socMinPpm, "SocMaxPpm", socMaxPpm)
        ?? Range(row, "SocPpm", socPpm, 0, RecordRules.OneInPpm);

    private static RecordError? CheckPower(int row, long maxDischargeW, long maxChargeW, long powerW, StorageMode mode) =>
        Power(row, "MaxDischargeW", maxDischargeW)
        ?? Power(row, "MaxChargeW", maxChargeW)
        ?? SignedPower(row, "PowerW", powerW)
        ?? Known(row, "Mode", mode <= StorageMode.Discharge, (int)mode);

    private static int Compare(TelemetryRow left, TelemetryRow right)
    {
        int byKind = ((byte)left.ResourceKind).CompareTo((byte)right.ResourceKind);
        return byKind != 0 ? byKind : left.Resource.CompareTo(right.Resource);
    }
}
