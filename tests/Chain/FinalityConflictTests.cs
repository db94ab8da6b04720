using DerChain.Chain.Audit;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Testing;

namespace DerChain.Chain.Tests;

/// <summary>A chain of five light blocks, of which the second is final, meets a branch of heavy ones that leaves it at genesis.</summary>
public sealed class FinalityConflictTests
{
    private const int Depth = 3;

    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    private readonly MemoryStore _store = new();
    private readonly TestChain _chain;
    private readonly TestChain _other = TestChain.Open(Genesis);
    private readonly Block[] _own;
    private readonly Block[] _heavy;

    public FinalityConflictTests()
    {
        _chain = Open();
        _own = [.. Enumerable.Range(0, 5).Select(nonce => _chain.Import(_chain.Seal(_chain.OutOfTurnSealer(), Transfer(nonce, 1))))];
        _heavy = [.. Enumerable.Range(0, 5).Select(nonce => _other.Extend(Transfer(nonce, 10)))];
    }

    [Fact]
    public void A_better_head_that_leaves_the_final_block_is_stored_and_named_and_not_adopted()
    {
        var told = new List<ImportResult>();
        _chain.Chain.HeadChanged += told.Add;
        Assert.Equal([ImportOutcome.SideBranch, ImportOutcome.SideBranch, ImportOutcome.FinalityConflict], Import(3));
        Assert.Empty(told);
        Assert.Equal(_own.Select(block => block.Hash), _chain.Chain.Blocks(1).Select(block => block.Hash));
        Assert.Equal(new BlockReference(2, _own[1].Hash), _chain.Chain.Finalized);
        Assert.Equal(_heavy[2].Encode(), _chain.Chain.FindBlock(_heavy[2].Hash)?.Encode());
        Assert.Null(_chain.Chain.FindTransaction(_heavy[2].Transactions[0].Hash));
        AssertConflict(_heavy[2], 3);
        _chain.Extend(Transfer(5, 1));
    }

    [Fact]
    public void Of_several_conflicts_the_best_is_named()
    {
        Import(3);
        TestChain third = TestChain.Open(Genesis);
        foreach (Block block in _heavy[..3])
            third.Import(block);

        Block worse = third.Seal(third.OutOfTurnSealer());
        Assert.Equal([ImportOutcome.FinalityConflict], Import(4, from: 3));
        AssertConflict(_heavy[3], 4);
        Assert.Equal(ImportOutcome.FinalityConflict, _chain.Chain.Import(worse, TestChain.Now).Outcome);
        AssertConflict(_heavy[3], 4);
    }

    [Fact]
    public void A_known_block_in_conflict_stays_so_and_is_named_again_where_the_store_lost_that()
    {
        Import(4);
        Assert.All(_heavy[..4], block => Assert.Equal(ImportOutcome.AlreadyKnown, _chain.Chain.Import(block, TestChain.Now).Outcome));
        AssertConflict(_heavy[3], 4);

        Delete(ChainSchema.Conflict);
        TestChain reopened = Open();
        Assert.Null(reopened.Chain.FinalityConflict);
        Assert.Equal(ImportOutcome.AlreadyKnown, reopened.Chain.Import(_heavy[1], TestChain.Now).Outcome);
        Assert.Equal(ImportOutcome.FinalityConflict, reopened.Chain.Import(_heavy[2], TestChain.Now).Outcome);
        Assert.Equal(ImportOutcome.FinalityConflict, reopened.Chain.Import(_heavy[3], TestChain.Now).Outcome);
        Assert.Equal(ImportOutcome.AlreadyKnown, reopened.Chain.Import(_heavy[2], TestChain.Now).Outcome);
        Assert.Equal(_own[4].Hash, reopened.Chain.Head.Hash);
        AssertConflict(_heavy[3], 4);
    }

    [Fact]
    public void The_conflict_is_gone_once_the_own_head_is_better()
    {
        Import(3);
        _chain.Import(_chain.Seal(_chain.OutOfTurnSealer()));
        AssertConflict(_heavy[2], 3);
        _chain.Extend();
        Assert.True(_chain.Chain.Head.TotalDifficulty > TotalDifficultyOf(3));
        Assert.Null(_chain.Chain.FinalityConflict);
        Assert.Null(_store.Get(ChainSchema.Conflict));
        Assert.Null(Open().Chain.FinalityConflict);
        Assert.Null(Audit());
        Assert.Equal(ImportOutcome.AlreadyKnown, _chain.Chain.Import(_heavy[2], TestChain.Now).Outcome);
        Import(5, from: 3);
        AssertConflict(_heavy[4], 5);
    }

