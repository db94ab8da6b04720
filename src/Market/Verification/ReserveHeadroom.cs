using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>Spinning reserve that one device could deliver within ten minutes and sustain: its headroom in the interval of one reading.</summary>
/// <param name="Kw">SR: the headroom, kW ≥ 0.</param>
/// <param name="PotentialKw">What the device could show at best: rated discharge of a store, present power of an air conditioner; kW.</param>
/// <param name="Limit">What holds the headroom below the potential.</param>
/// <param name="ResponseLimit">What would hold back the device if the interval were part of an activation.</param>
/// <remarks>Source: docs/spec/market.md, 2.3.</remarks>
public readonly record struct ReserveHeadroom(double Kw, double PotentialKw, ShortfallCause Limit, ShortfallCause ResponseLimit)
{
    /// <summary>Share of the available solar power that counts as reserve when it is curtailed: one tenth is kept for clouds.</summary>
    private const double SolarShare = 0.9;

    private const double IntervalHours = MarketInterval.DispatchSeconds / 3600.0;

    /// <summary>A store within this share of its rated power of the most it can give counts as limited.</summary>
    private const double LimitMargin = 0.05;

    /// <summary>Headroom of any device; a meter has none.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="startUnixSeconds">Start of the reading's interval, t.</param>
    /// <param name="options">Sustain duration and ramp window.</param>
    public static ReserveHeadroom Of(TelemetryRow reading, long startUnixSeconds, VerificationOptions options) => reading switch
    {
        BatteryReading battery => OfBattery(battery, options),
        ChargingStationReading station => OfChargingStation(station, startUnixSeconds, options),
        AirConditionerReading ac => OfAirConditioner(ac, options),
        SolarReading solar => OfSolar(solar),
        _ => default,
    };

    /// <summary>Power of a controlled device as injection: + gives, − takes, watts.</summary>
    internal static long LevelW(TelemetryRow reading) => reading switch
    {
        BatteryReading battery => battery.PowerW,
        ChargingStationReading station => station.PowerW,
        AirConditionerReading ac => -ac.ElectricPowerW,
        SolarReading solar => solar.PowerW,
        MeterReading meter => meter.NetPowerW,
        _ => 0,
    };

    /// <summary>Headroom of a battery: charging that stops counts, also with an empty battery.</summary>
    public static ReserveHeadroom OfBattery(BatteryReading battery, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(battery);
        ArgumentNullException.ThrowIfNull(options);
        double usableKwh = UsableKwh(battery.SocPpm / 1e6, battery.SocMinPpm / 1e6, battery.CapacityWh, battery.OneWayEfficiencyPpm);
        return OfStore(new Store(battery.MaxDischargeW / 1e3, battery.PowerW / 1e3, usableKwh), options);
    }

    /// <summary>Headroom of a charging station: none without a vehicle, none where the vehicle leaves before the sustain duration has passed, and what
    /// the vehicle needs until it leaves is not reserve.</summary>
    public static ReserveHeadroom OfChargingStation(ChargingStationReading station, long startUnixSeconds, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(options);
        double dischargeKw = station.MaxDischargeW / 1e3;
        double powerKw = station.PowerW / 1e3;
        double potentialKw = Math.Max(dischargeKw, -powerKw);
        if (station.Vehicle is not { } vehicle)
            return new(0, potentialKw, ShortfallCause.VehicleAbsent, ShortfallCause.VehicleAbsent);

        double socMin = Math.Max(vehicle.SocMinPpm / 1e6, MobilitySoc(station, vehicle, startUnixSeconds, options));
        var store = new Store(
            dischargeKw, powerKw, UsableKwh(vehicle.SocPpm / 1e6, socMin, vehicle.CapacityWh, vehicle.OneWayEfficiencyPpm));
        ReserveHeadroom headroom = OfStore(store, options);
        return vehicle.ExpectedDepartureUnixSeconds < startUnixSeconds + options.RampSeconds + options.SustainSeconds
            ? new(0, potentialKw, ShortfallCause.VehicleDepartsSoon, headroom.ResponseLimit)
            : headroom with { PotentialKw = Math.Max(potentialKw, headroom.Kw) };
    }

    /// <summary>Headroom of an air conditioner: its power above the lowest that keeps the comfort bound at the end of the sustain duration.</summary>
    public static ReserveHeadroom OfAirConditioner(AirConditionerReading ac, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(ac);
        ArgumentNullException.ThrowIfNull(options);
        double powerKw = ac.ElectricPowerW / 1e3;
        double lowestKw = LowestPowerKw(ac, options.SustainSeconds);
        double headroomKw = ac.IsOn ? Math.Max(0, powerKw - lowestKw) : 0;
        bool isHeldByComfort = powerKw <= LowestPowerKw(ac, MarketInterval.DispatchSeconds) + LimitMargin * ac.MaxElectricPowerW / 1e3;
        ShortfallCause limit = headroomKw < powerKw ? ShortfallCause.ComfortLimit : ShortfallCause.None;
        return new(
            headroomKw,
            powerKw,
            ac.IsOn ? limit : ShortfallCause.DeviceOff,
            isHeldByComfort ? ShortfallCause.ComfortLimit : ShortfallCause.PartialResponse);
    }

    /// <summary>Headroom of solar panels: none, unless they are curtailed and say what they could give.</summary>
    public static ReserveHeadroom OfSolar(SolarReading solar)
    {
        ArgumentNullException.ThrowIfNull(solar);
        double headroomKw = solar.AvailablePowerW is { } available ? Math.Max(0, available * SolarShare - solar.PowerW) / 1e3 : 0;
        return new(headroomKw, headroomKw, ShortfallCause.None, ShortfallCause.None);
    }

    /// <summary>lmin: the lowest constant power that keeps the indoor temperature at or below its bound at the end of a window, kW.</summary>
    /// <param name="indoor">θ: indoor temperature at the start, °C.</param>
    /// <param name="ambient">θ_amb: outdoor temperature, °C.</param>
    /// <param name="upper">θ_upper: bound, °C.</param>
    /// <param name="windowBeta">β_D: thermal inertia over the window.</param>
    /// <param name="cooling">COP·R: cooling by one kW in the steady state, °C per kW.</param>
    /// <param name="maxKw">L̄: rated electric power, kW.</param>
    internal static double LowestPowerKw(double indoor, double ambient, double upper, double windowBeta, double cooling, double maxKw)
    {
        const double Still = 1e-9;
        if (1 - windowBeta < Still) return indoor <= upper ? 0 : maxKw;
        double kw = (windowBeta * indoor + (1 - windowBeta) * ambient - upper) / ((1 - windowBeta) * cooling);
        return Math.Clamp(kw, 0, maxKw);
    }

    private static double LowestPowerKw(AirConditionerReading ac, int windowSeconds) => LowestPowerKw(
        ac.IndoorMilliC / 1e3,
        ac.AmbientMilliC / 1e3,
        ac.ComfortUpperMilliC / 1e3,
        Math.Pow(ac.BetaPpm / 1e6, (double)windowSeconds / ac.BetaIntervalSeconds),
        ac.CopMilli / 1e3 * (ac.ThermalResistanceMilliCPerKw / 1e3),
        ac.MaxElectricPowerW / 1e3);

    private static ReserveHeadroom OfStore(Store store, VerificationOptions options)
    {
        double sustainedKw = Math.Min(store.DischargeKw, store.UsableKwh / options.SustainHours);
        double lackOfEnergyKw = store.DischargeKw - sustainedKw;
        double deliveredKw = Math.Max(0, store.PowerKw);
        bool isAtEnergyLimit = store.UsableKwh / IntervalHours <= store.PowerKw + LimitMargin * store.DischargeKw;
        return new(
            Math.Max(0, sustainedKw - store.PowerKw),
            store.DischargeKw,
            LimitOf(lackOfEnergyKw, deliveredKw),
            isAtEnergyLimit && store.DischargeKw > 0 ? ShortfallCause.StateOfChargeLow : ShortfallCause.PartialResponse);
    }

    private static ShortfallCause LimitOf(double lackOfEnergyKw, double deliveredKw)
    {
        if (lackOfEnergyKw <= 0 && deliveredKw <= 0) return ShortfallCause.None;
        return lackOfEnergyKw >= deliveredKw ? ShortfallCause.StateOfChargeLow : ShortfallCause.AlreadyDelivering;
    }

    /// <summary>Energy at the terminals above the lower limit, kWh.</summary>
    private static double UsableKwh(double soc, double socMin, long capacityWh, int efficiencyPpm) =>
        efficiencyPpm / 1e6 * Math.Max(0, soc - socMin) * (capacityWh / 1e3);

    /// <summary>State of charge below which the vehicle could not be charged to its target before it leaves.</summary>
    private static double MobilitySoc(
        ChargingStationReading station, VehicleState vehicle, long startUnixSeconds, VerificationOptions options)
    {
        if (vehicle is not { TargetSocPpm: { } target, ExpectedDepartureUnixSeconds: { } departure }) return 0;
        double hoursLeft = Math.Max(0, (departure - startUnixSeconds - options.SustainSeconds) / 3600.0);
        double gainedKwh = vehicle.OneWayEfficiencyPpm / 1e6 * (station.MaxChargeW / 1e3) * hoursLeft;
        return target / 1e6 - gainedKwh / (vehicle.CapacityWh / 1e3);
    }

    private readonly record struct Store(double DischargeKw, double PowerKw, double UsableKwh);
}
