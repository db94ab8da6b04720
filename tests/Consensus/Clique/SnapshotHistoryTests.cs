using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>What memory and notes save, and that they change nothing. Chains have no seals; a block's signer stands in its vanity.</summary>
public sealed class SnapshotHistoryTests
{
    private static readonly CliqueParameters Parameters = new(0, 30_000);

    [Fact]
    public void A_note_is_given_after_every_1024th_block_and_is_the_snapshot()
    {
        var tree = new Tree();
        List<Hash256> chain = tree.Grow(tree.Genesis, 2_060);
        SnapshotHistory history = tree.NewHistory();
        for (int number = 0; number < chain.Count; number++)
        {
            byte[]? note = tree.Note(history, chain[number]);
            Assert.Equal(number > 0 && number % 1024 == 0, note is not null);
            if (note is not null)
                Assert.Equal(SnapshotCodec.Encode(tree.At(history, chain[number])), note);
        }
    }

    [Theory]
    [InlineData(1_023, 1_024)]
    [InlineData(1_024, 1)]
    [InlineData(1_025, 2)]
    [InlineData(2_047, 1_024)]
    [InlineData(2_048, 1)]
    [InlineData(2_060, 13)]
    public void After_a_start_no_more_is_read_than_back_to_the_last_note(int number, int read)
    {
        var tree = new Tree();
        List<Hash256> chain = tree.Grow(tree.Genesis, 2_060);
        Dictionary<Hash256, byte[]> notes = tree.Notes(chain);
        Assert.Equal(2, notes.Count);
        CliqueSnapshot with = tree.At(tree.NewHistory(notes.GetValueOrDefault), chain[number]);
        Assert.Equal(read, tree.TakeReads());
        CliqueSnapshot without = tree.At(tree.NewHistory(), chain[number]);
        Assert.Equal(number + 1, tree.TakeReads());
        Assert.Equal(SnapshotCodec.Encode(without), SnapshotCodec.Encode(with));
    }

    [Fact]
    public void A_note_that_is_none_of_this_block_is_as_good_as_absent()
    {
        var tree = new Tree();
        List<Hash256> chain = tree.Grow(tree.Genesis, 1_030);
        byte[] expected = SnapshotCodec.Encode(tree.At(tree.NewHistory(), chain[^1]));
        byte[] note = tree.Notes(chain)[chain[1_024]];
        byte[] ofAnother = SnapshotCodec.Encode(tree.At(tree.NewHistory(), chain[1_023]));
        foreach (byte[] wrong in (byte[][])[[], [1, 2, 3], note[..^1], [.. note, 0], ofAnother])
            Assert.Equal(expected, SnapshotCodec.Encode(tree.At(tree.NewHistory(_ => wrong), chain[^1])));
    }

    [Fact]
    public void Each_branch_that_grows_costs_one_step_a_block_however_deep_it_forks()
    {
        var tree = new Tree();
        List<Hash256> trunk = tree.Grow(tree.Genesis, 3_000);
        Dictionary<Hash256, byte[]> notes = tree.Notes(trunk);
        SnapshotHistory history = tree.NewHistory(notes.GetValueOrDefault);
        List<List<Hash256>> branches = [.. Enumerable.Range(0, 20).Select(index => tree.Grow(trunk[100 + index * 140], 100, mark: (byte)(1 + index)))];
        branches.Add(tree.Grow(trunk[^1], 100, mark: 99));
        foreach (List<Hash256> branch in branches)
            tree.At(history, branch[0]);

        // The first answers replay, each at most the interval of the notes.
        Assert.InRange(tree.TakeReads(), 0, 21 * 1_025);
        for (int step = 1; step <= 100; step++)
        {
            foreach (List<Hash256> branch in branches)
                tree.At(history, branch[step]);

            // The block, and its parent's hash that is remembered.
            Assert.Equal(2 * branches.Count, tree.TakeReads());
        }
    }

    [Fact]
    public void An_ancestor_that_is_missing_or_never_was_valid_is_misuse()
    {
        var tree = new Tree();
        List<Hash256> chain = tree.Grow(tree.Genesis, 3);
        BlockHeader head = tree.Header(chain[3]);
        Assert.Throws<ArgumentException>(() => tree.NewHistory().At(head, chain[3], hash => hash == chain[1] ? null : tree.Header(hash)));
        Assert.Throws<ArgumentException>(() => new SnapshotHistory(Parameters, (_, _) => NaiveComparison.Addresses[9]).At(head, chain[3], tree.Header));
        Assert.Throws<ArgumentException>(() => new SnapshotHistory(Parameters, (_, _) => null).At(head, chain[3], tree.Header));
    }