    [Fact]
    public void An_operator_makes_the_conflicting_head_the_head()
    {
        Import(4);
        var told = new List<ImportResult>();
        _chain.Chain.HeadChanged += told.Add;
        ImportResult change = _chain.Chain.AcceptReorganisation(_heavy[3].Hash);
        Assert.Equal([change], told);
        Assert.Equal(ImportOutcome.NewHead, change.Outcome);
        Assert.Equal(_own.Reverse().Select(block => block.Hash), change.Abandoned.Select(block => block.Hash));
        Assert.Equal(_heavy[..4].Select(block => block.Hash), change.Adopted.Select(block => block.Hash));
        foreach (Blockchain chain in new[] { _chain.Chain, Open().Chain })
        {
            Assert.Equal(_heavy[..4].Select(block => block.Hash), chain.Blocks(1).Select(block => block.Hash));
            Assert.Equal((UInt256)40, chain.GetAccount(Recipient).Balance);
            Assert.Equal(new BlockReference(1, _heavy[0].Hash), chain.Finalized);
            Assert.Null(chain.FinalityConflict);
            Assert.Null(chain.FindTransaction(_own[4].Transactions[0].Hash));
        }

        Assert.Null(Audit());
        _chain.Import(_heavy[4]);
        Assert.Equal(new BlockReference(2, _heavy[1].Hash), _chain.Chain.Finalized);
        Assert.Equal(_chain.Chain.Finalized, Open().Chain.Finalized);
    }

    [Fact]
    public void Where_the_engine_knows_no_final_block_of_the_accepted_head_genesis_is_final_again()
    {
        Import(3);
        _chain.Chain.AcceptReorganisation(_heavy[2].Hash);
        Assert.Equal(new BlockReference(0, _chain.Chain.GenesisHash), _chain.Chain.Finalized);
        Assert.Null(_store.Get(ChainSchema.Finalized));
        Assert.Equal(_chain.Chain.Finalized, Open().Chain.Finalized);
        Assert.Null(Audit());
    }

