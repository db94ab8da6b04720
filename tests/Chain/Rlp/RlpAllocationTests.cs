using DerChain.Chain.Rlp;
using DerChain.Chain.Trie;

namespace DerChain.Chain.Tests.Rlp;

/// <summary>A view of bytes costs no memory, whether they are what was expected or not.</summary>
public sealed class RlpAllocationTests
{
    private delegate void Reading(ref RlpReader reader);

    private static readonly (string Name, Reading Read)[] Readings =
    [
        ("bytes", static (ref RlpReader reader) => reader.ReadBytes()),
        ("8 bytes", static (ref RlpReader reader) => reader.ReadBytes(8)),
        ("256 bytes", static (ref RlpReader reader) => reader.ReadBytes(256)),
        ("list", static (ref RlpReader reader) => reader.Close(reader.ReadList())),
        ("any item", static (ref RlpReader reader) => reader.ReadEncodedItem()),
        ("hash", static (ref RlpReader reader) => reader.ReadHash256()),
        ("address", static (ref RlpReader reader) => reader.ReadAddress()),
        ("64-bit integer", static (ref RlpReader reader) => reader.ReadUInt64()),
        ("256-bit integer", static (ref RlpReader reader) => reader.ReadUInt256()),
    ];

    private static readonly byte[][] Inputs =
    [
        [], [0x00], [0x05], [0x80], [0xc0], [0x81, 0x80], [0x81, 0x05], [0x82, 0x00, 0x01], [0xc2, 0x01, 0x02], [0xb8], [0xbb, 0x7f, 0xff, 0xff, 0xff],
        [0x88, .. Enumerable.Repeat((byte)7, 8)], [0x94, .. Enumerable.Repeat((byte)7, 20)], [0xa0, .. Enumerable.Repeat((byte)7, 32)],
        [0xa1, .. Enumerable.Repeat((byte)7, 33)], [0xb9, 0x01, 0x00, .. Enumerable.Repeat((byte)7, 256)], [0xf8, 0x38, .. new byte[56]],
    ];

    [Fact]
    public void Nothing_that_the_reader_reads_or_refuses_is_allocated() => EachCase.Holds(Readings, reading => reading.Name, reading =>
    {
        ReadAll(reading.Read);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(reading.Read);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    });

    [Theory]
    [InlineData(0xc1)]
    [InlineData(0xf9)]
    public void Deep_nesting_does_not_reach_the_stack(byte prefix)
    {
        TrieNode.TryDecode(Nested(prefix, 64 * 1024));
        TrieNode.TryDecode([0xf9, 0xff, 0xff, 0x11, .. Nested(prefix, 0xfffe)]);
        var reader = new RlpReader(Nested(prefix, 64 * 1024));
        reader.ReadEncodedItem();
    }

    // Lists of one list each, to the end. With 0xf9 each has the length of what is left.
    private static byte[] Nested(byte prefix, int length)
    {
        var bytes = new byte[length];
        int step = prefix == 0xf9 ? 3 : 1;
        for (int at = 0; at + step <= length; at += step)
        {
            bytes[at] = prefix;
            if (step == 1)
                continue;

            int left = length - at - step;
            bytes[at + 1] = (byte)((left >> 8) & 0xff);
            bytes[at + 2] = (byte)(left & 0xff);
        }

        return bytes;
    }

    private static void ReadAll(Reading read)
    {
        foreach (byte[] input in Inputs)
        {
            var reader = new RlpReader(input);
            read(ref reader);
            read(ref reader);
            reader.Finish();
        }
    }
}
