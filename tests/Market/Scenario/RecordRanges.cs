using DerChain.Market.Records;

namespace DerChain.Market.Tests.Scenario;

/// <summary>The ranges the record types document, written here anew.</summary>
internal static class RecordRanges
{
    private const long Price = 1_000_000;

    public static bool Holds(MarketRecord record) => record switch
    {
        DayAheadBid bid => bid.Rows.All(row => Holds(row) && row.ReferenceLoadQuantityW is null),
        RealTimeBid bid => bid.Rows.All(Holds),
        DayAheadAward award => award.Rows.All(Holds),
        FifteenMinuteAward award => award.Rows.All(Holds),
        DispatchInstruction dispatch => dispatch.Rows.All(row => row.Interval.IsInRange && row.SpinDeployedW >= 0),
        ReserveActivation activation => activation.Period.IsInRange && activation.RequestedW >= 0,
        ControlCommand command => Holds(command),
        Telemetry telemetry => telemetry.Interval.IsInRange && telemetry.Rows.All(Holds) && InOrder(telemetry),
        _ => false,
    };

    private static bool Holds(BidBlock row) =>
        row.Interval.IsInRange
        && row.Block is >= 1 and <= 10
        && row.EnergyPriceMicroUsdPerMWh is >= -150 * Price and <= 2000 * Price
        && row.SpinPriceMicroUsdPerMWh is >= 0 and <= 250 * Price
        && row.SpinQuantityW >= 0
        && row.LoadQuantityW is null or >= 0
        && row.ReferenceLoadQuantityW is null or >= 0;

    private static bool Holds(AwardRow row) => row.Interval.IsInRange && row.SpinPriceMicroUsdPerMWh >= 0 && row.SpinAwardW >= 0;

    private static bool Holds(ControlCommand command) =>
        command.Validity.IsInRange
        && command.Activation is null == (command.Reason != ControlReason.ReserveActivation)
        && command.Rows.SequenceEqual(command.Rows.OrderBy(row => row.ResourceKind).ThenBy(row => row.Resource))
        && command.Rows.All(row => row switch
        {
            AirConditionerSetpoint setpoint => setpoint.SetpointMilliC is >= 10_000 and <= 35_000,
            BatterySetpoint setpoint => Agrees(setpoint.PowerSetpointW, setpoint.Mode),
            ChargingStationSetpoint setpoint => Agrees(setpoint.PowerSetpointW, setpoint.Mode),
            _ => false,
        });

    private static bool InOrder(Telemetry telemetry) =>
        telemetry.Rows.SequenceEqual(telemetry.Rows.OrderBy(row => row.ResourceKind).ThenBy(row => row.Resource));

    private static bool Holds(TelemetryRow row) => row switch
    {
        MeterReading => true,
        SolarReading solar => solar.PowerW >= 0 && solar.AvailablePowerW is null,
        AirConditionerReading unit => Holds(unit),
        BatteryReading battery => Holds(battery),
        ChargingStationReading station => Holds(station),
        _ => false,
    };

    private static bool Holds(AirConditionerReading unit) =>
        unit.CopMilli is >= 1_500 and <= 6_000
        && unit.ThermalResistanceMilliCPerKw is >= 100 and <= 10_000
        && unit.BetaPpm is >= 1 and <= 999_999
        && unit.BetaIntervalSeconds == 300
        && unit.MaxElectricPowerW > 0
        && unit.ComfortLowerMilliC is >= 15_000 and <= 32_000
        && unit.ComfortUpperMilliC is >= 15_000 and <= 32_000
        && unit.ComfortLowerMilliC < unit.ComfortUpperMilliC
        && unit.AmbientMilliC is >= -40_000 and <= 55_000
        && unit.IndoorMilliC is >= 0 and <= 50_000
        && unit.ElectricPowerW >= 0
        && unit.ElectricPowerW <= unit.MaxElectricPowerW;

    private static bool Holds(BatteryReading battery) =>
        battery.CapacityWh > 0
        && battery.OneWayEfficiencyPpm is >= 500_000 and <= 1_000_000
        && battery.SocMinPpm < battery.SocMaxPpm
        && battery.SocPpm >= battery.SocMinPpm - 1
        && battery.SocPpm <= battery.SocMaxPpm + 1
        && battery.PowerW >= -battery.MaxChargeW
        && battery.PowerW <= battery.MaxDischargeW
        && Agrees(battery.PowerW, battery.Mode);

    private static bool Holds(ChargingStationReading station) =>
        station.PowerW >= -station.MaxChargeW
        && station.PowerW <= station.MaxDischargeW
        && Agrees(station.PowerW, station.Mode)
        && (station.Vehicle is { } vehicle ? Holds(vehicle) : station.PowerW == 0);

    private static bool Holds(VehicleState vehicle) =>
        vehicle.SessionId > 0
        && vehicle.CapacityWh > 0
        && vehicle.OneWayEfficiencyPpm is >= 500_000 and <= 1_000_000
        && vehicle.SocMinPpm < vehicle.SocMaxPpm
        && vehicle.SocPpm is >= 0 and <= 1_000_000
        && vehicle.TargetSocPpm is null
        && vehicle.ExpectedDepartureUnixSeconds > 0;

    private static bool Agrees(long powerW, StorageMode mode) => mode switch
    {
        StorageMode.Idle => powerW == 0,
        StorageMode.Charge => powerW < 0,
        StorageMode.Discharge => powerW > 0,
        _ => false,
    };
}