    [Fact]
    public void Accepting_anything_but_the_conflicting_head_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => _chain.Chain.AcceptReorganisation(_own[4].Hash));
        Import(4);
        Assert.Throws<ArgumentException>(() => _chain.Chain.AcceptReorganisation(_heavy[2].Hash));
        Assert.Throws<ArgumentException>(() => _chain.Chain.AcceptReorganisation(_own[4].Hash));
        Assert.Equal(_own[4].Hash, _chain.Chain.Head.Hash);
        AssertConflict(_heavy[3], 4);
        _chain.Chain.AcceptReorganisation(_heavy[3].Hash);
        Assert.Throws<ArgumentException>(() => _chain.Chain.AcceptReorganisation(_heavy[3].Hash));
    }

    [Fact]
    public void A_handler_that_accepts_is_misuse_and_after_a_failed_write_nothing_is_accepted()
    {
        Import(4);
        Exception? misuse = null;
        _chain.Chain.HeadChanged += _ => misuse = Record.Exception(() => _chain.Chain.AcceptReorganisation(_heavy[3].Hash));
        _chain.Extend();
        Assert.IsType<InvalidOperationException>(misuse);

        TestChain failing = Open(new FaultyStore(_store, StoreFault.BeforeCommit(1)));
        Assert.Throws<StoreException>(() => failing.Chain.AcceptReorganisation(_heavy[3].Hash));
        Assert.Contains("Open the chain again", Assert.Throws<StoreException>(() => failing.Chain.AcceptReorganisation(_heavy[3].Hash)).Message);
        AssertConflict(_heavy[3], 4);
    }

    [Fact]
    public void Entries_of_the_node_are_written_with_a_block_in_conflict()
    {
        Import(2);
        var entries = new WriteBatch();
        entries.Put([1], [2]);
        Assert.Equal(ImportOutcome.FinalityConflict, _chain.Chain.Import(_heavy[2], TestChain.Now, nodeEntries: entries).Outcome);
        Assert.Equal([2], _chain.Chain.NodeEntries.Get([1]));
    }

    [Fact]
    public void A_store_that_names_a_conflict_it_does_not_hold_or_one_on_the_final_block_is_refused()
    {
        Import(3);
        Put(ChainSchema.Conflict, Keccak256.OfEmpty.ToBytes());
        Assert.Throws<StoreCorruptException>(() => Open());
        Put(ChainSchema.Conflict, [1]);
        Assert.Throws<StoreCorruptException>(() => Open());

        Put(ChainSchema.Conflict, _heavy[2].Hash.ToBytes());
        Delete(ChainSchema.Finalized);
        Assert.Throws<StoreCorruptException>(() => TestChain.Open(Genesis, _store, judge: clique => new TestEngine(clique)));
        AssertConflict(_heavy[2], 3);
    }

    [Fact]
    public void A_conflict_that_is_not_better_than_the_head_is_one_that_a_cut_off_write_did_not_remove()
    {
        Import(2);
        Put(ChainSchema.Conflict, _heavy[1].Hash.ToBytes());
        Assert.Equal("finality conflict", Audit()?.Rule);
        Assert.Null(Open().Chain.FinalityConflict);
        Assert.Null(_store.Get(ChainSchema.Conflict));
        Assert.Null(Audit());
    }

    [Fact]
    public void A_final_block_that_a_cut_off_write_did_not_store_is_stored_when_the_chain_is_opened()
    {
        Put(ChainSchema.Finalized, _own[0].Hash.ToBytes());
        Assert.Equal(_own[1].Hash, Open().Chain.Finalized.Hash);
        Assert.Equal(_own[1].Hash.ToBytes(), _store.Get(ChainSchema.Finalized));
    }

    [Fact]
    public void An_audit_takes_a_conflict_and_finds_one_that_is_altered_or_missing()
    {
        Import(4);
        Assert.Null(Audit());
        Put(ChainSchema.Conflict, _heavy[2].Hash.ToBytes());
        Assert.Equal(("finality conflict", _heavy[3].Hash), Audit() is { } altered ? (altered.Rule, altered.BlockHash) : default);
        Delete(ChainSchema.Conflict);
        Assert.Equal("finality conflict", Audit()?.Rule);
        Put(ChainSchema.Conflict, _heavy[3].Hash.ToBytes());
        Put(ChainSchema.Finalized, _heavy[0].Hash.ToBytes());
        Assert.Equal("finalized block", Audit()?.Rule);
        Put(ChainSchema.Finalized, _chain.Chain.GenesisHash.ToBytes());
        Assert.Equal("finalized block", Audit()?.Rule);
    }

    [Fact]
    public void An_audit_finds_a_better_side_branch_that_stands_on_the_final_block()
    {
        Import(4);
        Delete(ChainSchema.Conflict);
        Delete(ChainSchema.Finalized);
        Assert.Equal(("fork choice", _heavy[2].Hash), Audit() is { } finding ? (finding.Rule, finding.BlockHash) : default);
    }

    private static UInt256 TotalDifficultyOf(int heavyBlocks) => UInt256.One + (UInt256)(2UL * (ulong)heavyBlocks);

    private static Transaction Transfer(int nonce, ulong value) => TestChain.Transfer(Alice, (ulong)nonce, Recipient, value);

    private TestChain Open(IKeyValueStore? store = null) =>
        TestChain.Open(Genesis, store ?? _store, judge: clique => new TestEngine(clique, finalDepth: Depth));

    private ImportOutcome[] Import(int until, int from = 0) =>
        [.. _heavy[from..until].Select(block => _chain.Chain.Import(block, TestChain.Now).Outcome)];

    // Of the running chain and of one that is opened on the store now.
    private void AssertConflict(Block block, int heavyBlocks)
    {
        var expected = new HeadCandidate(block.Header, block.Hash, TotalDifficultyOf(heavyBlocks));
        Assert.Equal(expected, _chain.Chain.FinalityConflict);
        Assert.Equal(expected, Open().Chain.FinalityConflict);
    }

    private AuditFinding? Audit() => ChainAudit.Run(
        _store, StoreIdentity.Read(_store)!, new CliqueEngine(Genesis.Spec), null, 1, null, TestContext.Current.CancellationToken).Finding;

    private void Put(byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        _store.Commit(batch);
    }

    private void Delete(byte[] key)
    {
        var batch = new WriteBatch();
        batch.Delete(key);
        _store.Commit(batch);
    }
}
