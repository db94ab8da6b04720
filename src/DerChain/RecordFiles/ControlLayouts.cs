using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>The columns of a row of Table III.</summary>
internal static class ControlLayouts
{
    private static readonly ImmutableArray<string> StorageColumns = ["resource", "power_setpoint_w", "mode"];

    public static readonly CellLayout<object> AirConditioner = CellLayout<object>.Of(
        ["resource", "setpoint_milli_c"],
        static row => new AirConditionerSetpoint(row.Resource(), row.Whole<int>()),
        static (RowText text, AirConditionerSetpoint command) => text.Add(command.Resource.Value).Add<int>(command.SetpointMilliC));

    public static readonly CellLayout<object> Battery = CellLayout<object>.Of(
        StorageColumns,
        static row => new BatterySetpoint(row.Resource(), row.Whole<long>(), row.Word(FileWords.Mode)),
        static (RowText text, BatterySetpoint command) => Write(text, command.Resource, command.PowerSetpointW, command.Mode));

    public static readonly CellLayout<object> ChargingStation = CellLayout<object>.Of(
        StorageColumns,
        static row => new ChargingStationSetpoint(row.Resource(), row.Whole<long>(), row.Word(FileWords.Mode)),
        static (RowText text, ChargingStationSetpoint command) => Write(text, command.Resource, command.PowerSetpointW, command.Mode));

    private static void Write(RowText text, ResourceId resource, long powerW, StorageMode mode) =>
        text.Add(resource.Value).Add<long>(powerW).Add(FileWords.Mode.Of(mode));
}
