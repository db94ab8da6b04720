using System.Buffers;
using CsCheck;
using DerChain.Market.Codec;
using MessagePack;

namespace DerChain.Market.Tests.Codec;

/// <summary>The writer against MessagePack's own, whose forms are the shortest there are.</summary>
public sealed class CanonicalWriterTests
{
    private delegate void Writing(ref MessagePackWriter writer);

    // Every width begins and ends at a power of two or beside one.
    private static readonly long[] Edges =
        [.. from bit in Enumerable.Range(0, 63) from beside in new long[] { -2, -1, 0, 1 } from sign in new long[] { 1, -1 } select sign * ((1L << bit) + beside)];

    [Fact]
    public void An_integer_has_the_form_that_MessagePack_gives_it()
    {
        Assert.All([.. Edges, long.MinValue, long.MaxValue], CheckInteger);
        Gen.Long.Sample(CheckInteger);
        Gen.ULong.Sample(CheckInteger);
    }

    [Fact]
    public void A_length_has_the_form_that_MessagePack_gives_it()
    {
        int[] lengths = [0, 1, 15, 16, 31, 32, 40, 255, 256, 65_535, 65_536, 70_000];

        Assert.All(lengths, length => Check(writer => writer.WriteArrayHeader(length), (ref MessagePackWriter own) => own.WriteArrayHeader(length)));
        Assert.All(lengths, length => Check(writer => writer.Write(new byte[length]), (ref MessagePackWriter own) => own.Write(new byte[length])));
        Assert.All(lengths.Where(static length => length <= 40), length =>
            Check(writer => writer.WriteName(new string('N', length)), (ref MessagePackWriter own) => own.Write(new string('N', length))));
    }

    [Fact]
    public void The_buffer_grows_with_what_is_written_and_is_kept_when_that_is_forgotten()
    {
        var writer = new CanonicalWriter(16);
        for (int count = 0; count < 1_000; count++) writer.Write(long.MinValue);
        int capacity = writer.Capacity;

        Assert.Equal(9_000, writer.Written.Length);
        Assert.InRange(capacity, 9_000, 32_768);
        writer.Clear();
        writer.Write(true);
        Assert.Equal([0xc3], writer.Written.ToArray());
        Assert.Equal(capacity, writer.Capacity);
    }

    private static void CheckInteger(long value) =>
        Check(writer => writer.Write(value), (ref MessagePackWriter own) => own.Write(value));

    private static void CheckInteger(ulong value) =>
        Check(writer => writer.Write(value), (ref MessagePackWriter own) => own.Write(value));

    private static void Check(Action<CanonicalWriter> write, Writing writeOwn)
    {
        var writer = new CanonicalWriter(16);
        write(writer);
        var expected = new ArrayBufferWriter<byte>();
        var own = new MessagePackWriter(expected);
        writeOwn(ref own);
        own.Flush();

        Assert.Equal(Convert.ToHexString(expected.WrittenSpan), Convert.ToHexString(writer.Written));
    }
}
