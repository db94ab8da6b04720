using CsCheck;
using DerChain.Market.Codec;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using MessagePack;

namespace DerChain.Market.Tests.Codec;

public sealed class RecordCodecTests
{
    public static TheoryData<RecordKind> Kinds => new(Enum.GetValues<RecordKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_record_is_read_back_as_it_was_written(RecordKind kind)
    {
        byte[] payload = RecordCodec.Encode(SampleOf(kind));

        Assert.True(RecordCodec.TryDecode(payload, out MarketRecord? record, out _));
        Assert.Equal(kind, record.Kind);
        Assert.Equivalent(SampleOf(kind), record, strict: true);
        Assert.Equal(payload, RecordCodec.Encode(record));
        Assert.True(RecordCodec.TryReadKind(payload, out RecordKind read));
        Assert.Equal(kind, read);
        Assert.Equal(0, payload.Length % RecordCodec.WordLength);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_bytes_of_each_kind_never_change(RecordKind kind) =>
        Assert.Equal(GoldenPayloads.Of(kind), Convert.ToHexStringLower(RecordCodec.Encode(SampleOf(kind))));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_body_is_one_value_to_any_reader_of_MessagePack(RecordKind kind)
    {
        byte[] payload = RecordCodec.Encode(SampleOf(kind));
        int bodyLength = (payload[14] << 8) | payload[15];
        var reader = new MessagePackReader(payload.AsMemory(RecordCodec.WordLength, bodyLength));

        reader.Skip();

        Assert.True(reader.End);
    }

    [Fact]
    public void A_record_that_breaks_a_rule_is_not_written()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => RecordCodec.Encode(Samples.Telemetry()));

        Assert.StartsWith("The record has 0 rows instead of 1 to 65535.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_above_a_mebibyte_is_neither_written_nor_read()
    {
        TelemetryRow[] rows = [.. Enumerable.Range(0, 40_000).Select(n => new MeterReading(new($"METER-{n:D20}"), n))];

        Assert.Throws<ArgumentException>(() => RecordCodec.Encode(Samples.Telemetry(rows)));
        Assert.Equal(RecordErrorCode.PayloadTooLong, ErrorOf(new byte[RecordCodec.MaxPayloadLength + 32]));
    }

    [Fact]
    public void Any_record_is_read_back_as_it_was_written() => RecordGenerators.Any.Sample(
        record =>
        {
            byte[] payload = RecordCodec.Encode(record);

            Assert.True(RecordCodec.TryDecode(payload, out MarketRecord? read, out RecordError? error), error?.Message);
            Assert.Equivalent(record, read, strict: true);
            Assert.Equal(payload, RecordCodec.Encode(read));
        },
        iter: 2_000);

    [Fact]
    public void Any_mutated_payload_is_refused_or_is_the_encoding_of_what_it_decodes_to()
    {
        Gen<byte[]> mutated = Gen.Select(
            Gen.Enum<RecordKind>(), Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4095], Gen.Byte).Array[1, 3],
            (kind, edits) => edits.Aggregate(RecordCodec.Encode(SampleOf(kind)), (bytes, edit) => Mutate(bytes, edit.Item1, edit.Item2, edit.Item3)));

        mutated.Sample(CheckDecoding, iter: 30_000);
    }

    [Fact]
    public void Any_change_of_one_byte_is_refused_or_is_the_encoding_of_what_it_decodes_to()
    {
        foreach (MarketRecord sample in Samples.All)
        {
            byte[] payload = RecordCodec.Encode(sample);
            for (int index = 0; index < payload.Length; index++)
            {
                byte original = payload[index];
                for (int value = 0; value <= byte.MaxValue; value++)
                {
                    payload[index] = (byte)value;
                    CheckDecoding(payload);
                }
                payload[index] = original;
            }
        }
    }

    [Fact]
    public void Any_bytes_at_all_are_answered_without_an_exception() =>
        Gen.Byte.Array[0, 256].Sample(bytes =>
        {
            CheckDecoding(bytes);
            CheckDecoding(Framed(RecordKind.Telemetry, 1, bytes));
            CheckDecoding(Framed(RecordKind.DayAheadBid, 1, bytes));
        });

    [Fact]
    public void A_count_of_rows_that_are_not_there_allocates_nothing_for_them()
    {
        // [start, duration, sequence, device time, quality, array of 2^31-1 rows]
        byte[] payload = Framed(RecordKind.Telemetry, int.MaxValue, [0x96, 0, 1, 0, 0, 0, 0xdd, 0x7f, 0xff, 0xff, 0xff]);
        ErrorOf(payload);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(RecordErrorCode.BodyNotCanonical, ErrorOf(payload));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    [Fact]
    public void The_name_of_a_device_is_one_string_however_often_it_is_read()
    {
        byte[] payload = RecordCodec.Encode(Samples.Telemetry(Samples.Battery));

        Assert.Same(Decode(payload).Rows[0].Resource.Value, Decode(payload).Rows[0].Resource.Value);
    }

    private static MarketRecord SampleOf(RecordKind kind) => Samples.All.Single(record => record.Kind == kind);

    private static Telemetry Decode(byte[] payload) =>
        RecordCodec.TryDecode(payload, out MarketRecord? record, out _) ? (Telemetry)record : throw new InvalidOperationException("refused");

    private static RecordErrorCode? ErrorOf(byte[] payload) =>
        RecordCodec.TryDecode(payload, out _, out RecordError? error) ? null : error.Code;

    private static void CheckDecoding(byte[] payload)
    {
        if (RecordCodec.TryDecode(payload, out MarketRecord? record, out _)) Assert.Equal(payload, RecordCodec.Encode(record));
    }

    private static byte[] Framed(RecordKind kind, int rows, byte[] body)
    {
        var payload = new byte[32 + (body.Length + 31) / 32 * 32];
        new PayloadHeader(kind, (uint)rows, (uint)body.Length).Write(payload);
        body.CopyTo(payload, 32);
        return payload;
    }

    private static byte[] Mutate(byte[] bytes, int edit, int place, byte value)
    {
        if (bytes.Length == 0) return bytes;
        int index = place % bytes.Length;
        switch (edit)
        {
            case 0:
                bytes[index] = value;
                return bytes;
            case 1:
                return [.. bytes[..index], value, .. bytes[index..]];
            case 2:
                return [.. bytes[..index], .. bytes[(index + 1)..]];
            default:
                return bytes[..index];
        }
    }
}
