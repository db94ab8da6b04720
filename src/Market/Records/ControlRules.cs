using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of Table III (docs/spec/market.md, 1.4).</summary>
internal static class ControlRules
{
    private const int MinSetpointMilliC = 10_000;
    private const int MaxSetpointMilliC = 35_000;

    public static RecordError? Check(ControlCommand command) =>
        Interval(NoRow, "Validity", command.Validity)
        ?? Known(NoRow, "Reason", command.Reason <= ControlReason.Restore, (int)command.Reason)
        ?? CheckActivation(command)
        ?? Rows(command.Rows, static (row, value) => CheckRow(row, value), static (left, right) => Compare(left, right));

    private static RecordError? CheckActivation(ControlCommand command)
    {
        bool isActivation = command.Reason == ControlReason.ReserveActivation;
        if (isActivation != command.Activation.HasValue)
            return Error(RecordErrorCode.ActivationDisagreesWithReason, NoRow,
                $"An activation id is {(isActivation ? "absent" : "present")} where the reason is {command.Reason}");
        return command.Activation is { } activation ? Name(NoRow, "Activation", activation.Value) : null;
    }

    private static RecordError? CheckRow(int row, ControlRow command) =>
        Name(row, "Resource", command.Resource.Value) ?? command switch
        {
            AirConditionerSetpoint ac => Range(row, "SetpointMilliC", ac.SetpointMilliC, MinSetpointMilliC, MaxSetpointMilliC),
            BatterySetpoint battery => CheckStorage(row, battery.PowerSetpointW, battery.Mode),
            ChargingStationSetpoint station => CheckStorage(row, station.PowerSetpointW, station.Mode),
            _ => Error(RecordErrorCode.EnumerationUnknown, row, $"{command.GetType().Name} is not a command of Table III"),
        };

    private static RecordError? CheckStorage(int row, long powerW, StorageMode mode) =>
        SignedPower(row, "PowerSetpointW", powerW)
        ?? Known(row, "Mode", mode <= StorageMode.Discharge, (int)mode)
        ?? (Agrees(powerW, mode)
            ? null
            : Error(RecordErrorCode.ModeDisagreesWithPower, row, $"Mode {mode} disagrees with PowerSetpointW {powerW}"));

    private static bool Agrees(long powerW, StorageMode mode) => mode switch
    {
        StorageMode.Charge => powerW <= 0,
        StorageMode.Discharge => powerW >= 0,
        _ => powerW == 0,
    };

    private static int Compare(ControlRow left, ControlRow right)
    {
        int byKind = ((byte)left.ResourceKind).CompareTo((byte)right.ResourceKind);
        return byKind != 0 ? byKind : left.Resource.CompareTo(right.Resource);
    }
}
