using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the fields of Table III (docs/spec/record-codec.md). A row begins with its resource kind and its resource.</summary>
internal static class ControlLayout
{
    private const int BodyFields = 5;
    private const int AirConditionerFields = 3;
    private const int StorageFields = 4;

    public static void Write(CanonicalWriter writer, ControlCommand command)
    {
        writer.WriteArrayHeader(BodyFields);
        writer.Write(command.Validity);
        writer.Write((byte)command.Reason);
        if (command.Activation is { } activation) writer.WriteName(activation.Value);
        else writer.WriteNil();
        RowLayout.Write(writer, command.Rows, static (inner, row) => WriteRow(inner, row));
    }

    public static ControlCommand Read(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new ControlCommand(
            validity: reader.ReadInterval(),
            reason: (ControlReason)reader.ReadByte(),
            activation: reader.TryReadNil() ? null : reader.ReadActivationId(),
            rows: RowLayout.Read(ref reader, static (ref CanonicalReader inner) => ReadRow(ref inner)));
    }

    private static void WriteRow(CanonicalWriter writer, ControlRow row)
    {
        switch (row)
        {
            case AirConditionerSetpoint ac:
                WriteStart(writer, AirConditionerFields, ResourceKind.AirConditioner, ac.Resource);
                writer.Write(ac.SetpointMilliC);
                break;
            case BatterySetpoint battery:
                WriteStart(writer, StorageFields, ResourceKind.Battery, battery.Resource);
                writer.Write(battery.PowerSetpointW);
                writer.Write((byte)battery.Mode);
                break;
            case ChargingStationSetpoint station:
                WriteStart(writer, StorageFields, ResourceKind.ChargingStation, station.Resource);
                writer.Write(station.PowerSetpointW);
                writer.Write((byte)station.Mode);
                break;
        }
    }

    private static void WriteStart(CanonicalWriter writer, int fields, ResourceKind kind, ResourceId resource)
    {
        writer.WriteArrayHeader(fields);
        writer.Write((byte)kind);
        writer.WriteName(resource.Value);
    }

    private static ControlRow ReadRow(ref CanonicalReader reader)
    {
        int fields = reader.ReadArrayHeader();
        var kind = (ResourceKind)reader.ReadByte();
        ResourceId resource = reader.ReadResourceId();
        switch (kind, fields)
        {
            case (ResourceKind.AirConditioner, AirConditionerFields):
                return new AirConditionerSetpoint(resource, reader.ReadInt32());
            case (ResourceKind.Battery, StorageFields):
                return new BatterySetpoint(resource, reader.ReadInt64(), (StorageMode)reader.ReadByte());
            case (ResourceKind.ChargingStation, StorageFields):
                return new ChargingStationSetpoint(resource, reader.ReadInt64(), (StorageMode)reader.ReadByte());
            default:
                reader.Fail($"no command to resource kind {(byte)kind} has {fields} fields");
                return null!;
        }
    }
}
