using CsCheck;
using DerChain.Chain.Blocks;
using DerChain.Chain.ChainFiles;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.ChainFiles;

public sealed class ChainFileReaderTests
{
    private const int MaxBlock = Block.MaxEncodedBytes;

    // Three items with lengths of zero, one and two bytes: what the reader takes for blocks.
    private static readonly byte[][] Items = [[0xc2, 0x01, 0x02], [0xf8, 100, .. new byte[100]], [0xf9, 0x03, 0xe8, .. new byte[1000]]];

    private static readonly byte[] ItemFile = [.. Items.SelectMany(static item => item)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Blocks_come_out_as_they_stand_plain_and_compressed_in_pieces_of_any_length(int pieceLength)
    {
        byte[] members = [.. Gzip.Compress(ItemFile[..50]), .. Gzip.Compress([]), .. Gzip.Compress(ItemFile[50..])];
        foreach (byte[] file in (byte[][])[ItemFile, Gzip.Compress(ItemFile), members])
        {
            using var reader = new ChainFileReader(new SlowStream(file, pieceLength));
            List<EncodedBlock> blocks = ReadAll(reader, out ValidationResult end);
            Assert.True(end.IsValid, $"{end}");
            Assert.Equal(Items, blocks.Select(static block => block.Bytes.ToArray()));
            Assert.Equal([(0L, 0L), (1, 3), (2, 105)], blocks.Select(static block => (block.Index, block.Offset)));
            Assert.Equal(3, reader.BlocksRead);
        }
    }

    [Fact]
    public void A_file_without_bytes_has_no_blocks()
    {
        foreach (byte[] file in (byte[][])[[], Gzip.Compress([])])
        {
            Assert.Empty(ReadAll(file, out ValidationResult end));
            Assert.True(end.IsValid);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_gives_the_whole_blocks_before_and_says_where_it_was_cut() => EachCase.Holds(
        Enumerable.Range(0, ItemFile.Length + 1),
        length => $"{length} bytes",
        length =>
        {
            int whole = length >= 105 + 1003 ? 3 : length >= 105 ? 2 : length >= 3 ? 1 : 0;
            bool isCut = length is not (0 or 3 or 105 or 1108);
            Assert.Equal(whole, ReadAll(ItemFile[..length], out ValidationResult end).Count);
            Assert.Equal(isCut ? ChainFileError.Truncated : null, end.Error);
            if (isCut)
                Assert.StartsWith($"Block {whole} of the file, at byte {(whole == 0 ? 0 : whole == 1 ? 3 : 105)}: ", end.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void A_compressed_file_cut_anywhere_is_an_error()
    {
        byte[] file = Gzip.Compress(GethChain.Blocks[1]);
        byte[] two = [.. Gzip.Compress(ItemFile), .. Gzip.Compress(ItemFile)];
        foreach (int length in Enumerable.Range(2, file.Length - 2))
            AssertCut(file[..length]);

        foreach (int length in Enumerable.Range(2, two.Length - 2).Where(length => length != two.Length / 2))
            AssertCut(two[..length]);

        static void AssertCut(byte[] cut)
        {
            ReadAll(cut, out ValidationResult end);
            Assert.True(end.Error is ChainFileError.DamagedGzip or ChainFileError.Truncated, $"{cut.Length} bytes: {end}");
        }
    }

    [Fact]
    public void Bytes_after_compressed_data_are_an_error()
    {
        byte[] file = Gzip.Compress(ItemFile);
        foreach (byte[] rest in (byte[][])[[0], [0x1f], [0x1f, 0x8b], [0x1f, 0x8b, 8, 0], new byte[20_000], ItemFile])
        {
            Assert.Equal(3, ReadAll([.. file, .. rest], out ValidationResult end).Count);
            Assert.Equal(ChainFileError.DamagedGzip, end.Error);
        }
    }

    [Fact]
    public void A_changed_bit_in_compressed_data_is_an_error_or_changes_nothing()
    {
        byte[] file = Gzip.Compress(GethChain.Blocks[1]);
        EachCase.Holds(
            Enumerable.Range(16, (file.Length - 16) * 8).Where(static bit => bit % 5 == 0),
            bit => $"bit {bit}",
            bit =>
            {
                byte[] changed = [.. file];
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                List<EncodedBlock> blocks = ReadAll(changed, out ValidationResult end);
                if (end.IsValid)
                    Assert.Equal(GethChain.Blocks[1], Assert.Single(blocks).Bytes.ToArray());
            });
    }

    [Theory]
    [InlineData("00", ChainFileError.NotABlock)]
    [InlineData("7f", ChainFileError.NotABlock)]
    [InlineData("b90400", ChainFileError.NotABlock)]
    [InlineData("f837", ChainFileError.NonCanonicalLength)]
    [InlineData("f800", ChainFileError.NonCanonicalLength)]
    [InlineData("f90038", ChainFileError.NonCanonicalLength)]
    [InlineData("ff0000000000000100", ChainFileError.NonCanonicalLength)]
    [InlineData("f838", ChainFileError.Truncated)]
    [InlineData("f9", ChainFileError.Truncated)]
    [InlineData("ffffffffffffffff", ChainFileError.Truncated)]
    [InlineData("faeffffd", ChainFileError.TooLarge)]
    [InlineData("faffffff", ChainFileError.TooLarge)]
    [InlineData("ffffffffffffffffff", ChainFileError.TooLarge)]
    public void What_follows_the_last_block_is_named_with_its_place(string garbage, ChainFileError expected)
    {
        byte[] file = [.. ItemFile, .. Hex.Parse("0x" + garbage)];
        using var reader = new ChainFileReader(new MemoryStream(file));
        Assert.Equal(3, ReadAll(reader, out ValidationResult end).Count);
        Assert.Equal(expected, end.Error);
        Assert.StartsWith("Block 3 of the file, at byte 1108: ", end.Message, StringComparison.Ordinal);
        Assert.Equal(end.Message, reader.TryRead(out EncodedBlock? again).Message);
        Assert.Null(again);
    }

    [Fact]
    public void The_longest_block_is_read()
    {
        int length = MaxBlock - 4;
        byte[] longest = [0xfa, (byte)(length >> 16), (byte)((length >> 8) & 0xff), (byte)(length & 0xff), .. new byte[length]];
        Assert.Equal(MaxBlock, Assert.Single(ReadAll(longest, out ValidationResult end)).Bytes.Length);
        Assert.True(end.IsValid);
    }

    [Fact]
    public void A_length_without_bytes_costs_no_memory()
    {
        byte[] claim = [0xfa, 0xef, 0xff, 0x00, 1, 2, 3];
        ReadAll(claim, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(claim, out ValidationResult end);
        Assert.Equal(ChainFileError.Truncated, end.Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
    }

    [Fact]
    public void Any_bytes_give_blocks_or_an_error_and_what_was_read_stands_in_the_file() => Gen.Byte.Array[0, 60].Sample(
        bytes =>
        {
            byte[] read = [.. ReadAll(bytes, out _).SelectMany(static block => block.Bytes.ToArray())];
            bool isGzip = bytes is [0x1f, 0x8b, ..];
            Assert.True(isGzip || bytes.AsSpan().StartsWith(read));
        },
        iter: 20_000);

    private static List<EncodedBlock> ReadAll(byte[] file, out ValidationResult end)
    {
        using var reader = new ChainFileReader(new MemoryStream(file));
        return ReadAll(reader, out end);
    }

    private static List<EncodedBlock> ReadAll(ChainFileReader reader, out ValidationResult end)
    {
        var blocks = new List<EncodedBlock>();
        while ((end = reader.TryRead(out EncodedBlock? block)).IsValid && block is not null)
            blocks.Add(block);

        return blocks;
    }
}
