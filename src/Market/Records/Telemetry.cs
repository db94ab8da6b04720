using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>What the sender knows against its own reading.</summary>
[Flags]
public enum TelemetryQuality : byte
{
    /// <summary>Measured, nothing known against it.</summary>
    Good = 0,

    /// <summary>Estimated or substituted, not measured.</summary>
    Estimated = 1,

    /// <summary>The device's clock is not synchronised.</summary>
    ClockUnsynchronised = 2,
}

/// <summary>Reading of one device over one interval: a row of Table IV. State is at the interval's start, power is the mean over it.</summary>
/// <param name="Resource">ω: the device.</param>
public abstract record TelemetryRow(ResourceId Resource)
{
    /// <summary>Type of the device.</summary>
    public abstract ResourceKind ResourceKind { get; }
}

/// <summary>Table IV, "Meter".</summary>
/// <param name="Resource">ω^s: the meter.</param>
/// <param name="NetPowerW">p^a,m: net power at the point of interconnection, watts; + export, − import.</param>
public sealed record MeterReading(ResourceId Resource, long NetPowerW) : TelemetryRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.Meter;
}

/// <summary>Table IV, "PV".</summary>
/// <param name="Resource">ω^pv: the panels.</param>
/// <param name="PowerW">p^pv,m: power in watts ≥ 0.</param>
/// <param name="AvailablePowerW">What the panels could give uncurtailed, watts ≥ 0, or null where unknown.</param>
public sealed record SolarReading(ResourceId Resource, long PowerW, long? AvailablePowerW) : TelemetryRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.Solar;
}

/// <summary>Table IV, "AC": nameplate, comfort bounds, state and electric power of an air conditioner.</summary>
/// <param name="Resource">ω^th: the air conditioner.</param>
/// <param name="CopMilli">COP: coefficient of performance, thousandths; 1,500 to 6,000.</param>
/// <param name="ThermalResistanceMilliCPerKw">R^th: thousandths of a degree Celsius per kW; 100 to 10,000.</param>
/// <param name="BetaPpm">β: thermal inertia exp(−Δ0/(R·C)), parts per million; 1 to 999,999.</param>
/// <param name="BetaIntervalSeconds">Δ0: the interval β is given for, seconds; 1 to 3,600.</param>
/// <param name="MaxElectricPowerW">L̄^th: rated electric power, watts &gt; 0.</param>
/// <param name="ComfortLowerMilliC">Lower bound θ^th of comfort in force, thousandths of a degree Celsius; 15,000 to 32,000.</param>
/// <param name="ComfortUpperMilliC">Upper bound θ^th of comfort in force, above the lower; 15,000 to 32,000.</param>
/// <param name="AmbientMilliC">θ^amb: outdoor temperature; −40,000 to 55,000.</param>
/// <param name="IndoorMilliC">θ^th,m: indoor temperature; 0 to 50,000.</param>
/// <param name="ElectricPowerW">l^th,m: electric power drawn, watts ≥ 0.</param>
/// <param name="IsOn">y^th,m: the unit is on and can be controlled.</param>
public sealed record AirConditionerReading(
    ResourceId Resource,
    int CopMilli,
    int ThermalResistanceMilliCPerKw,
    int BetaPpm,
    int BetaIntervalSeconds,
    long MaxElectricPowerW,
    int ComfortLowerMilliC,
    int ComfortUpperMilliC,
    int AmbientMilliC,
    int IndoorMilliC,
    long ElectricPowerW,
    bool IsOn) : TelemetryRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.AirConditioner;
}

/// <summary>Table IV, "BESS": nameplate, limits, state and power of a battery.</summary>
/// <param name="Resource">ω^b: the battery.</param>
/// <param name="CapacityWh">ξ read as energy capacity: watt-hours &gt; 0.</param>
/// <param name="OneWayEfficiencyPpm">ξ read as one-way efficiency: parts per million; 500,000 to 1,000,000.</param>
/// <param name="SocMinPpm">Lower limit of the state of charge, parts per million of capacity.</param>
/// <param name="SocMaxPpm">Upper limit of the state of charge, above the lower, at most 1,000,000.</param>
/// <param name="MaxDischargeW">p̄^dis: watts ≥ 0.</param>
/// <param name="MaxChargeW">p̄^ch: watts ≥ 0.</param>
/// <param name="SocPpm">soc^m: state of charge at the interval's start; 0 to 1,000,000.</param>
/// <param name="PowerW">p^b,m: power in watts; + discharge, − charge.</param>
/// <param name="Mode">x^b,m: direction.</param>
public sealed record BatteryReading(
    ResourceId Resource,
    long CapacityWh,
    int OneWayEfficiencyPpm,
    int SocMinPpm,
    int SocMaxPpm,
    long MaxDischargeW,
    long MaxChargeW,
    int SocPpm,
    long PowerW,
    StorageMode Mode) : TelemetryRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.Battery;
}

