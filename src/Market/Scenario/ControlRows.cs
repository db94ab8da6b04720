using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Market.Records;
using static DerChain.Market.Scenario.ScaledInteger;

namespace DerChain.Market.Scenario;

/// <summary>What the aggregator commands a prosumer's devices to do in a step: what the simulation then does, or had planned to
/// do.</summary>
/// <remarks>Source: docs/spec/market.md, 1.4 and 5.5.</remarks>
internal static class ControlRows
{
    private const double LowestSetpointC = 10.0;
    private const double HighestSetpointC = 35.0;

    /// <summary>Commands of the regular schedule, by resource kind, then id.</summary>
    public static ImmutableArray<ControlRow> Scheduled(ProsumerState prosumer, ProsumerIdentity identity) => Command(
        prosumer, identity, prosumer.AirConditioner.SetpointC, battery => battery.PlannedKw, station => station.PlannedKw);

    /// <summary>Commands under an activation. An air conditioner is held at a power by the set point that makes its thermostat ask for
    /// just that: the temperature the room has at the step's end.</summary>
    public static ImmutableArray<ControlRow> Activated(ProsumerState prosumer, ProsumerIdentity identity) => Command(
        prosumer, identity, prosumer.AirConditioner.EndC, battery => battery.PowerKw, station => station.PowerKw);

    private static ImmutableArray<ControlRow> Command(
        ProsumerState prosumer,
        ProsumerIdentity identity,
        double setpointC,
        Func<BatteryState, double> batteryKw,
        Func<StationState, double> stationKw)
    {
        var rows = new ControlRow[1 + (prosumer.Battery is null ? 0 : 1) + prosumer.Stations.Length];
        var next = 0;
        var allowedC = Math.Clamp(setpointC, LowestSetpointC, HighestSetpointC);
        rows[next++] = new AirConditionerSetpoint(identity.AirConditioner, SmallThousandths(allowedC));
        if (prosumer.Battery is { } battery)
        {
            var powerW = Thousandths(batteryKw(battery));
            rows[next++] = new BatterySetpoint(identity.Battery, powerW, TelemetryRows.ModeOf(powerW));
        }

        for (var i = 0; i < prosumer.Stations.Length; i++)
        {
            var powerW = Thousandths(stationKw(prosumer.Stations[i]));
            rows[next++] = new ChargingStationSetpoint(identity.Stations[i], powerW, TelemetryRows.ModeOf(powerW));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(rows);
    }
}
