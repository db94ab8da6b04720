using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>The columns of a row of Table IV.</summary>
internal static class TelemetryLayouts
{
    public static readonly CellLayout<object> Meter = CellLayout<object>.Of(
        ["resource", "net_power_w"],
        static row => new MeterReading(row.Resource(), row.Whole<long>()),
        static (RowText text, MeterReading reading) => text.Add(reading.Resource.Value).Add<long>(reading.NetPowerW));

    public static readonly CellLayout<object> Solar = CellLayout<object>.Of(
        ["resource", "power_w", "available_power_w"],
        static row => new SolarReading(row.Resource(), row.Whole<long>(), row.OptionalWhole<long>()),
        static (RowText text, SolarReading reading) =>
            text.Add(reading.Resource.Value).Add<long>(reading.PowerW).Add(reading.AvailablePowerW));

    public static readonly CellLayout<object> AirConditioner = CellLayout<object>.Of(
        ["resource", "cop_milli", "thermal_resistance_milli_c_per_kw", "beta_ppm", "beta_interval_seconds", "max_electric_power_w",
            "comfort_lower_milli_c", "comfort_upper_milli_c", "ambient_milli_c", "indoor_milli_c", "electric_power_w", "is_on"],
        static row => new AirConditionerReading(
            row.Resource(), row.Whole<int>(), row.Whole<int>(), row.Whole<int>(), row.Whole<int>(), row.Whole<long>(),
            row.Whole<int>(), row.Whole<int>(), row.Whole<int>(), row.Whole<int>(), row.Whole<long>(), row.Boolean()),
        static (RowText text, AirConditionerReading reading) => text
            .Add(reading.Resource.Value)
            .Add<int>(reading.CopMilli)
            .Add<int>(reading.ThermalResistanceMilliCPerKw)
            .Add<int>(reading.BetaPpm)
            .Add<int>(reading.BetaIntervalSeconds)
            .Add<long>(reading.MaxElectricPowerW)
            .Add<int>(reading.ComfortLowerMilliC)
            .Add<int>(reading.ComfortUpperMilliC)
            .Add<int>(reading.AmbientMilliC)
            .Add<int>(reading.IndoorMilliC)
            .Add<long>(reading.ElectricPowerW)
            .Add(reading.IsOn));

    public static readonly CellLayout<object> Battery = CellLayout<object>.Of(
        ["resource", "capacity_wh", "one_way_efficiency_ppm", "soc_min_ppm", "soc_max_ppm", "max_discharge_w", "max_charge_w", "soc_ppm",
            "power_w", "mode"],
        static row => new BatteryReading(
            row.Resource(), row.Whole<long>(), row.Whole<int>(), row.Whole<int>(), row.Whole<int>(), row.Whole<long>(),
            row.Whole<long>(), row.Whole<int>(), row.Whole<long>(), row.Word(FileWords.Mode)),
        static (RowText text, BatteryReading reading) => text
            .Add(reading.Resource.Value)
            .Add<long>(reading.CapacityWh)
            .Add<int>(reading.OneWayEfficiencyPpm)
            .Add<int>(reading.SocMinPpm)
            .Add<int>(reading.SocMaxPpm)
            .Add<long>(reading.MaxDischargeW)
            .Add<long>(reading.MaxChargeW)
            .Add<int>(reading.SocPpm)
            .Add<long>(reading.PowerW)
            .Add(FileWords.Mode.Of(reading.Mode)));

    public static readonly CellLayout<object> ChargingStation = CellLayout<object>.Of(
        ["resource", "max_discharge_w", "max_charge_w", "power_w", "mode", .. VehicleCells.Columns],
        static row => new ChargingStationReading(
            row.Resource(), row.Whole<long>(), row.Whole<long>(), row.Whole<long>(), row.Word(FileWords.Mode), VehicleCells.Read(row)),
        static (RowText text, ChargingStationReading reading) => VehicleCells.Write(
            text
                .Add(reading.Resource.Value)
                .Add<long>(reading.MaxDischargeW)
                .Add<long>(reading.MaxChargeW)
                .Add<long>(reading.PowerW)
                .Add(FileWords.Mode.Of(reading.Mode)),
            reading.Vehicle));
}