/// <summary>The vehicle plugged into a charging station: the parameters of Table IV, "EV CS", that belong to the vehicle and change with it.</summary>
/// <param name="SessionId">Number of the session; a new one for each vehicle that is plugged in.</param>
/// <param name="CapacityWh">ξ read as energy capacity: watt-hours &gt; 0.</param>
/// <param name="OneWayEfficiencyPpm">ξ read as one-way efficiency: parts per million; 500,000 to 1,000,000.</param>
/// <param name="SocMinPpm">Lower limit of the state of charge that reserve may use, parts per million of capacity.</param>
/// <param name="SocMaxPpm">Upper limit of the state of charge, above the lower, at most 1,000,000.</param>
/// <param name="SocPpm">soc^m: state of charge at the interval's start; 0 to 1,000,000.</param>
/// <param name="ExpectedDepartureUnixSeconds">When the vehicle is expected to leave, or null.</param>
/// <param name="TargetSocPpm">State of charge wanted at departure, or null.</param>
public sealed record VehicleState(
    uint SessionId,
    long CapacityWh,
    int OneWayEfficiencyPpm,
    int SocMinPpm,
    int SocMaxPpm,
    int SocPpm,
    long? ExpectedDepartureUnixSeconds,
    int? TargetSocPpm);

/// <summary>Table IV, "EV CS": limits, vehicle and power of a charging station.</summary>
/// <param name="Resource">ω^ev: the charging station.</param>
/// <param name="MaxDischargeW">p̄^ev,dis: watts ≥ 0; 0 where the station or vehicle cannot discharge (V1G).</param>
/// <param name="MaxChargeW">p̄^ev,ch: watts ≥ 0.</param>
/// <param name="PowerW">p^ev,m: power in watts; + discharge, − charge.</param>
/// <param name="Mode">x^ev,m: direction.</param>
/// <param name="Vehicle">The vehicle plugged in, or null where none is: then power is 0 and the mode <see cref="StorageMode.Idle"/>.</param>
public sealed record ChargingStationReading(
    ResourceId Resource,
    long MaxDischargeW,
    long MaxChargeW,
    long PowerW,
    StorageMode Mode,
    VehicleState? Vehicle) : TelemetryRow(Resource)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.ChargingStation;
}

/// <summary>Table IV: readings of the devices of one prosumer over one interval. Prosumer to aggregator, every five minutes, every minute while reserve is active.</summary>
/// <param name="interval">The interval the readings are for.</param>
/// <param name="sequence">Number of the report, strictly increasing for a prosumer.</param>
/// <param name="deviceTimeUnixSeconds">Time of the report by the prosumer's own clock.</param>
/// <param name="quality">What the sender knows against its readings.</param>
/// <param name="rows">Readings in ascending order of resource kind, then resource id.</param>
public sealed class Telemetry(
    MarketInterval interval, ulong sequence, long deviceTimeUnixSeconds, TelemetryQuality quality, ImmutableArray<TelemetryRow> rows)
    : MarketRecord(RecordKind.Telemetry)
{
    /// <summary>The interval the readings are for.</summary>
    public MarketInterval Interval { get; } = interval;

    /// <summary>Number of the report, strictly increasing for a prosumer.</summary>
    public ulong Sequence { get; } = sequence;

    /// <summary>Time of the report by the prosumer's own clock, seconds since 1970-01-01T00:00:00Z.</summary>
    public long DeviceTimeUnixSeconds { get; } = deviceTimeUnixSeconds;

    /// <summary>What the sender knows against its readings.</summary>
    public TelemetryQuality Quality { get; } = quality;

    /// <summary>Readings in ascending order of resource kind, then resource id.</summary>
    public ImmutableArray<TelemetryRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}
