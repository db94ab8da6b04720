using DerChain.Market.Records;
using MessagePack;

namespace DerChain.Benchmarks.Market;

/// <summary>Rows of Tables III and IV in the plain form of <see cref="PlainRecord"/>.</summary>
[MessagePackObject]
[Union(1, typeof(PlainMeter))]
[Union(2, typeof(PlainSolar))]
[Union(3, typeof(PlainAirConditioner))]
[Union(4, typeof(PlainBattery))]
[Union(5, typeof(PlainStation))]
[Union(6, typeof(PlainSetpoint))]
public abstract class PlainRow
{
    [Key(0)] public required string Resource { get; set; }

    public static PlainRow Of(ControlRow row) => row switch
    {
        AirConditionerSetpoint ac => new PlainSetpoint { Resource = row.Resource.Value, Value = ac.SetpointMilliC },
        BatterySetpoint battery => new PlainSetpoint { Resource = row.Resource.Value, Value = battery.PowerSetpointW, Mode = (byte)battery.Mode },
        ChargingStationSetpoint station => new PlainSetpoint { Resource = row.Resource.Value, Value = station.PowerSetpointW, Mode = (byte)station.Mode },
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "No plain form."),
    };

    public static PlainRow Of(TelemetryRow row) => row switch
    {
        MeterReading meter => new PlainMeter { Resource = row.Resource.Value, Power = meter.NetPowerW },
        SolarReading solar => new PlainSolar { Resource = row.Resource.Value, Power = solar.PowerW, Available = solar.AvailablePowerW },
        AirConditionerReading ac => new PlainAirConditioner
        {
            Resource = row.Resource.Value,
            Cop = ac.CopMilli,
            Resistance = ac.ThermalResistanceMilliCPerKw,
            Beta = ac.BetaPpm,
            BetaInterval = ac.BetaIntervalSeconds,
            MaxPower = ac.MaxElectricPowerW,
            Lower = ac.ComfortLowerMilliC,
            Upper = ac.ComfortUpperMilliC,
            Ambient = ac.AmbientMilliC,
            Indoor = ac.IndoorMilliC,
            Power = ac.ElectricPowerW,
            IsOn = ac.IsOn,
        },
        BatteryReading battery => new PlainBattery
        {
            Resource = row.Resource.Value,
            Capacity = battery.CapacityWh,
            Efficiency = battery.OneWayEfficiencyPpm,
            Min = battery.SocMinPpm,
            Max = battery.SocMaxPpm,
            MaxDischarge = battery.MaxDischargeW,
            MaxCharge = battery.MaxChargeW,
            Soc = battery.SocPpm,
            Power = battery.PowerW,
            Mode = (byte)battery.Mode,
        },
        ChargingStationReading station => new PlainStation
        {
            Resource = row.Resource.Value,
            MaxDischarge = station.MaxDischargeW,
            MaxCharge = station.MaxChargeW,
            Power = station.PowerW,
            Mode = (byte)station.Mode,
            Vehicle = station.Vehicle is { } vehicle ? PlainVehicle.Of(vehicle) : null,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "No plain form."),
    };
}

[MessagePackObject]
public sealed class PlainSetpoint : PlainRow
{
    [Key(1)] public long Value { get; set; }
    [Key(2)] public byte Mode { get; set; }
}

[MessagePackObject]
public sealed class PlainMeter : PlainRow
{
    [Key(1)] public long Power { get; set; }
}

[MessagePackObject]
public sealed class PlainSolar : PlainRow
{
    [Key(1)] public long Power { get; set; }
    [Key(2)] public long? Available { get; set; }
}

[MessagePackObject]
public sealed class PlainAirConditioner : PlainRow
{
    [Key(1)] public int Cop { get; set; }
    [Key(2)] public int Resistance { get; set; }
    [Key(3)] public int Beta { get; set; }
    [Key(4)] public int BetaInterval { get; set; }
    [Key(5)] public long MaxPower { get; set; }
    [Key(6)] public int Lower { get; set; }
    [Key(7)] public int Upper { get; set; }
    [Key(8)] public int Ambient { get; set; }
    [Key(9)] public int Indoor { get; set; }
    [Key(10)] public long Power { get; set; }
    [Key(11)] public bool IsOn { get; set; }
}

[MessagePackObject]
public sealed class PlainBattery : PlainRow
{
    [Key(1)] public long Capacity { get; set; }
    [Key(2)] public int Efficiency { get; set; }
    [Key(3)] public int Min { get; set; }
    [Key(4)] public int Max { get; set; }
    [Key(5)] public long MaxDischarge { get; set; }
    [Key(6)] public long MaxCharge { get; set; }
    [Key(7)] public int Soc { get; set; }
    [Key(8)] public long Power { get; set; }
    [Key(9)] public byte Mode { get; set; }
}

[MessagePackObject]
public sealed class PlainStation : PlainRow
{
    [Key(1)] public long MaxDischarge { get; set; }
    [Key(2)] public long MaxCharge { get; set; }
    [Key(3)] public long Power { get; set; }
    [Key(4)] public byte Mode { get; set; }
    [Key(5)] public PlainVehicle? Vehicle { get; set; }
}

[MessagePackObject]
public sealed class PlainVehicle
{
    [Key(0)] public uint Session { get; set; }
    [Key(1)] public long Capacity { get; set; }
    [Key(2)] public int Efficiency { get; set; }
    [Key(3)] public int Min { get; set; }
    [Key(4)] public int Max { get; set; }
    [Key(5)] public int Soc { get; set; }
    [Key(6)] public long? Departure { get; set; }
    [Key(7)] public int? Target { get; set; }

    public static PlainVehicle Of(VehicleState vehicle) => new()
    {
        Session = vehicle.SessionId,
        Capacity = vehicle.CapacityWh,
        Efficiency = vehicle.OneWayEfficiencyPpm,
        Min = vehicle.SocMinPpm,
        Max = vehicle.SocMaxPpm,
        Soc = vehicle.SocPpm,
        Departure = vehicle.ExpectedDepartureUnixSeconds,
        Target = vehicle.TargetSocPpm,
    };
}
