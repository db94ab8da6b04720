using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>Nameplate values of a device, registered once instead of repeated in every reading (docs/spec/market.md, 1.5).</summary>
public abstract record ResourceParameters
{
    /// <summary>Type of the device.</summary>
    public abstract ResourceKind ResourceKind { get; }
}

/// <summary>What is registered of a meter.</summary>
/// <param name="ExportLimitW">P̄^export: most that the prosumer may export at its point of interconnection, watts ≥ 0. It bounds the reserve of its devices.</param>
public sealed record MeterParameters(long ExportLimitW) : ResourceParameters
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.Meter;
}

/// <summary>What is registered of an air conditioner. Ranges as in <see cref="AirConditionerReading"/>.</summary>
/// <param name="CopMilli">COP: thousandths.</param>
/// <param name="ThermalResistanceMilliCPerKw">R^th: thousandths of a degree Celsius per kW.</param>
/// <param name="BetaPpm">β: thermal inertia, parts per million.</param>
/// <param name="BetaIntervalSeconds">Δ0: the interval β is given for, seconds.</param>
/// <param name="MaxElectricPowerW">L̄^th: rated electric power, watts.</param>
public sealed record AirConditionerParameters(
    int CopMilli, int ThermalResistanceMilliCPerKw, int BetaPpm, int BetaIntervalSeconds, long MaxElectricPowerW) : ResourceParameters
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.AirConditioner;
}

/// <summary>What is registered of a battery. Ranges as in <see cref="BatteryReading"/>.</summary>
/// <param name="CapacityWh">ξ read as energy capacity: watt-hours.</param>
/// <param name="OneWayEfficiencyPpm">ξ read as one-way efficiency: parts per million.</param>
/// <param name="SocMinPpm">Lower limit of the state of charge, parts per million of capacity.</param>
/// <param name="SocMaxPpm">Upper limit of the state of charge.</param>
/// <param name="MaxDischargeW">p̄^dis: watts.</param>
/// <param name="MaxChargeW">p̄^ch: watts.</param>
public sealed record BatteryParameters(
    long CapacityWh, int OneWayEfficiencyPpm, int SocMinPpm, int SocMaxPpm, long MaxDischargeW, long MaxChargeW) : ResourceParameters
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.Battery;
}

/// <summary>What is registered of a charging station; the vehicle's values stand in every reading, since they change with it.</summary>
/// <param name="MaxDischargeW">p̄^ev,dis: watts.</param>
/// <param name="MaxChargeW">p̄^ev,ch: watts.</param>
public sealed record ChargingStationParameters(long MaxDischargeW, long MaxChargeW) : ResourceParameters
{
    /// <inheritdoc/>
    public override ResourceKind ResourceKind => ResourceKind.ChargingStation;
}
