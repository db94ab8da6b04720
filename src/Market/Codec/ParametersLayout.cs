using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the registered nameplate values of a device (docs/spec/record-codec.md, kind 10). The device's kind says which they are.</summary>
internal static class ParametersLayout
{
    private const int MeterFields = 1;
    private const int AirConditionerFields = 5;
    private const int BatteryFields = 6;
    private const int StationFields = 2;

    public static void Write(CanonicalWriter writer, ResourceParameters parameters)
    {
        switch (parameters)
        {
            case MeterParameters meter:
                writer.WriteArrayHeader(MeterFields);
                writer.Write(meter.ExportLimitW);
                break;
            case AirConditionerParameters ac:
                writer.WriteArrayHeader(AirConditionerFields);
                writer.Write(ac.CopMilli);
                writer.Write(ac.ThermalResistanceMilliCPerKw);
                writer.Write(ac.BetaPpm);
                writer.Write(ac.BetaIntervalSeconds);
                writer.Write(ac.MaxElectricPowerW);
                break;
            case BatteryParameters battery:
                writer.WriteArrayHeader(BatteryFields);
                writer.Write(battery.CapacityWh);
                writer.Write(battery.OneWayEfficiencyPpm);
                writer.Write(battery.SocMinPpm);
                writer.Write(battery.SocMaxPpm);
                writer.Write(battery.MaxDischargeW);
                writer.Write(battery.MaxChargeW);
                break;
            case ChargingStationParameters station:
                writer.WriteArrayHeader(StationFields);
                writer.Write(station.MaxDischargeW);
                writer.Write(station.MaxChargeW);
                break;
        }
    }

    public static ResourceParameters Read(ref CanonicalReader reader, ResourceKind kind)
    {
        int fields = reader.ReadArrayHeader();
        switch (kind, fields)
        {
            case (ResourceKind.Meter, MeterFields):
                return new MeterParameters(reader.ReadInt64());
            case (ResourceKind.AirConditioner, AirConditionerFields):
                return new AirConditionerParameters(
                    reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), MaxElectricPowerW: reader.ReadInt64());
            case (ResourceKind.Battery, BatteryFields):
                return new BatteryParameters(
                    CapacityWh: reader.ReadInt64(),
                    OneWayEfficiencyPpm: reader.ReadInt32(),
                    SocMinPpm: reader.ReadInt32(),
                    SocMaxPpm: reader.ReadInt32(),
                    MaxDischargeW: reader.ReadInt64(),
                    MaxChargeW: reader.ReadInt64());
            case (ResourceKind.ChargingStation, StationFields):
                return new ChargingStationParameters(MaxDischargeW: reader.ReadInt64(), MaxChargeW: reader.ReadInt64());
            default:
                reader.Fail($"no parameters of resource kind {(byte)kind} have {fields} fields");
                return null!;
        }
    }
}
