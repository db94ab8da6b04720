using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Finality as the engine and the ledger have it, with and without a block that the operator knows to be the chain's.</summary>
public sealed class TrustedCheckpointTests
{
    private const int Length = 12;
    private static readonly Genesis Genesis = TestChain.GenesisOf(5);

    [Fact]
    public void The_ledger_keeps_what_the_seals_make_final()
    {
        TestChain chain = Grown();
        Assert.Equal(Length - 2UL, chain.Chain.Finalized.Number);
        Assert.Equal(chain.Chain.FindBlock(Length - 2)!.Hash, chain.Chain.Finalized.Hash);
    }

    [Theory]
    [InlineData(4, 10)]
    [InlineData(11, 11)]
    [InlineData(12, 12)]
    public void A_trusted_checkpoint_is_final_once_the_chain_has_reached_it(int trusted, int expected)
    {
        TestChain chain = Grown();
        var engine = new CliqueEngine(Genesis.Spec, Trusting(chain.Chain, trusted));
        Assert.Equal(Reference(chain.Chain, expected), engine.FinalizedAncestor(chain.Chain.Head, chain.Chain.FindHeader));

        BlockReference? before = engine.FinalizedAncestor(Candidate(chain.Chain, trusted - 1), chain.Chain.FindHeader);
        Assert.Equal(trusted - 3 > 0 ? Reference(chain.Chain, trusted - 3) : null, before);
        Assert.Equal(Reference(chain.Chain, trusted), engine.FinalizedAncestor(Candidate(chain.Chain, trusted), chain.Chain.FindHeader));
    }

    [Fact]
    public void A_chain_that_was_stored_before_the_operator_named_another_block_is_not_said_to_hold_it()
    {
        TestChain chain = Grown();
        var options = new CliqueEngineOptions { TrustedCheckpoint = new BlockReference(Length, Keccak256.OfEmpty) };
        BlockReference? final = new CliqueEngine(Genesis.Spec, options).FinalizedAncestor(chain.Chain.Head, chain.Chain.FindHeader);
        Assert.Equal(Reference(chain.Chain, Length - 2), final);
    }

    [Fact]
    public void A_ledger_that_is_told_the_checkpoint_refuses_another_chain_there()
    {
        TestChain chain = Grown();
        ImmutableArray<Block> blocks = [.. Enumerable.Range(1, Length).Select(number => chain.Chain.FindBlock((ulong)number)!)];
        var wrong = new CliqueEngine(Genesis.Spec, new CliqueEngineOptions { TrustedCheckpoint = new BlockReference(8, Keccak256.OfEmpty) });
        Blockchain refusing = Blockchain.Open(new MemoryStore(), Genesis, wrong);
        Assert.Equal(
            CliqueError.CheckpointMismatch,
            blocks.Select(block => refusing.Import(block, TestChain.Now).Verdict).First(verdict => !verdict.IsValid).Error);
        Assert.Equal(7UL, refusing.Head.Header.Number);

        Blockchain following = Blockchain.Open(new MemoryStore(), Genesis, new CliqueEngine(Genesis.Spec, Trusting(chain.Chain, 8)));
        Assert.All(blocks, block => Assert.True(following.Import(block, TestChain.Now).Verdict.IsValid));
    }

    // The answer of an engine that has seen all is that of an engine that has seen nothing.
    [Fact]
    public void What_is_final_does_not_depend_on_what_the_engine_remembers()
    {
        TestChain chain = Grown();
        var engine = new CliqueEngine(Genesis.Spec);
        for (int number = 0; number <= Length; number++)
        {
            HeadCandidate head = Candidate(chain.Chain, number);
            BlockReference? final = engine.FinalizedAncestor(head, chain.Chain.FindHeader);
            Assert.Equal(final, new CliqueEngine(Genesis.Spec).FinalizedAncestor(head, chain.Chain.FindHeader));
            Assert.Equal(number > 2 ? Reference(chain.Chain, number - 2) : null, final);
        }
    }

    private static TestChain Grown()
    {
        TestChain chain = TestChain.Open(Genesis);
        for (int number = 1; number <= Length; number++)
            chain.Extend();

        return chain;
    }

    private static CliqueEngineOptions Trusting(Blockchain chain, int number) => new() { TrustedCheckpoint = Reference(chain, number) };

    private static BlockReference Reference(Blockchain chain, int number) => new((ulong)number, chain.FindBlock((ulong)number)!.Hash);

    private static HeadCandidate Candidate(Blockchain chain, int number)
    {
        BlockHeader header = chain.FindBlock((ulong)number)!.Header;
        return new HeadCandidate(header, header.ComputeHash(), UInt256.One);
    }
}
