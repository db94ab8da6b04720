using System.Collections.Immutable;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Evidence;
using DerChain.Market.Tests.Records;

namespace DerChain.Market.Tests.Confidentiality;

public sealed class SaltedBatchTests
{
    private static readonly SaltedBatch Five = Batch(5);

    [Fact]
    public void Every_row_is_shown_by_itself_and_no_other_row_passes_for_it()
    {
        foreach (int count in (int[])[1, 2, 3, 5, 8, 13])
        {
            SaltedBatch batch = Batch(count);
            for (int index = 0; index < count; index++)
            {
                RowDisclosure row = batch.Disclose(index)!;
                Assert.True(row.Holds(batch.Root));
                Assert.False((row with { Index = index + 1 }).Holds(batch.Root));
                Assert.False((row with { Leaf = row.Leaf with { Content = new byte[] { 9 } } }).Holds(batch.Root));
                Assert.False((row with { Leaf = row.Leaf with { Salt = new byte[16] } }).Holds(batch.Root));
            }
        }
    }

    // Salt and content stand side by side in the leaf: bytes moved from one to the other make the same leaf, and are another row.
    [Fact]
    public void A_salt_has_16_bytes()
    {
        RowDisclosure row = Five.Disclose(2)!;
        byte[] leaf = row.Leaf.ToBytes();
        Assert.False((row with { Leaf = new SaltedLeaf(leaf.AsMemory(0, 15), leaf.AsMemory(15)) }).Holds(Five.Root));
        Assert.False((row with { Leaf = new SaltedLeaf(leaf.AsMemory(0, 17), leaf.AsMemory(17)) }).Holds(Five.Root));
    }

    [Fact]
    public void The_root_is_that_of_the_tree_over_salt_and_content()
    {
        byte[] salts = [.. Enumerable.Range(0, 32).Select(static value => (byte)value)];
        SaltedBatch batch = SaltedBatch.Create([new byte[] { 0xaa }, new byte[] { 0xbb }], salts);
        Hash256 left = Keccak256.Hash([0, .. salts[..16], 0xaa]);
        Hash256 right = Keccak256.Hash([0, .. salts[16..], 0xbb]);
        Assert.Equal(new LeafRoot(Keccak256.Hash([1, .. left.ToBytes(), .. right.ToBytes()]), 2), batch.Root);
    }

    [Fact]
    public void Equal_contents_have_different_leaves()
    {
        SaltedBatch batch = SaltedBatch.Create([new byte[] { 1 }, new byte[] { 1 }]);
        Assert.NotEqual(batch.Rows[0].LeafHash, batch.Rows[1].LeafHash);
        Assert.NotEqual(batch.Root, SaltedBatch.Create([new byte[] { 1 }, new byte[] { 1 }]).Root);
    }

    [Fact]
    public void An_erased_row_is_gone_and_the_proofs_of_the_rest_hold()
    {
        SaltedBatch erased = Five.Erase(1).Erase(4);
        Assert.Equal(Five.Root, erased.Root);
        Assert.Null(erased.Disclose(1));
        foreach (int kept in (int[])[0, 2, 3])
            Assert.True(erased.Disclose(kept)!.Holds(Five.Root));

        byte[] content = Five.Rows[1].Disclosed!.Content.ToArray();
        Assert.Equal(-1, BatchFile.Encode(erased).AsSpan().IndexOf(content));
        Assert.NotEqual(-1, BatchFile.Encode(Five).AsSpan().IndexOf(content));
    }

    [Fact]
    public void A_file_is_read_as_the_batch_it_was_and_written_the_same() => Gen.Select(Gen.Byte.Array[0, 80].Array[1, 40], Gen.Int[0, 1000]).Sample((contents, erased) =>
    {
        SaltedBatch batch = SaltedBatch.Create([.. contents.Select(static content => (ReadOnlyMemory<byte>)content)]).Erase(erased % contents.Length);
        byte[] file = BatchFile.Encode(batch);
        Assert.True(BatchFile.TryRead(file, batch.Root, out SaltedBatch? read).IsValid);
        Assert.Equal(file, BatchFile.Encode(read!));
        Assert.Null(read!.Rows[erased % contents.Length].Disclosed);
    });

    [Fact]
    public void Swapped_missing_or_altered_rows_are_another_batch()
    {
        ImmutableArray<BatchRow> rows = Five.Rows;
        AssertRefused(BatchFileError.RootMismatch, Encode(rows.SetItem(0, rows[1]).SetItem(1, rows[0])));
        AssertRefused(BatchFileError.RootMismatch, Encode(rows.RemoveAt(4)));
        AssertRefused(BatchFileError.RootMismatch, Encode(rows.Add(rows[0])));
        AssertRefused(BatchFileError.RootMismatch, Encode(rows.SetItem(3, new BatchRow(Hash256.Zero, null))));
        Assert.Equal(BatchFileError.RootMismatch, BatchFile.TryRead(Encode(rows), Five.Root with { Count = 6 }, out _).Error);
    }

    [Fact]
    public void What_is_no_file_of_a_batch_is_refused_by_name()
    {
        byte[] good = BatchFile.Encode(Five);
        AssertRefused(BatchFileError.NotABatchFile, []);
        AssertRefused(BatchFileError.NotABatchFile, good[..4]);
        AssertRefused(BatchFileError.NotABatchFile, [.. "DERI"u8, .. good[4..]]);
        AssertRefused(BatchFileError.VersionUnknown, [.. good[..4], 9, .. good[5..]]);
        AssertRefused(BatchFileError.Malformed, good[..^1]);
        AssertRefused(BatchFileError.Malformed, [.. good[..5], 0xc0]);
        AssertRefused(BatchFileError.Malformed, [.. good[..5], 0xc2, 0xc1, 0x05]);
        AssertRefused(BatchFileError.TrailingBytes, [.. good, 0]);
        AssertRefused(BatchFileError.TooLarge, Encode([new BatchRow(default, new SaltedLeaf(new byte[16], new byte[BatchFile.MaxContentBytes + 1]))]));
        AssertRefused(BatchFileError.TooLarge, new byte[BatchFile.MaxEncodedBytes + 1]);
    }

    [Fact]
    public void Misuse_throws()
    {
        Assert.Throws<ArgumentException>(() => SaltedBatch.Create([]));
        Assert.Throws<ArgumentException>(() => SaltedBatch.Create([new byte[1]], new byte[15]));
        Assert.Throws<ArgumentException>(() => SaltedBatch.Create([new byte[BatchFile.MaxContentBytes + 1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Five.Erase(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Five.Disclose(-1));
    }

    private static byte[] Encode(ImmutableArray<BatchRow> rows) => BatchFile.Encode(new SaltedBatch(rows));

    private static void AssertRefused(BatchFileError error, byte[] file)
    {
        Assert.Equal(error, BatchFile.TryRead(file, Five.Root, out SaltedBatch? batch).Error);
        Assert.Null(batch);
    }

    private static SaltedBatch Batch(int count) => SaltedBatch.Create(
        [.. Enumerable.Range(0, count).Select(index => (ReadOnlyMemory<byte>)RecordCodec.Encode(Samples.Telemetry(new Market.Records.MeterReading(new($"R{index}"), -index))))],
        Enumerable.Range(0, count * SaltedLeaf.SaltLength).Select(static value => (byte)(value * 7 % 256)).ToArray());
}
