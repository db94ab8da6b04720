using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of a command (Table III).</summary>
internal static class ControlFields
{
    private static readonly Alternatives<ControlRow> Setpoints = new(
        isOptional: false,
        Alternative<ControlRow>.Of<AirConditionerSetpoint>(static (fields, row) => new(
            fields.Resource("resource", row?.Resource), fields.Int32("setpointMilliC", row?.SetpointMilliC))),
        Alternative<ControlRow>.Of<BatterySetpoint>(static (fields, row) => new(
            fields.Resource("resource", row?.Resource), Power(fields, row?.PowerSetpointW), Mode(fields, row?.Mode))),
        Alternative<ControlRow>.Of<ChargingStationSetpoint>(static (fields, row) => new(
            fields.Resource("resource", row?.Resource), Power(fields, row?.PowerSetpointW), Mode(fields, row?.Mode))));

    public static ControlCommand ControlCommand(RecordFields fields, ControlCommand? command) => new(
        fields.Interval("validityStartUnixSeconds", "validityDurationSeconds", command?.Validity),
        fields.Required("reason", command?.Reason, FieldForms.ControlReason),
        fields.Optional("activation", command?.Activation, FieldForms.Activation),
        fields.Rows("rows", command?.Rows, static (inner, row) => inner.OneOf("type", row, Setpoints)!));

    public static StorageMode Mode(RecordFields fields, StorageMode? mode) => fields.Required("mode", mode, FieldForms.StorageMode);

    private static long Power(RecordFields fields, long? powerW) => fields.Int64("powerSetpointW", powerW);
}
