using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>A reading that refers to a version of its device's registration for the nameplate values. With them it says the same as the paper's own layout.</summary>
/// <param name="Resource">ω: the device.</param>
/// <param name="RegistrationVersion">The version (<see cref="ResourceRow.Version"/>), from 1.</param>
public abstract record CompactReading(ResourceId Resource, int RegistrationVersion) : TelemetryRow(Resource)
{
    /// <summary>The reading in the paper's own layout.</summary>
    /// <param name="parameters">Parameters of the version.</param>
    /// <returns>Null where the parameters are those of another type of device.</returns>
    public abstract TelemetryRow? With(ResourceParameters? parameters);
}

/// <summary>Table IV, "AC", without its nameplate. Ranges as in <see cref="AirConditionerReading"/>.</summary>
/// <param name="Resource">ω^th: the air conditioner.</param>
/// <param name="RegistrationVersion">Version with its <see cref="AirConditionerParameters"/>.</param>
/// <param name="ComfortLowerMilliC">Lower bound of comfort in force.</param>
/// <param name="ComfortUpperMilliC">Upper bound of comfort in force.</param>
/// <param name="AmbientMilliC">θ^amb: outdoor temperature.</param>
/// <param name="IndoorMilliC">θ^th,m: indoor temperature.</param>
/// <param name="ElectricPowerW">l^th,m: electric power drawn.</param>
/// <param name="IsOn">y^th,m: the unit is on and can be controlled.</param>
public sealed record CompactAirConditionerReading(
    ResourceId Resource,
    int RegistrationVersion,
    int ComfortLowerMilliC,
    int ComfortUpperMilliC,
    int AmbientMilliC,
    int IndoorMilliC,
    long ElectricPowerW,
    bool IsOn) : CompactReading(Resource, RegistrationVersion)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.AirConditioner;

    /// <inheritdoc/>
    public override TelemetryRow? With(ResourceParameters? parameters) => parameters is AirConditionerParameters ac
        ? new AirConditionerReading(
            Resource, ac.CopMilli, ac.ThermalResistanceMilliCPerKw, ac.BetaPpm, ac.BetaIntervalSeconds, ac.MaxElectricPowerW,
            ComfortLowerMilliC, ComfortUpperMilliC, AmbientMilliC, IndoorMilliC, ElectricPowerW, IsOn)
        : null;
}

/// <summary>Table IV, "BESS", without its nameplate. Ranges as in <see cref="BatteryReading"/>.</summary>
/// <param name="Resource">ω^b: the battery.</param>
/// <param name="RegistrationVersion">Version with its <see cref="BatteryParameters"/>.</param>
/// <param name="SocPpm">soc^m: state of charge at the interval's start.</param>
/// <param name="PowerW">p^b,m: power in watts; + discharge.</param>
/// <param name="Mode">x^b,m: direction.</param>
public sealed record CompactBatteryReading(ResourceId Resource, int RegistrationVersion, int SocPpm, long PowerW, StorageMode Mode)
    : CompactReading(Resource, RegistrationVersion)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.Battery;

    /// <inheritdoc/>
    public override TelemetryRow? With(ResourceParameters? parameters) => parameters is BatteryParameters battery
        ? new BatteryReading(
            Resource, battery.CapacityWh, battery.OneWayEfficiencyPpm, battery.SocMinPpm, battery.SocMaxPpm, battery.MaxDischargeW, battery.MaxChargeW,
            SocPpm, PowerW, Mode)
        : null;
}

/// <summary>Table IV, "EV CS", without the station's nameplate. Ranges as in <see cref="ChargingStationReading"/>.</summary>
/// <param name="Resource">ω^ev: the charging station.</param>
/// <param name="RegistrationVersion">Version with its <see cref="ChargingStationParameters"/>.</param>
/// <param name="PowerW">p^ev,m: power in watts; + discharge.</param>
/// <param name="Mode">x^ev,m: direction.</param>
/// <param name="Vehicle">The vehicle plugged in, or null where none is.</param>
public sealed record CompactChargingStationReading(
    ResourceId Resource, int RegistrationVersion, long PowerW, StorageMode Mode, VehicleState? Vehicle) : CompactReading(Resource, RegistrationVersion)
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.ChargingStation;

    /// <inheritdoc/>
    public override TelemetryRow? With(ResourceParameters? parameters) => parameters is ChargingStationParameters station
        ? new ChargingStationReading(Resource, station.MaxDischargeW, station.MaxChargeW, PowerW, Mode, Vehicle)
        : null;
}
