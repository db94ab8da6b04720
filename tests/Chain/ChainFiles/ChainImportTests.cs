using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.ChainFiles;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests.ChainFiles;

public sealed class ChainImportTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Geths_chain_imports_with_its_hashes_roots_and_signers_and_exports_to_the_same_bytes(bool isGzip, bool withoutGenesis)
    {
        Blockchain chain = GethChain.Open();
        byte[] file = withoutGenesis ? GethChain.File[GethChain.Blocks[0].Length..] : GethChain.File;
        ChainImportResult result = Import(chain, isGzip ? Gzip.Compress(file) : file);
        Assert.Equal(new ChainImportResult(10, 200, withoutGenesis ? 0 : 1, null), result);
        foreach ((JsonElement expected, Block block) in Vectors.ReadJson($"{GethChain.Folder}/index.json").EnumerateArray().Zip(chain.Blocks()))
        {
            Assert.Equal(expected.Hash("hash"), block.Hash);
            if (block.Number > 0)
                Assert.Equal(expected.Address("signer"), chain.Engine.GetAuthor(block.Header));
        }

        Assert.Equal(GethChain.File, Export(chain, 0, 10));
    }

    [Theory]
    [InlineData("chain.db", 1)]
    [InlineData("chain.db", 4)]
    public void Stopped_after_any_block_and_run_again_it_ends_where_one_run_does(string name, int threads)
    {
        using var folder = new TemporaryFolder();
        for (int stopAfter = 1; stopAfter <= 10; stopAfter++)
        {
            string path = folder.File($"{stopAfter}-{name}");
            using (IKeyValueStore store = LiteDbStore.Open(path))
            {
                Blockchain chain = GethChain.Open(store);
                if (stopAfter < 10)
                    Assert.Throws<OperationCanceledException>(() => Import(chain, GethChain.File, threads, (ulong)stopAfter));
                else
                    Import(chain, GethChain.File, threads, (ulong)stopAfter);

                Assert.Equal((ulong)stopAfter, chain.Head.Header.Number);
            }

            using IKeyValueStore again = LiteDbStore.Open(path);
            Blockchain resumed = GethChain.Open(again);
            Assert.Equal(new ChainImportResult(10 - stopAfter, (10 - stopAfter) * 20, stopAfter + 1, null), Import(resumed, GethChain.File, threads));
            Assert.Equal(GethChain.File, Export(resumed, 0, 10));
        }
    }

    [Fact]
    public void What_is_stored_is_not_verified_again()
    {
        Blockchain chain = GethChain.Open();
        Import(chain, GethChain.File);
        // The clock stands before every block: none of them would be valid.
        using var reader = new ChainFileReader(new MemoryStream(GethChain.File));
        ChainImportResult result = ChainImport.Run(chain, reader, nowUnixSeconds: 0, threads: 1, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(new ChainImportResult(0, 0, 11, null), result);
    }

    [Fact]
    public void A_changed_byte_anywhere_in_a_block_stops_the_import_there_and_keeps_what_came_before()
    {
        byte[] block = GethChain.Blocks[5];
        int start = GethChain.Blocks.Take(5).Sum(static bytes => bytes.Length);
        Blockchain upToFour = GethChain.Open();
        Import(upToFour, GethChain.File[..start]);
        EachCase.Holds(
            Enumerable.Range(0, block.Length).Where(static at => at < 700 || at % 97 == 0),
            at => $"byte {at}",
            at =>
            {
                byte[] file = [.. GethChain.File[..(start + block.Length)]];
                file[start + at] ^= 0x01;
                ChainImportResult result = Import(upToFour, file);
                Assert.NotNull(result.Bad);
                Assert.Equal(0, result.Blocks);
                Assert.Equal(5, result.KnownBlocks);
                Assert.Equal(5, result.Bad.Index);
                Assert.False(result.Bad.Verdict.IsValid);
                Assert.Equal(4UL, upToFour.Head.Header.Number);
            });
    }

    [Fact]
    public void A_bad_block_is_named_with_number_hash_and_rule()
    {
        TestChain source = TestChain.Open(Genesis);
        Block first = source.Extend();
        Block second = source.Extend(TestChain.Transfer(Payer, 0, Payer.Address));
        Block wrongState = source.Alter(second, header => header with { StateRoot = Hash256.Zero });
        byte[] wrongBody = new Block(second.Header, []).Encode();
        byte[] wrongSeal = new Block(CliqueExtraData.Seal(second.Header, Payer), second.Transactions).Encode();
        byte[] malformed = second.Encode();
        malformed[^1] = 0x80;
        Check(wrongState.Encode(), wrongState.Hash, "WrongStateRoot");
        Check(wrongBody, second.Hash, "WrongTransactionsRoot");
        Check(wrongSeal, null, "UnauthorizedSigner");
        Check(malformed, second.Hash, "MalformedRlp");

        void Check(byte[] bad, Hash256? hash, string rule)
        {
            TestChain target = TestChain.Open(Genesis);
            ChainImportResult result = Import(target.Chain, [.. first.Encode(), .. bad, .. second.Encode()]);
            Assert.Equal((1L, 2UL, rule), (result.Blocks, result.Bad!.Number, $"{result.Bad.Verdict.Error}"));
            Assert.Equal(first.Hash, target.Chain.Head.Hash);
            if (hash is not null)
                Assert.Equal(hash, result.Bad.Hash);
        }
    }

    [Fact]
    public void Missing_blocks_are_an_unknown_parent_and_so_are_files_in_the_wrong_order()
    {
        byte[][] blocks = [.. GethChain.Blocks];
        ChainImportResult missing = Import(GethChain.Open(), [.. Joined(blocks[..4]), .. Joined(blocks[6..])]);
        Assert.Equal((3L, 6UL, ChainError.UnknownParent), (missing.Blocks, missing.Bad!.Number, missing.Bad.Verdict.Error));

        Blockchain chain = GethChain.Open();
        ChainImportResult second = Import(chain, Joined(blocks[6..]));
        Assert.Equal((0L, 6UL, ChainError.UnknownParent), (second.Blocks, second.Bad!.Number, second.Bad.Verdict.Error));
        Assert.Null(Import(chain, Joined(blocks[..6])).Bad);
        Assert.Null(Import(chain, Joined(blocks[6..])).Bad);
        Assert.Equal(10UL, chain.Head.Header.Number);
    }

    [Fact]
    public void A_file_of_another_chain_is_refused_at_its_genesis_block()
    {
        TestChain other = TestChain.Open(Genesis);
        ChainImportResult result = Import(other.Chain, GethChain.File);
        Assert.Equal((ChainFileError.OtherGenesis, 0UL), (result.Bad!.Verdict.Error, result.Bad.Number));
        Assert.Contains($"{GethChain.Open().Head.Hash}", result.Bad.Verdict.Message, StringComparison.Ordinal);
        Assert.Equal(0UL, other.Chain.Head.Header.Number);
    }

    [Fact]
    public void A_file_that_is_cut_imports_up_to_there()
    {
        int end = GethChain.Blocks.Take(8).Sum(static bytes => bytes.Length);
        EachCase.Holds(
            [1, 2, 3, 500, GethChain.Blocks[8].Length - 1],
            more => $"{more} bytes of block 8",
            more =>
            {
                Blockchain chain = GethChain.Open();
                ChainImportResult result = Import(chain, GethChain.File[..(end + more)]);
                Assert.Equal((7L, 140L, 8L), (result.Blocks, result.Transactions, result.Bad!.Index));
                Assert.Equal(ChainFileError.Truncated, result.Bad.Verdict.Error);
                Assert.Equal(7UL, chain.Head.Header.Number);
            });
    }

    [Fact]
    public void A_side_branch_is_stored_and_the_head_stays()
    {
        TestChain chain = TestChain.Open(Genesis);
        Block[] siblings = [.. TestChain.Authorities(3).Select(key => chain.Seal(key)).OrderByDescending(block => block.Header.Difficulty)];
        ChainImportResult result = Import(chain.Chain, Joined([.. siblings.Select(block => block.Encode())]));
        Assert.Equal(new ChainImportResult(3, 0, 0, null), result);
        Assert.Equal(siblings[0].Hash, chain.Chain.Head.Hash);
        Assert.All(siblings, block => Assert.NotNull(chain.Chain.FindBlock(block.Hash)));
    }

    [Fact]
    public void Many_small_blocks_import_alike_on_any_number_of_threads()
    {
        TestChain source = TestChain.Open(Genesis);
        for (ulong nonce = 0; nonce < 150; nonce++)
            source.Extend(TestChain.Transfer(Payer, nonce, TestChain.Key($"{nonce}").Address, value: 1));

        byte[] file = Export(source.Chain, 0, 150);
        foreach (int threads in (int[])[1, 2, 5])
        {
            Blockchain target = TestChain.Open(Genesis).Chain;
            Assert.Equal(new ChainImportResult(150, 150, 1, null), Import(target, file, threads));
            Assert.Equal(source.Chain.Head, target.Head);
        }
    }

    [Fact]
    public void A_range_is_exported_and_one_that_is_not_there_is_refused()
    {
        Blockchain chain = GethChain.Open();
        Import(chain, GethChain.File);
        Assert.Equal(Joined([.. GethChain.Blocks.Skip(3).Take(4)]), Export(chain, 3, 6));
        Assert.Equal(GethChain.Blocks[10], Export(chain, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Export(chain, 0, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => Export(chain, 4, 3));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => ChainExport.Run(chain, Stream.Null, 0, 10, progress: null, stop.Token));
    }

    private static PrivateKey Payer { get; } = TestChain.Key("payer");

    private static Genesis Genesis { get; } = TestChain.GenesisOf(3, funded: Payer);

    private static ChainImportResult Import(Blockchain chain, byte[] file, int threads = 2, ulong? stopAfter = null)
    {
        using var reader = new ChainFileReader(new MemoryStream(file));
        using var stop = new CancellationTokenSource();
        return ChainImport.Run(chain, reader, ulong.MaxValue, threads, new StopAfter(stopAfter, stop), stop.Token);
    }

    private static byte[] Export(Blockchain chain, ulong first, ulong last)
    {
        using var stream = new MemoryStream();
        ChainExport.Run(chain, stream, first, last, progress: null, CancellationToken.None);
        return stream.ToArray();
    }

    private static byte[] Joined(IEnumerable<byte[]> blocks) => [.. blocks.SelectMany(static block => block)];

    private sealed class StopAfter(ulong? number, CancellationTokenSource stop) : IProgress<ChainFileProgress>
    {
        public void Report(ChainFileProgress value)
        {
            if (value.BlockNumber == number)
                stop.Cancel();
        }
    }
}
