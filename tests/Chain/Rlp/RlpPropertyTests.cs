using CsCheck;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Rlp;

public sealed class RlpPropertyTests
{
    [Fact]
    public void Strings_of_every_length_around_the_limits_come_back() => EachCase.Holds(
        [0, 1, 2, 54, 55, 56, 57, 255, 256, 257, 65_535, 65_536], length => $"{length} bytes", length =>
        {
            byte[] content = [.. Enumerable.Range(0, length).Select(index => (byte)((index * 7 + 128) % 256))];
            using var writer = new RlpWriter(1);
            int list = writer.StartList();
            writer.Write(content);
            writer.Write((ulong)length);
            writer.EndList(list);
            var reader = new RlpReader(writer.Written);
            RlpReader inner = reader.ReadList();
            Assert.Equal(content, inner.ReadBytes().ToArray());
            Assert.Equal((ulong)length, inner.ReadUInt64());
            reader.Close(inner);
            Assert.Equal(RlpError.None, reader.Finish());
        });

    [Fact]
    public void A_list_that_ends_where_the_buffer_does_keeps_its_content() => EachCase.Holds(
        Enumerable.Range(0, 300), length => $"behind {length} bytes", length =>
        {
            using var writer = new RlpWriter(1);
            writer.WriteEncoded(new byte[length]);
            int list = writer.StartList();
            writer.Write(1UL);
            writer.Write(2UL);
            writer.EndList(list);
            Assert.Equal([.. new byte[length], 0xc2, 1, 2], writer.ToArray());
        });

    [Fact]
    public void A_truncated_writer_goes_on_behind_what_is_left()
    {
        using var writer = new RlpWriter();
        writer.Write(1UL);
        writer.Write(2UL);
        writer.Truncate(1);
        writer.Write(3UL);
        Assert.Equal([1, 3], writer.ToArray());
        Assert.Equal(new byte[] { 3 }, writer.Part(1, 2).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Truncate(3));
    }

    [Fact]
    public void Integers_come_back() => Gen.Select(Gen.ULong, Gen.Byte.Array[0, 32]).Sample((small, bytes) =>
    {
        var large = UInt256.FromBigEndian(bytes);
        using var writer = new RlpWriter();
        writer.Write(small);
        writer.Write(large);
        var reader = new RlpReader(writer.Written);
        Assert.Equal(small, reader.ReadUInt64());
        Assert.Equal(large, reader.ReadUInt256());
        Assert.Equal(RlpError.None, reader.Finish());
    });

    [Fact]
    public void Of_all_inputs_of_up_to_two_bytes_exactly_the_canonical_are_read()
    {
        int canonical = 0;
        for (int value = 0; value < 65_536 + 256; value++)
        {
            byte[] input = value < 256 ? [(byte)value] : [(byte)((value - 256) >> 8), (byte)((value - 256) & 0xff)];
            var reader = new RlpReader(input);
            ReadOnlySpan<byte> content = reader.NextIsList ? reader.ReadEncodedItem() : reader.ReadBytes();
            if (reader.Finish() != RlpError.None)
                continue;

            canonical++;
            using var writer = new RlpWriter();
            if (input[0] >= 0xc0)
                writer.WriteEncoded(content);
            else
                writer.Write(content);

            Assert.Equal(input, writer.ToArray());
        }

        // One byte: 128 bytes, the empty string, the empty list. Two: 128 strings from 0x80 on, 256 lists whose one byte nobody looked into.
        Assert.Equal(128 + 2 + 128 + 256, canonical);
    }

    [Fact]
    public void An_error_sticks_and_later_reads_give_defaults()
    {
        var reader = new RlpReader([0x00, 0x01, 0x01]);
        Assert.Equal(0UL, reader.ReadUInt64());
        Assert.Equal(RlpError.NonCanonicalInteger, reader.Error);
        Assert.Equal(0UL, reader.ReadUInt64());
        Assert.Equal(Hash256.Zero, reader.ReadHash256());
        Assert.False(reader.HasMore);
        Assert.Equal(RlpError.NonCanonicalInteger, reader.Finish());
    }

    [Theory]
    [InlineData(new byte[] { 0xbf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xbb, 0x7f, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xfb, 0x80, 0x00, 0x00, 0x00 })]
    public void A_length_beyond_the_input_is_an_error_and_not_an_allocation(byte[] input)
    {
        var reader = new RlpReader(input);
        reader.ReadEncodedItem();
        Assert.Equal(RlpError.UnexpectedEnd, reader.Error);
    }

    [Fact]
    public void Random_bytes_never_make_a_decoder_throw() => Gen.Byte.Array[0, 200].Sample(DecodeAll, iter: 20_000);

    [Fact]
    public void Altered_blocks_never_make_a_decoder_throw()
    {
        byte[] encoded = SampleBlock();
        Gen.Select(Gen.Int[0, encoded.Length - 1], Gen.Byte, Gen.Int[0, encoded.Length]).Sample(
            (index, value, length) =>
            {
                byte[] altered = encoded[..length];
                if (index < length)
                    altered[index] = value;

                DecodeAll(altered);
                if (Block.TryDecode(altered, out Block? block).IsValid)
                    Assert.Equal(altered, block!.Encode());
            },
            iter: 5_000);
    }

    private static byte[] SampleBlock()
    {
        var sender = TestChain.Key("sender");
        TestChain chain = TestChain.Open(TestChain.GenesisOf(1, funded: sender));
        return chain.Seal(TestChain.Transfer(sender, 0, Address.Zero), TestChain.Transfer(sender, 1, Address.Zero, data: [1, 2, 3], gasLimit: 30_000)).Encode();
    }

    private static void DecodeAll(byte[] input)
    {
        AssertTyped(Block.TryDecode(input, out _));
        AssertTyped(BlockHeader.TryDecode(input, out _));
        AssertTyped(TransactionCodec.TryDecode(input, out Transaction? transaction));
        if (transaction is not null)
            Assert.Equal(input, Transaction.Create(transaction.Content, transaction.Signature).Encoded.ToArray());

        TrieNode.TryDecode(input);
    }

    private static void AssertTyped(ValidationResult result) => Assert.True(result.IsValid || result.Error is ChainError);
}
