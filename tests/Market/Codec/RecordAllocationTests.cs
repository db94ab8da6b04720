using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Market.Codec;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Market.Tests.Codec;

/// <summary>Writing a record costs its payload, reading one costs the record, and neither a byte more: nothing is allocated for a field. Alone, because a test
/// beside it could push a name out of the cache.</summary>
[Collection(nameof(Alone))]
public sealed class RecordAllocationTests
{
    public static TheoryData<RecordKind> Kinds => new(Enum.GetValues<RecordKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Writing_a_record_allocates_its_payload(RecordKind kind)
    {
        MarketRecord record = Samples.All.Single(sample => sample.Kind == kind);
        int length = RecordCodec.Encode(record).Length;

        Assert.Equal(AllocatedBy(() => new byte[length]), AllocatedBy(() => RecordCodec.Encode(record)));
    }

    [Fact]
    public void Reading_telemetry_allocates_its_rows()
    {
        CheckReading(Samples.FullTelemetry, Copy);
        CheckReading(Samples.CompactTelemetry, Copy);
    }

    [Fact]
    public void Reading_a_command_allocates_its_rows() => CheckReading(
        Samples.All.OfType<ControlCommand>().Single(),
        command => new ControlCommand(command.Validity, command.Reason, command.Activation, Copy(command.Rows, static row => row with { })));

    [Fact]
    public void Reading_an_award_or_a_dispatch_allocates_its_rows()
    {
        CheckReading(
            Samples.All.OfType<FifteenMinuteAward>().Single(),
            award => new FifteenMinuteAward(award.Aggregation, Copy(award.Rows, static row => row with { })));
        CheckReading(
            Samples.All.OfType<DispatchInstruction>().Single(),
            dispatch => new DispatchInstruction(dispatch.Aggregation, Copy(dispatch.Rows, static row => row with { })));
    }

    private static Telemetry Copy(Telemetry telemetry) => new(
        telemetry.Interval, telemetry.Sequence, telemetry.DeviceTimeUnixSeconds, telemetry.Quality, Copy(telemetry.Rows, Copy));

    private static TelemetryRow Copy(TelemetryRow row) => row switch
    {
        ChargingStationReading { Vehicle: { } vehicle } station => station with { Vehicle = vehicle with { } },
        CompactChargingStationReading { Vehicle: { } vehicle } station => station with { Vehicle = vehicle with { } },
        _ => row with { },
    };

    private static ImmutableArray<T> Copy<T>(ImmutableArray<T> rows, Func<T, T> copy)
    {
        var copies = new T[rows.Length];
        for (int row = 0; row < copies.Length; row++) copies[row] = copy(rows[row]);
        return ImmutableCollectionsMarshal.AsImmutableArray(copies);
    }

    private static void CheckReading<T>(T record, Func<T, T> copy)
        where T : MarketRecord
    {
        byte[] payload = RecordCodec.Encode(record);

        Assert.Equal(
            AllocatedBy(() => copy(record)),
            AllocatedBy(() => RecordCodec.TryDecode(payload, out MarketRecord? read, out _) ? read : throw new InvalidOperationException("refused")));
    }

    private static long AllocatedBy(Func<object> make)
    {
        make();
        long before = GC.GetAllocatedBytesForCurrentThread();
        make();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
