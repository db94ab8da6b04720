using DerChain.Market.Records;
using MessagePack;

namespace DerChain.Benchmarks.Market;

/// <summary>What a user of MessagePack-CSharp would write for the same records: classes with numbered keys, and a number for each kind of row. No rule is checked, every
/// form of an integer is read, and the bytes are not those of the chain.</summary>
[MessagePackObject]
[Union(5, typeof(PlainDispatch))]
[Union(6, typeof(PlainCommand))]
[Union(7, typeof(PlainTelemetry))]
public abstract class PlainRecord
{
    public static PlainRecord Of(MarketRecord record) => record switch
    {
        DispatchInstruction dispatch => new PlainDispatch
        {
            Aggregation = dispatch.Aggregation.Value,
            Rows = [.. dispatch.Rows.Select(static row => new PlainDispatchRow
            {
                Start = row.Interval.StartUnixSeconds,
                Duration = row.Interval.DurationSeconds,
                Price = row.EnergyPriceMicroUsdPerMWh,
                Energy = row.EnergyW,
                DeploymentPrice = row.SpinDeploymentPriceMicroUsdPerMWh,
                Deployed = row.SpinDeployedW,
            })],
        },
        ControlCommand command => new PlainCommand
        {
            Start = command.Validity.StartUnixSeconds,
            Duration = command.Validity.DurationSeconds,
            Reason = (byte)command.Reason,
            Activation = command.Activation?.Value,
            Rows = [.. command.Rows.Select(PlainRow.Of)],
        },
        Telemetry telemetry => new PlainTelemetry
        {
            Start = telemetry.Interval.StartUnixSeconds,
            Duration = telemetry.Interval.DurationSeconds,
            Sequence = telemetry.Sequence,
            DeviceTime = telemetry.DeviceTimeUnixSeconds,
            Quality = (byte)telemetry.Quality,
            Rows = [.. telemetry.Rows.Select(PlainRow.Of)],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "No plain form."),
    };
}

[MessagePackObject]
public sealed class PlainDispatch : PlainRecord
{
    [Key(0)] public required string Aggregation { get; set; }
    [Key(1)] public required PlainDispatchRow[] Rows { get; set; }
}

[MessagePackObject]
public sealed class PlainDispatchRow
{
    [Key(0)] public long Start { get; set; }
    [Key(1)] public int Duration { get; set; }
    [Key(2)] public long Price { get; set; }
    [Key(3)] public long Energy { get; set; }
    [Key(4)] public long DeploymentPrice { get; set; }
    [Key(5)] public long Deployed { get; set; }
}

[MessagePackObject]
public sealed class PlainCommand : PlainRecord
{
    [Key(0)] public long Start { get; set; }
    [Key(1)] public int Duration { get; set; }
    [Key(2)] public byte Reason { get; set; }
    [Key(3)] public string? Activation { get; set; }
    [Key(4)] public required PlainRow[] Rows { get; set; }
}

[MessagePackObject]
public sealed class PlainTelemetry : PlainRecord
{
    [Key(0)] public long Start { get; set; }
    [Key(1)] public int Duration { get; set; }
    [Key(2)] public ulong Sequence { get; set; }
    [Key(3)] public long DeviceTime { get; set; }
    [Key(4)] public byte Quality { get; set; }
    [Key(5)] public required PlainRow[] Rows { get; set; }
}
