using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

/// <summary>Successive reports, commands and departures fit each other, as verification and the data-quality checks of docs/spec/market.md, 3
/// expect.</summary>
public sealed class TelemetryStateTests
{
    private static readonly ScenarioMessage[] Messages = ReferenceDay.Messages;

    private static readonly ILookup<ParticipantId, Telemetry> Reports = Messages.Where(message => message.Record is Telemetry)
        .ToLookup(message => message.Sender, message => (Telemetry)message.Record);

    [Fact]
    public void A_batterys_charge_follows_from_its_power() => ForEachPair<BatteryReading>((first, second, hours) =>
    {
        var energyWh = first.PowerW < 0 ? -first.PowerW * 0.95 * hours : -first.PowerW * hours / 0.95;
        Assert.Equal(first.SocPpm + (1e6 * energyWh / first.CapacityWh), second.SocPpm, 5.0);
    });

    [Fact]
    public void A_vehicles_charge_follows_from_its_power_within_its_session() =>
        ForEachPair<ChargingStationReading>((first, second, hours) =>
    {
        if (first.Vehicle is not { } vehicle || second.Vehicle?.SessionId != vehicle.SessionId)
        {
            return;
        }

        var energyWh = first.PowerW < 0 ? -first.PowerW * 0.93 * hours : -first.PowerW * hours / 0.93;
        Assert.Equal(vehicle.SocPpm + (1e6 * energyWh / vehicle.CapacityWh), second.Vehicle.SocPpm, 5.0);
        Assert.Equal(vehicle.ExpectedDepartureUnixSeconds, second.Vehicle.ExpectedDepartureUnixSeconds);
    });

    [Fact]
    public void Indoor_temperature_follows_from_the_thermal_model() => ForEachPair<AirConditionerReading>((first, second, hours) =>
    {
        var beta = Math.Pow(first.BetaPpm / 1e6, hours * 12);
        var drivenTo = first.AmbientMilliC - (first.CopMilli / 1e3 * first.ThermalResistanceMilliCPerKw / 1e3 * first.ElectricPowerW);
        Assert.Equal((beta * first.IndoorMilliC) + ((1 - beta) * drivenTo), second.IndoorMilliC, 2.0);
    });

    [Fact]
    public void A_vehicle_is_there_until_its_expected_departure_and_a_new_one_has_a_new_session() =>
        ForEachPair<ChargingStationReading>((first, second, _, secondStart) =>
        {
            // Vehicles come and go where a step starts, not at the minutes of an activation. The departure is rounded down to a second.
            if (first.Vehicle is { } vehicle && secondStart % 300 == 0)
            {
                var stays = second.Vehicle?.SessionId == vehicle.SessionId;
                Assert.Equal(secondStart <= vehicle.ExpectedDepartureUnixSeconds, stays);
            }
        });

    [Fact]
    public void Devices_do_what_they_are_commanded()
    {
        var commands = Messages.Where(message => message.Record is ControlCommand).GroupBy(message => message.Receiver)
            .ToDictionary(group => group.Key, group => group.Select(message => (ControlCommand)message.Record)
                .GroupBy(command => command.Validity.StartUnixSeconds).ToDictionary(same => same.Key, same => same.Last()));
        foreach (var prosumer in Reports)
        {
            foreach (var report in prosumer)
            {
                var reportStart = report.Interval.StartUnixSeconds;
                var start = reportStart - (reportStart % 300);
                var rows = commands[prosumer.Key][start].Rows.ToDictionary(row => row.Resource);
                Assert.All(report.Rows, row => AssertFollows(rows.GetValueOrDefault(row.Resource), row, reportStart == start));
            }
        }
    }

    private static void AssertFollows(ControlRow? command, TelemetryRow reading, bool isStartOfStep)
    {
        switch (command, reading)
        {
            case (BatterySetpoint setpoint, BatteryReading battery):
                Assert.Equal((setpoint.PowerSetpointW, setpoint.Mode), (battery.PowerW, battery.Mode));
                break;
            case (ChargingStationSetpoint setpoint, ChargingStationReading station):
                Assert.Equal((setpoint.PowerSetpointW, setpoint.Mode), (station.PowerW, station.Mode));
                break;
            case (AirConditionerSetpoint setpoint, AirConditionerReading unit) when isStartOfStep:
                Assert.Equal(ThermostatW(setpoint, unit), unit.ElectricPowerW, 100.0);
                break;
        }
    }

    // The power at which the room is at the set point when the step ends, within the unit's rating.
    private static double ThermostatW(AirConditionerSetpoint setpoint, AirConditionerReading unit)
    {
        var beta = unit.BetaPpm / 1e6;
        var degrees = (beta * unit.IndoorMilliC) + ((1 - beta) * unit.AmbientMilliC) - setpoint.SetpointMilliC;
        var resistance = unit.CopMilli / 1e3 * unit.ThermalResistanceMilliCPerKw / 1e3;
        return Math.Clamp(degrees / ((1 - beta) * resistance), 0, unit.MaxElectricPowerW);
    }

    private static void ForEachPair<T>(Action<T, T, double> check)
        where T : TelemetryRow => ForEachPair<T>((first, second, hours, _) => check(first, second, hours));

    private static void ForEachPair<T>(Action<T, T, double, long> check)
        where T : TelemetryRow
    {
        foreach (var prosumer in Reports)
        {
            var reports = prosumer.ToArray();
            for (var i = 1; i < reports.Length; i++)
            {
                var hours = reports[i - 1].Interval.DurationSeconds / 3600.0;
                foreach (var (first, second) in reports[i - 1].Rows.OfType<T>().Zip(reports[i].Rows.OfType<T>()))
                {
                    check(first, second, hours, reports[i].Interval.StartUnixSeconds);
                }
            }
        }
    }
}
