using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the fields of Table IV (docs/spec/record-codec.md). A row begins with its resource kind and its resource.</summary>
internal static class TelemetryLayout
{
    private const int BodyFields = 6;
    private const int MeterFields = 3;
    private const int SolarFields = 4;
    private const int AirConditionerFields = 13;
    private const int BatteryFields = 11;
    private const int StationFields = 7;
    private const int VehicleFields = 8;
    private const int CompactAirConditionerFields = 9;
    private const int CompactBatteryFields = 6;
    private const int CompactStationFields = 6;

    public static void Write(CanonicalWriter writer, Telemetry telemetry)
    {
        writer.WriteArrayHeader(BodyFields);
        writer.Write(telemetry.Interval);
        writer.Write(telemetry.Sequence);
        writer.Write(telemetry.DeviceTimeUnixSeconds);
        writer.Write((byte)telemetry.Quality);
        RowLayout.Write(writer, telemetry.Rows, static (inner, row) => WriteRow(inner, row));
    }

    public static Telemetry Read(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new Telemetry(
            interval: reader.ReadInterval(),
            sequence: reader.ReadUInt64(),
            deviceTimeUnixSeconds: reader.ReadInt64(),
            quality: (TelemetryQuality)reader.ReadByte(),
            rows: RowLayout.Read(ref reader, static (ref CanonicalReader inner) => ReadRow(ref inner)));
    }

    private static void WriteRow(CanonicalWriter writer, TelemetryRow row)
    {
        switch (row)
        {
            case MeterReading meter:
                WriteStart(writer, MeterFields, ResourceKind.Meter, meter.Resource);
                writer.Write(meter.NetPowerW);
                break;
            case SolarReading solar:
                WriteStart(writer, SolarFields, ResourceKind.Solar, solar.Resource);
                writer.Write(solar.PowerW);
                writer.WriteOptional(solar.AvailablePowerW);
                break;
            case AirConditionerReading ac:
                WriteAirConditioner(writer, ac);
                break;
            case BatteryReading battery:
                WriteBattery(writer, battery);
                break;
            case ChargingStationReading station:
                WriteStation(writer, station);
                break;
            case CompactReading compact:
                WriteCompact(writer, compact);
                break;
        }
    }

    private static TelemetryRow ReadRow(ref CanonicalReader reader)
    {
        int fields = reader.ReadArrayHeader();
        var kind = (ResourceKind)reader.ReadByte();
        ResourceId resource = reader.ReadResourceId();
        switch (kind, fields)
        {
            case (ResourceKind.Meter, MeterFields):
                return new MeterReading(resource, reader.ReadInt64());
            case (ResourceKind.Solar, SolarFields):
                return new SolarReading(resource, reader.ReadInt64(), reader.ReadOptionalInt64());
            case (ResourceKind.AirConditioner, AirConditionerFields):
                return ReadAirConditioner(ref reader, resource);
            case (ResourceKind.Battery, BatteryFields):
                return ReadBattery(ref reader, resource);
            case (ResourceKind.ChargingStation, StationFields):
                return ReadStation(ref reader, resource);
            case (ResourceKind.AirConditioner, CompactAirConditionerFields):
            case (ResourceKind.Battery, CompactBatteryFields):
            case (ResourceKind.ChargingStation, CompactStationFields):
                return ReadCompact(ref reader, kind, resource);
            default:
                reader.Fail($"no reading of resource kind {(byte)kind} has {fields} fields");
                return null!;
        }
    }

    private static void WriteStart(CanonicalWriter writer, int fields, ResourceKind kind, ResourceId resource)
    {
        writer.WriteArrayHeader(fields);
        writer.Write((byte)kind);
        writer.WriteName(resource.Value);
    }

    private static void WriteAirConditioner(CanonicalWriter writer, AirConditionerReading ac)
    {
        WriteStart(writer, AirConditionerFields, ResourceKind.AirConditioner, ac.Resource);
        writer.Write(ac.CopMilli);
        writer.Write(ac.ThermalResistanceMilliCPerKw);
        writer.Write(ac.BetaPpm);
        writer.Write(ac.BetaIntervalSeconds);
        writer.Write(ac.MaxElectricPowerW);
        writer.Write(ac.ComfortLowerMilliC);
        writer.Write(ac.ComfortUpperMilliC);
        writer.Write(ac.AmbientMilliC);
        writer.Write(ac.IndoorMilliC);
        writer.Write(ac.ElectricPowerW);
        writer.Write(ac.IsOn);
    }

    private static AirConditionerReading ReadAirConditioner(ref CanonicalReader reader, ResourceId resource) => new(
        resource,
        CopMilli: reader.ReadInt32(),
        ThermalResistanceMilliCPerKw: reader.ReadInt32(),
        BetaPpm: reader.ReadInt32(),
        BetaIntervalSeconds: reader.ReadInt32(),
        MaxElectricPowerW: reader.ReadInt64(),
        ComfortLowerMilliC: reader.ReadInt32(),
        ComfortUpperMilliC: reader.ReadInt32(),
        AmbientMilliC: reader.ReadInt32(),
        IndoorMilliC: reader.ReadInt32(),
        ElectricPowerW: reader.ReadInt64(),
        IsOn: reader.ReadBoolean());

    private static void WriteBattery(CanonicalWriter writer, BatteryReading battery)
    {
        WriteStart(writer, BatteryFields, ResourceKind.Battery, battery.Resource);
        writer.Write(battery.CapacityWh);
        writer.Write(battery.OneWayEfficiencyPpm);
        writer.Write(battery.SocMinPpm);
        writer.Write(battery.SocMaxPpm);
        writer.Write(battery.MaxDischargeW);
        writer.Write(battery.MaxChargeW);
        writer.Write(battery.SocPpm);
        writer.Write(battery.PowerW);
        writer.Write((byte)battery.Mode);
    }

