using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of telemetry (Table IV), in the paper's layout and in the compact one.</summary>
internal static class TelemetryFields
{
    private static readonly Alternatives<VehicleState> Vehicles = new(isOptional: true, Alternative<VehicleState>.Of<VehicleState>(Vehicle));

    private static readonly Alternatives<TelemetryRow> Readings = new(
        isOptional: false,
        Alternative<TelemetryRow>.Of<MeterReading>(static (fields, row) => new(
            fields.Resource("resource", row?.Resource), fields.Int64("netPowerW", row?.NetPowerW))),
        Alternative<TelemetryRow>.Of<SolarReading>(static (fields, row) => new(
            fields.Resource("resource", row?.Resource), fields.Int64("powerW", row?.PowerW), fields.OptionalInt64("availablePowerW", row?.AvailablePowerW))),
        Alternative<TelemetryRow>.Of<AirConditionerReading>(AirConditioner),
        Alternative<TelemetryRow>.Of<BatteryReading>(Battery),
        Alternative<TelemetryRow>.Of<ChargingStationReading>(Station),
        Alternative<TelemetryRow>.Of<CompactAirConditionerReading>(CompactAirConditioner),
        Alternative<TelemetryRow>.Of<CompactBatteryReading>(CompactBattery),
        Alternative<TelemetryRow>.Of<CompactChargingStationReading>(CompactStation));

    public static Telemetry Telemetry(RecordFields fields, Telemetry? telemetry) => new(
        fields.Interval(telemetry?.Interval),
        fields.UInt64("sequence", telemetry?.Sequence),
        fields.Int64("deviceTimeUnixSeconds", telemetry?.DeviceTimeUnixSeconds),
        fields.Required("quality", telemetry?.Quality, FieldForms.TelemetryQuality),
        fields.Rows("rows", telemetry?.Rows, static (inner, row) => inner.OneOf("type", row, Readings)!));

    private static AirConditionerReading AirConditioner(RecordFields fields, AirConditionerReading? row) => new(
        fields.Resource("resource", row?.Resource),
        fields.Int32("copMilli", row?.CopMilli),
        fields.Int32("thermalResistanceMilliCPerKw", row?.ThermalResistanceMilliCPerKw),
        fields.Int32("betaPpm", row?.BetaPpm),
        fields.Int32("betaIntervalSeconds", row?.BetaIntervalSeconds),
        fields.Int64("maxElectricPowerW", row?.MaxElectricPowerW),
        fields.Int32("comfortLowerMilliC", row?.ComfortLowerMilliC),
        fields.Int32("comfortUpperMilliC", row?.ComfortUpperMilliC),
        fields.Int32("ambientMilliC", row?.AmbientMilliC),
        fields.Int32("indoorMilliC", row?.IndoorMilliC),
        fields.Int64("electricPowerW", row?.ElectricPowerW),
        fields.Boolean("isOn", row?.IsOn));

    private static BatteryReading Battery(RecordFields fields, BatteryReading? row) => new(
        fields.Resource("resource", row?.Resource),
        fields.Int64("capacityWh", row?.CapacityWh),
        fields.Int32("oneWayEfficiencyPpm", row?.OneWayEfficiencyPpm),
        fields.Int32("socMinPpm", row?.SocMinPpm),
        fields.Int32("socMaxPpm", row?.SocMaxPpm),
        fields.Int64("maxDischargeW", row?.MaxDischargeW),
        fields.Int64("maxChargeW", row?.MaxChargeW),
        fields.Int32("socPpm", row?.SocPpm),
        fields.Int64("powerW", row?.PowerW),
        ControlFields.Mode(fields, row?.Mode));

    private static ChargingStationReading Station(RecordFields fields, ChargingStationReading? row) => new(
        fields.Resource("resource", row?.Resource),
        fields.Int64("maxDischargeW", row?.MaxDischargeW),
        fields.Int64("maxChargeW", row?.MaxChargeW),
        fields.Int64("powerW", row?.PowerW),
        ControlFields.Mode(fields, row?.Mode),
        fields.OneOf("vehicle", row?.Vehicle, Vehicles));

    private static CompactAirConditionerReading CompactAirConditioner(RecordFields fields, CompactAirConditionerReading? row) => new(
        fields.Resource("resource", row?.Resource),
        fields.Int32("registrationVersion", row?.RegistrationVersion),
        fields.Int32("comfortLowerMilliC", row?.ComfortLowerMilliC),
        fields.Int32("comfortUpperMilliC", row?.ComfortUpperMilliC),
        fields.Int32("ambientMilliC", row?.AmbientMilliC),
        fields.Int32("indoorMilliC", row?.IndoorMilliC),
        fields.Int64("electricPowerW", row?.ElectricPowerW),
        fields.Boolean("isOn", row?.IsOn));

    private static CompactBatteryReading CompactBattery(RecordFields fields, CompactBatteryReading? row) => new(
        fields.Resource("resource", row?.Resource),
        fields.Int32("registrationVersion", row?.RegistrationVersion),
        fields.Int32("socPpm", row?.SocPpm),
        fields.Int64("powerW", row?.PowerW),
        ControlFields.Mode(fields, row?.Mode));

    private static CompactChargingStationReading CompactStation(RecordFields fields, CompactChargingStationReading? row) => new(
        fields.Resource("resource", row?.Resource),
        fields.Int32("registrationVersion", row?.RegistrationVersion),
        fields.Int64("powerW", row?.PowerW),
        ControlFields.Mode(fields, row?.Mode),
        fields.OneOf("vehicle", row?.Vehicle, Vehicles));

    private static VehicleState Vehicle(RecordFields fields, VehicleState? vehicle) => new(
        fields.Required("vehicleSessionId", vehicle?.SessionId, FieldForms.UInt32),
        fields.Int64("vehicleCapacityWh", vehicle?.CapacityWh),
        fields.Int32("vehicleOneWayEfficiencyPpm", vehicle?.OneWayEfficiencyPpm),
        fields.Int32("vehicleSocMinPpm", vehicle?.SocMinPpm),
        fields.Int32("vehicleSocMaxPpm", vehicle?.SocMaxPpm),
        fields.Int32("vehicleSocPpm", vehicle?.SocPpm),
        fields.OptionalInt64("vehicleExpectedDepartureUnixSeconds", vehicle?.ExpectedDepartureUnixSeconds),
        fields.Optional("vehicleTargetSocPpm", vehicle?.TargetSocPpm, FieldForms.Int32));
}
