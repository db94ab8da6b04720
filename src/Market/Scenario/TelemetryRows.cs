using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using static DerChain.Market.Scenario.ScaledInteger;

namespace DerChain.Market.Scenario;

/// <summary>What a prosumer reports of a step or a part of it: state at the start, power held over it.</summary>
/// <remarks>Source: docs/spec/market.md, 5.5.</remarks>
internal static class TelemetryRows
{
    private const double ComfortBelowSetpointC = 2.0;

    /// <summary>Readings by resource kind, then id.</summary>
    /// <param name="prosumer">Who reports.</param>
    /// <param name="identity">Its names.</param>
    /// <param name="partOfStep">Where in the step the reading starts; 0 to less than 1.</param>
    /// <param name="dayStartUnixSeconds">Start of the day, from which departures are told.</param>
    public static ImmutableArray<TelemetryRow> Read(
        ProsumerState prosumer, ProsumerIdentity identity, double partOfStep, long dayStartUnixSeconds)
    {
        var hasSolar = prosumer.Prosumer.SolarKw > 0.0;
        var rows = new TelemetryRow[2 + (hasSolar ? 1 : 0) + (prosumer.Battery is null ? 0 : 1) + prosumer.Stations.Length];
        var next = 0;
        rows[next++] = new MeterReading(identity.Meter, Thousandths(prosumer.NetKw));
        if (hasSolar)
        {
            rows[next++] = new SolarReading(identity.Solar, Thousandths(prosumer.SolarKw), AvailablePowerW: null);
        }

        rows[next++] = Read(prosumer.AirConditioner, identity.AirConditioner, partOfStep);
        if (prosumer.Battery is { } battery)
        {
            rows[next++] = Read(battery, identity.Battery, partOfStep);
        }

        for (var i = 0; i < prosumer.Stations.Length; i++)
        {
            rows[next++] = Read(prosumer.Stations[i], identity.Stations[i], partOfStep, dayStartUnixSeconds);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(rows);
    }

    /// <summary>Direction of a power in watts, + discharges.</summary>
    public static StorageMode ModeOf(long watts) => Math.Sign(watts) switch
    {
        < 0 => StorageMode.Charge,
        > 0 => StorageMode.Discharge,
        _ => StorageMode.Idle,
    };

    private static AirConditionerReading Read(AirConditionerState state, ResourceId resource, double partOfStep) => new(
        resource,
        SmallThousandths(state.Unit.CoefficientOfPerformance),
        SmallThousandths(state.Unit.ResistanceCPerKw),
        PartsPerMillion(state.Unit.Beta),
        MarketInterval.DispatchSeconds,
        Thousandths(state.Unit.RatedKw),
        SmallThousandths(state.SetpointC - ComfortBelowSetpointC),
        SmallThousandths(state.ComfortUpperC),
        SmallThousandths(state.AmbientC),
        SmallThousandths(state.TemperatureAt(partOfStep)),
        Thousandths(state.PowerKw),
        IsOn: true);

    private static BatteryReading Read(BatteryState state, ResourceId resource, double partOfStep)
    {
        var ratedW = Thousandths(state.Battery.RatedKw);
        var powerW = Thousandths(state.PowerKw);
        return new BatteryReading(
            resource,
            Thousandths(state.Battery.CapacityKwh),
            PartsPerMillion(Battery.OneWayEfficiency),
            PartsPerMillion(Battery.SocMin),
            PartsPerMillion(Battery.SocMax),
            ratedW,
            ratedW,
            PartsPerMillion(state.SocAt(partOfStep)),
            powerW,
            ModeOf(powerW));
    }

    private static ChargingStationReading Read(
        StationState state, ResourceId resource, double partOfStep, long dayStartUnixSeconds)
    {
        var powerW = Thousandths(state.PowerKw);
        return new ChargingStationReading(
            resource,
            Thousandths(state.Station.MaxDischargeKw),
            Thousandths(ChargingStation.RatedKw),
            powerW,
            ModeOf(powerW),
            state.IsConnected ? Vehicle(state, partOfStep, dayStartUnixSeconds) : null);
    }

    private static VehicleState Vehicle(StationState state, double partOfStep, long dayStartUnixSeconds) => new(
        state.Session,
        Thousandths(ChargingStation.VehicleCapacityKwh),
        PartsPerMillion(ChargingStation.OneWayEfficiency),
        PartsPerMillion(ChargingStation.ReserveFloorSoc),
        PartsPerMillion(1.0),
        PartsPerMillion(state.SocAt(partOfStep)),
        ExpectedDeparture(state, dayStartUnixSeconds),
        TargetSocPpm: null);

    // The simulation decides in the middle of a step whether a vehicle is there and stays long enough, verification at its start: a
    // departure is told half a step earlier, so that both decide the same. Rounded down, it stays on the same side of every full second.
    private static long ExpectedDeparture(StationState state, long dayStartUnixSeconds) =>
        dayStartUnixSeconds + (long)Math.Floor((state.DepartureHour * MarketInterval.HourSeconds) - (MarketInterval.DispatchSeconds / 2));
}
