using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>Direction of a battery or charging station: the paper's x, with a third state for rest.</summary>
public enum StorageMode : byte
{
    /// <summary>Neither charges nor discharges; a charging station may have no vehicle.</summary>
    Idle = 0,

    /// <summary>Takes energy (power &lt; 0).</summary>
    Charge = 1,

    /// <summary>Gives energy (power &gt; 0).</summary>
    Discharge = 2,
}

/// <summary>Why a command was given.</summary>
public enum ControlReason : byte
{
    /// <summary>The regular command of an interval.</summary>
    Scheduled = 0,

    /// <summary>Spinning reserve was activated.</summary>
    ReserveActivation = 1,

    /// <summary>Another emergency of the system.</summary>
    Emergency = 2,

    /// <summary>Return to schedule after an activation.</summary>
    Restore = 3,
}

/// <summary>Command to one device: a row of Table III.</summary>
/// <param name="Resource">ω: the device.</param>
public abstract record ControlRow(ResourceId Resource)
{
    /// <summary>Type of the device.</summary>
    public abstract ResourceKind ResourceKind { get; }
}

/// <summary>Table III, "AC".</summary>
/// <param name="Resource">ω^th: the air conditioner.</param>
/// <param name="SetpointMilliC">θ^th,c: thermostat set point, thousandths of a degree Celsius; 10,000 to 35,000.</param>
public sealed record AirConditionerSetpoint(ResourceId Resource, int SetpointMilliC) : ControlRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.AirConditioner;
}

/// <summary>Table III, "BESS".</summary>
/// <param name="Resource">ω^b: the battery.</param>
/// <param name="PowerSetpointW">p^b,c: power in watts; + discharge, − charge.</param>
/// <param name="Mode">x^b,c: direction, which agrees with the sign of the power.</param>
public sealed record BatterySetpoint(ResourceId Resource, long PowerSetpointW, StorageMode Mode) : ControlRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.Battery;
}

/// <summary>Table III, "EV CSs".</summary>
/// <param name="Resource">ω^ev: the charging station.</param>
/// <param name="PowerSetpointW">p^ev,c: power in watts; + discharge (vehicle to grid), − charge.</param>
/// <param name="Mode">x^ev,c: direction, which agrees with the sign of the power.</param>
public sealed record ChargingStationSetpoint(ResourceId Resource, long PowerSetpointW, StorageMode Mode) : ControlRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.ChargingStation;
}

/// <summary>Table III: commands to the devices of one prosumer. Aggregator to prosumer, every five minutes, and at once when reserve is activated.</summary>
/// <param name="validity">From when to when the commands hold.</param>
/// <param name="reason">Why they were given.</param>
/// <param name="activation">The activation they serve; null unless the reason is <see cref="ControlReason.ReserveActivation"/>.</param>
/// <param name="rows">Commands in ascending order of resource kind, then resource id.</param>
public sealed class ControlCommand(MarketInterval validity, ControlReason reason, ActivationId? activation, ImmutableArray<ControlRow> rows)
    : MarketRecord(RecordKind.ControlCommand)
{
    /// <summary>From when to when the commands hold.</summary>
    public MarketInterval Validity { get; } = validity;

    /// <summary>Why they were given.</summary>
    public ControlReason Reason { get; } = reason;

    /// <summary>The activation they serve, or null.</summary>
    public ActivationId? Activation { get; } = activation;

    /// <summary>Commands in ascending order of resource kind, then resource id.</summary>
    public ImmutableArray<ControlRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}
