using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

/// <summary>One hash over every number of a day's messages.</summary>
internal sealed class Digest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static string Of(IEnumerable<ScenarioMessage> messages)
    {
        using var digest = new Digest();
        foreach (var message in messages)
        {
            digest.Add(message);
        }

        return Convert.ToHexString(digest._hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Add(ScenarioMessage message)
    {
        Add((long)message.Record.Kind, message.RecordedAtUnixSeconds);
        Add(message.Sender.Value);
        Add(message.Receiver.Value);
        switch (message.Record)
        {
            case DayAheadBid bid: AddAll(bid.Rows, Add); break;
            case RealTimeBid bid: AddAll(bid.Rows, Add); break;
            case DayAheadAward award: AddAll(award.Rows, Add); break;
            case FifteenMinuteAward award: AddAll(award.Rows, Add); break;
            case DispatchInstruction dispatch: AddAll(dispatch.Rows, Add); break;
            case ReserveActivation activation: Add(activation); break;
            case ControlCommand command: Add(command); break;
            case Telemetry telemetry: Add(telemetry); break;
            default: throw new InvalidOperationException(message.Record.Kind.ToString());
        }
    }

    private static void AddAll<T>(IEnumerable<T> rows, Action<T> add)
    {
        foreach (var row in rows)
        {
            add(row);
        }
    }

    private void Add(BidBlock row)
    {
        Add(row.Interval);
        Add(row.Block, row.EnergyPriceMicroUsdPerMWh, row.EnergyQuantityW, row.SpinPriceMicroUsdPerMWh, row.SpinQuantityW);
        Add(row.LoadQuantityW ?? -1, row.ReferenceLoadQuantityW ?? -1);
    }

    private void Add(AwardRow row)
    {
        Add(row.Interval);
        Add(row.EnergyPriceMicroUsdPerMWh, row.EnergyW, row.SpinPriceMicroUsdPerMWh, row.SpinAwardW);
    }

    private void Add(DispatchRow row)
    {
        Add(row.Interval);
        Add(row.EnergyPriceMicroUsdPerMWh, row.EnergyW, row.SpinDeploymentPriceMicroUsdPerMWh, row.SpinDeployedW);
    }

    private void Add(ReserveActivation activation)
    {
        Add(activation.Activation.Value);
        Add(activation.Period);
        Add(activation.RequestedW);
    }

    private void Add(ControlCommand command)
    {
        Add(command.Validity);
        Add((long)command.Reason);
        Add(command.Activation?.Value ?? "");
        foreach (var row in command.Rows)
        {
            Add(row.Resource.Value);
            switch (row)
            {
                case AirConditionerSetpoint setpoint: Add(setpoint.SetpointMilliC); break;
                case BatterySetpoint setpoint: Add(setpoint.PowerSetpointW, (long)setpoint.Mode); break;
                case ChargingStationSetpoint setpoint: Add(setpoint.PowerSetpointW, (long)setpoint.Mode); break;
            }
        }
    }

    private void Add(Telemetry telemetry)
    {
        Add(telemetry.Interval);
        Add((long)telemetry.Sequence, telemetry.DeviceTimeUnixSeconds, (long)telemetry.Quality);
        foreach (var row in telemetry.Rows)
        {
            Add(row.Resource.Value);
            switch (row)
            {
                case MeterReading meter: Add(meter.NetPowerW); break;
                case SolarReading solar: Add(solar.PowerW, solar.AvailablePowerW ?? -1); break;
                case AirConditionerReading unit: Add(unit); break;
                case BatteryReading battery: Add(battery); break;
                case ChargingStationReading station: Add(station); break;
            }
        }
    }

    private void Add(AirConditionerReading unit)
    {
        Add(unit.CopMilli, unit.ThermalResistanceMilliCPerKw, unit.BetaPpm, unit.BetaIntervalSeconds, unit.MaxElectricPowerW);
        Add(unit.ComfortLowerMilliC, unit.ComfortUpperMilliC, unit.AmbientMilliC, unit.IndoorMilliC);
        Add(unit.ElectricPowerW, unit.IsOn ? 1 : 0);
    }

    private void Add(BatteryReading battery)
    {
        Add(battery.CapacityWh, battery.OneWayEfficiencyPpm, battery.SocMinPpm, battery.SocMaxPpm, battery.MaxDischargeW);
        Add(battery.MaxChargeW, battery.SocPpm, battery.PowerW, (long)battery.Mode);
    }

    private void Add(ChargingStationReading station)
    {
        Add(station.MaxDischargeW, station.MaxChargeW, station.PowerW, (long)station.Mode);
        if (station.Vehicle is { } vehicle)
        {
            Add(vehicle.SessionId, vehicle.CapacityWh, vehicle.OneWayEfficiencyPpm, vehicle.SocMinPpm, vehicle.SocMaxPpm, vehicle.SocPpm);
            Add(vehicle.ExpectedDepartureUnixSeconds ?? -1, vehicle.TargetSocPpm ?? -1);
        }
    }

    private void Add(MarketInterval interval) => Add(interval.StartUnixSeconds, interval.DurationSeconds);

    private void Add(string text) => _hash.AppendData(Encoding.ASCII.GetBytes(text + "\n"));

    private void Add(params ReadOnlySpan<long> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            _hash.AppendData(bytes);
        }
    }
}