    private static BatteryReading ReadBattery(ref CanonicalReader reader, ResourceId resource) => new(
        resource,
        CapacityWh: reader.ReadInt64(),
        OneWayEfficiencyPpm: reader.ReadInt32(),
        SocMinPpm: reader.ReadInt32(),
        SocMaxPpm: reader.ReadInt32(),
        MaxDischargeW: reader.ReadInt64(),
        MaxChargeW: reader.ReadInt64(),
        SocPpm: reader.ReadInt32(),
        PowerW: reader.ReadInt64(),
        Mode: (StorageMode)reader.ReadByte());

    private static void WriteStation(CanonicalWriter writer, ChargingStationReading station)
    {
        WriteStart(writer, StationFields, ResourceKind.ChargingStation, station.Resource);
        writer.Write(station.MaxDischargeW);
        writer.Write(station.MaxChargeW);
        writer.Write(station.PowerW);
        writer.Write((byte)station.Mode);
        WriteOptionalVehicle(writer, station.Vehicle);
    }

    private static ChargingStationReading ReadStation(ref CanonicalReader reader, ResourceId resource) => new(
        resource,
        MaxDischargeW: reader.ReadInt64(),
        MaxChargeW: reader.ReadInt64(),
        PowerW: reader.ReadInt64(),
        Mode: (StorageMode)reader.ReadByte(),
        Vehicle: ReadOptionalVehicle(ref reader));

    private static void WriteCompact(CanonicalWriter writer, CompactReading compact)
    {
        switch (compact)
        {
            case CompactAirConditionerReading ac:
                WriteStart(writer, CompactAirConditionerFields, ResourceKind.AirConditioner, ac.Resource);
                writer.Write(ac.RegistrationVersion);
                writer.Write(ac.ComfortLowerMilliC);
                writer.Write(ac.ComfortUpperMilliC);
                writer.Write(ac.AmbientMilliC);
                writer.Write(ac.IndoorMilliC);
                writer.Write(ac.ElectricPowerW);
                writer.Write(ac.IsOn);
                break;
            case CompactBatteryReading battery:
                WriteStart(writer, CompactBatteryFields, ResourceKind.Battery, battery.Resource);
                writer.Write(battery.RegistrationVersion);
                writer.Write(battery.SocPpm);
                writer.Write(battery.PowerW);
                writer.Write((byte)battery.Mode);
                break;
            case CompactChargingStationReading station:
                WriteStart(writer, CompactStationFields, ResourceKind.ChargingStation, station.Resource);
                writer.Write(station.RegistrationVersion);
                writer.Write(station.PowerW);
                writer.Write((byte)station.Mode);
                WriteOptionalVehicle(writer, station.Vehicle);
                break;
        }
    }

    private static CompactReading ReadCompact(ref CanonicalReader reader, ResourceKind kind, ResourceId resource)
    {
        int version = reader.ReadInt32();
        return kind switch
        {
            ResourceKind.AirConditioner => new CompactAirConditionerReading(
                resource,
                version,
                ComfortLowerMilliC: reader.ReadInt32(),
                ComfortUpperMilliC: reader.ReadInt32(),
                AmbientMilliC: reader.ReadInt32(),
                IndoorMilliC: reader.ReadInt32(),
                ElectricPowerW: reader.ReadInt64(),
                IsOn: reader.ReadBoolean()),
            ResourceKind.Battery => new CompactBatteryReading(
                resource, version, SocPpm: reader.ReadInt32(), PowerW: reader.ReadInt64(), Mode: (StorageMode)reader.ReadByte()),
            _ => new CompactChargingStationReading(
                resource, version, PowerW: reader.ReadInt64(), Mode: (StorageMode)reader.ReadByte(), Vehicle: ReadOptionalVehicle(ref reader)),
        };
    }

    private static void WriteOptionalVehicle(CanonicalWriter writer, VehicleState? vehicle)
    {
        if (vehicle is not null) WriteVehicle(writer, vehicle);
        else writer.WriteNil();
    }

    private static VehicleState? ReadOptionalVehicle(ref CanonicalReader reader) => reader.TryReadNil() ? null : ReadVehicle(ref reader);

    private static void WriteVehicle(CanonicalWriter writer, VehicleState vehicle)
    {
        writer.WriteArrayHeader(VehicleFields);
        writer.Write(vehicle.SessionId);
        writer.Write(vehicle.CapacityWh);
        writer.Write(vehicle.OneWayEfficiencyPpm);
        writer.Write(vehicle.SocMinPpm);
        writer.Write(vehicle.SocMaxPpm);
        writer.Write(vehicle.SocPpm);
        writer.WriteOptional(vehicle.ExpectedDepartureUnixSeconds);
        writer.WriteOptional(vehicle.TargetSocPpm);
    }

    private static VehicleState ReadVehicle(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(VehicleFields);
        return new VehicleState(
            SessionId: reader.ReadUInt32(),
            CapacityWh: reader.ReadInt64(),
            OneWayEfficiencyPpm: reader.ReadInt32(),
            SocMinPpm: reader.ReadInt32(),
            SocMaxPpm: reader.ReadInt32(),
            SocPpm: reader.ReadInt32(),
            ExpectedDepartureUnixSeconds: reader.ReadOptionalInt64(),
            TargetSocPpm: reader.ReadOptionalInt32());
    }
}