    // The engine with real seals: what it gave before the start is found after it.
    [Fact]
    public void An_engine_goes_on_from_the_notes_of_the_one_before()
    {
        PrivateKey key = TestChain.Key("only");
        var spec = new ChainSpec { ChainId = 1, LondonBlock = null };
        var headers = new Dictionary<Hash256, BlockHeader>();
        var notes = new Dictionary<Hash256, byte[]>();
        var first = new CliqueEngine(spec);
        BlockHeader head = NaiveComparison.Genesis([]) with { ExtraData = CliqueExtraData.ForGenesis([key.Address]) };
        headers[head.ComputeHash()] = head;
        for (int number = 1; number <= 1_025; number++)
        {
            var block = new NaiveBlock(0, 0, false, 2, []);
            head = CliqueExtraData.Seal(NaiveComparison.Header(number, head.ComputeHash(), block), key);
            Hash256 hash = head.ComputeHash();
            headers[hash] = head;
            if (first.NoteAfter(head, hash, headers.GetValueOrDefault) is { } note)
                notes[hash] = note;
        }

        Assert.Single(notes);
        var asked = new List<ulong>();
        var second = new CliqueEngine(spec, new CliqueEngineOptions { FindNote = notes.GetValueOrDefault });
        BlockHeader next = CliqueExtraData.Seal(NaiveComparison.Header(1_026, head.ComputeHash(), new NaiveBlock(0, 0, false, 2, [])), key);
        ValidationResult result = second.VerifyHeader(next, head, ulong.MaxValue, hash =>
        {
            asked.Add(headers[hash].Number);
            return headers[hash];
        });
        Assert.True(result.IsValid, result.ToString());
        Assert.Equal([1_024UL], asked);
    }

    // A tree of blocks by three signers in turn, with votes here and there.
    private sealed class Tree
    {
        private readonly Dictionary<Hash256, BlockHeader> _headers = [];
        private int _reads;

        public Tree()
        {
            BlockHeader genesis = NaiveComparison.Genesis([1, 2, 3]);
            Genesis = genesis.ComputeHash();
            _headers[Genesis] = genesis;
        }

        public Hash256 Genesis { get; }

        public BlockHeader Header(Hash256 hash)
        {
            _reads++;
            return _headers[hash];
        }

        /// <summary>How many headers were asked for since this was asked.</summary>
        public int TakeReads()
        {
            int reads = _reads;
            _reads = 0;
            return reads;
        }

        /// <summary>Hashes from the block given to the last of those that were put on it.</summary>
        public List<Hash256> Grow(Hash256 on, int blocks, byte mark = 0)
        {
            List<Hash256> hashes = [on];
            ulong first = _headers[on].Number + 1;
            for (ulong number = first; number < first + (ulong)blocks; number++)
            {
                int signer = 1 + (int)(number % 3);
                var block = new NaiveBlock(signer, number % 50 == 7 ? 5 + (int)(number % 5) : 0, number % 50 == 7, 2, []);
                BlockHeader header = NaiveComparison.Header((int)number, hashes[^1], block) with { GasUsed = mark };
                hashes.Add(header.ComputeHash());
                _headers[hashes[^1]] = header;
            }

            return hashes;
        }

        public SnapshotHistory NewHistory(Func<Hash256, byte[]?>? findNote = null) =>
            new(Parameters, (header, _) => NaiveComparison.Addresses[header.ExtraData.Span[0]], findNote);

        public CliqueSnapshot At(SnapshotHistory history, Hash256 hash) => history.At(Header(hash), hash, Header);

        public byte[]? Note(SnapshotHistory history, Hash256 hash) => history.NoteAfter(_headers[hash], hash, Header);

        public Dictionary<Hash256, byte[]> Notes(List<Hash256> chain)
        {
            SnapshotHistory history = NewHistory();
            var notes = new Dictionary<Hash256, byte[]>();
            foreach (Hash256 hash in chain)
            {
                if (Note(history, hash) is { } note)
                    notes[hash] = note;
            }

            TakeReads();
            return notes;
        }
    }
}
