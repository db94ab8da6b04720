using DerChain.Chain.Audit;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests;

public sealed class FinalityTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    private readonly MemoryStore _store = new();

    [Fact]
    public void Under_Clique_a_block_is_final_once_a_majority_has_sealed_on_it()
    {
        TestChain chain = TestChain.Open(Genesis);
        Block first = chain.Extend();
        Assert.Equal(new BlockReference(0, chain.Chain.FindBlock(0UL)!.Hash), chain.Chain.Finalized);
        chain.Extend();
        Assert.Equal(new BlockReference(1, first.Hash), chain.Chain.Finalized);
    }

    [Fact]
    public void The_final_block_follows_the_head_at_the_distance_that_the_engine_says()
    {
        TestChain chain = Open();
        Block[] blocks = [.. Enumerable.Range(0, 5).Select(_ => chain.Extend())];
        Assert.Equal(new BlockReference(3, blocks[2].Hash), chain.Chain.Finalized);
        Assert.Equal(chain.Chain.Finalized, Open().Chain.Finalized);
    }

    [Fact]
    public void A_branch_that_leaves_the_chain_at_the_final_block_may_win()
    {
        TestChain chain = Open();
        TestChain other = TestChain.Open(Genesis);
        Block final = other.Import(chain.Extend());
        chain.Import(chain.Seal(chain.OutOfTurnSealer()));
        chain.Import(chain.Seal(chain.OutOfTurnSealer()));
        Assert.Equal(final.Hash, chain.Chain.Finalized.Hash);
        chain.Import(other.Extend());
        Assert.Equal(final.Hash, chain.Chain.Finalized.Hash);
        chain.Import(other.Extend());
        Assert.Equal(other.Chain.Blocks().Select(block => block.Hash), chain.Chain.Blocks().Select(block => block.Hash));
    }

    [Fact]
    public void A_stored_side_branch_that_the_final_block_has_passed_may_be_continued()
    {
        TestChain chain = Open();
        TestChain side = TestChain.Open(Genesis);
        Block fork = side.Import(side.Seal(side.OutOfTurnSealer(), TestChain.Transfer(Alice, 0, Address.Zero)));
        chain.Extend();
        Assert.Equal(ImportOutcome.SideBranch, chain.Chain.Import(fork, TestChain.Now).Outcome);
        chain.Extend();
        chain.Extend();
        Assert.Equal(1UL, chain.Chain.Finalized.Number);
        Assert.Equal(ImportOutcome.SideBranch, chain.Chain.Import(side.Extend(), TestChain.Now).Outcome);
        Assert.Null(chain.Chain.FinalityConflict);
        Assert.Equal(ImportOutcome.AlreadyKnown, chain.Chain.Import(fork, TestChain.Now).Outcome);
    }

    [Fact]
    public void The_final_block_never_moves_back_not_even_when_the_engine_says_so_after_a_restart()
    {
        TestChain chain = Open(depth: 1);
        for (int count = 0; count < 4; count++)
            chain.Extend();

        BlockReference final = chain.Chain.Finalized;
        Assert.Equal(3UL, final.Number);
        TestChain reopened = Open(depth: 3);
        Assert.Equal(final, reopened.Chain.Finalized);
        reopened.Extend();
        Assert.Equal(final, reopened.Chain.Finalized);
    }

    [Fact]
    public void A_store_whose_final_block_is_not_on_its_chain_is_refused()
    {
        Open().Extend();
        var batch = new WriteBatch();
        batch.Put(ChainSchema.Finalized, Keccak256.OfEmpty.ToBytes());
        _store.Commit(batch);
        Assert.Throws<StoreCorruptException>(() => Open());
        Assert.Equal("finalized block", Audit().Finding?.Rule);
    }

    [Fact]
    public void An_audit_takes_side_branches_that_were_stored_before_a_block_above_them_was_final()
    {
        A_stored_side_branch_that_the_final_block_has_passed_may_be_continued();
        Assert.Null(Audit().Finding);
    }

    private TestChain Open(int depth = 2) => TestChain.Open(Genesis, _store, judge: clique => new TestEngine(clique, depth));

    private AuditReport Audit() =>
        ChainAudit.Run(_store, StoreIdentity.Read(_store)!, new CliqueEngine(Genesis.Spec), null, 1, null, TestContext.Current.CancellationToken);
}
