using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Tests.Validation;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Tests;

public sealed class ReorganisationTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    private readonly MemoryStore _store = new();

    [Fact]
    public void A_lighter_branch_is_kept_beside_the_canonical_one()
    {
        TestChain chain = Open();
        TestChain other = TestChain.Open(Genesis, rule: new PayloadLimitRule(100));
        Block light = other.Import(other.Seal(OutOfTurn(other), Transfer(0, 5)));
        Block heavy = chain.Extend(Transfer(0, 3));
        Assert.Equal(ImportOutcome.SideBranch, chain.Chain.Import(light, TestChain.Now).Outcome);
        Assert.Equal(ImportOutcome.AlreadyKnown, chain.Chain.Import(light, TestChain.Now).Outcome);
        Assert.Equal(heavy.Hash, chain.Chain.Head.Hash);
        Assert.Equal(light.Encode(), chain.Chain.FindBlock(light.Hash)!.Encode());
        Assert.Null(chain.Chain.FindTransaction(light.Transactions[0].Hash));
        Assert.Equal((UInt256)3, chain.Chain.GetAccount(Recipient).Balance);
    }

    [Fact]
    public void A_heavier_branch_replaces_the_canonical_one_in_state_index_and_rule()
    {
        TestChain chain = Open();
        TestChain other = TestChain.Open(Genesis, rule: new PayloadLimitRule(100));
        Block common = other.Import(chain.Extend());
        Block[] old = [chain.Import(chain.Seal(OutOfTurn(chain), Transfer(0, 3, payload: 7))), chain.Extend(Transfer(1, 3))];
        Block[] better = [other.Extend(Transfer(0, 5, payload: 20)), other.Extend(), other.Extend(Transfer(1, 5, payload: 20))];

        ImportResult[] results = [.. better.Select(block => chain.Chain.Import(block, TestChain.Now))];
        ImportResult change = results.Single(result => !result.Abandoned.IsEmpty);
        Assert.Equal(old.Reverse().Select(block => block.Hash), change.Abandoned.Select(block => block.Hash));
        Assert.Equal(better.Select(block => block.Hash), results.SelectMany(result => result.Adopted).Select(block => block.Hash));

        AssertFollows(chain.Chain, common, better, old);
        AssertFollows(Open().Chain, common, better, old);
    }

    [Fact]
    public void After_a_reorganisation_the_chain_can_be_left_again()
    {
        TestChain chain = Open();
        TestChain other = TestChain.Open(Genesis, rule: new PayloadLimitRule(100));
        Block first = chain.Import(chain.Seal(OutOfTurn(chain), Transfer(0, 3)));
        Block second = other.Extend(Transfer(0, 5));
        Assert.Equal([first.Hash], chain.Chain.Import(second, TestChain.Now).Abandoned.Select(block => block.Hash));

        TestChain third = TestChain.Open(Genesis, rule: new PayloadLimitRule(100));
        third.Import(first);
        Block[] longer = [third.Extend(Transfer(1, 3)), third.Extend()];
        ImportResult[] results = [.. longer.Select(block => chain.Chain.Import(block, TestChain.Now))];
        Assert.Equal([second.Hash], results.SelectMany(result => result.Abandoned).Select(block => block.Hash));
        Assert.Equal(third.Chain.Head.Hash, chain.Chain.Head.Hash);
        Assert.Equal(third.Chain.Blocks().Select(block => block.Hash), chain.Chain.Blocks().Select(block => block.Hash));
        Assert.Equal((UInt256)6, chain.Chain.GetAccount(Recipient).Balance);
    }

    [Fact]
    public void Copies_that_import_the_same_blocks_in_any_order_have_the_same_head()
    {
        TestChain left = Open();
        TestChain right = TestChain.Open(Genesis, rule: new PayloadLimitRule(100));
        Block[] sealers = [.. TestChain.Authorities(3).Select(key => left.Seal(key, Transfer(0, 3)))];
        foreach (Block block in sealers)
            left.Chain.Import(block, TestChain.Now);

        foreach (Block block in sealers.Reverse())
            right.Chain.Import(block, TestChain.Now);

        Assert.Equal(left.Chain.Head.Hash, right.Chain.Head.Hash);
    }

    [Fact]
    public void A_thousand_blocks_are_left_at_once()
    {
        TestChain chain = TestChain.Open(Genesis);
        TestChain other = TestChain.Open(Genesis);
        Block[] old = [.. Enumerable.Range(0, 1_000).Select(_ => chain.Import(chain.Seal(chain.OutOfTurnSealer())))];
        ImportResult change = ImportResult.Without(ImportOutcome.SideBranch);
        while (change.Outcome != ImportOutcome.NewHead)
            change = chain.Chain.Import(other.Extend(), TestChain.Now);

        Assert.Equal(old.Reverse().Select(block => block.Hash), change.Abandoned.Select(block => block.Hash));
        Assert.Equal(other.Chain.Blocks(1).Select(block => block.Hash), change.Adopted.Select(block => block.Hash));
        Assert.Equal(500, change.Adopted.Length);
        Assert.Equal(other.Chain.Head.Hash, chain.Chain.Blocks().Last().Hash);
    }

    // Without finality, which would keep what the tests leave.
    private TestChain Open() => TestChain.Open(Genesis, _store, new PayloadLimitRule(100), clique => new TestEngine(clique));

    private static PrivateKey OutOfTurn(TestChain chain) =>
        TestChain.Authorities(3).Where(key => key.Address != chain.NextSealer().Address).First(key => CanSeal(chain, key));

    private static bool CanSeal(TestChain chain, PrivateKey key) => chain.Chain.Head.Header.Number == 0
        || chain.Chain.Engine.GetAuthor(chain.Chain.Head.Header) != key.Address;

    private static Transaction Transfer(ulong nonce, ulong value, int payload = 0) =>
        TestChain.Transfer(Alice, nonce, Recipient, value, data: new byte[payload], gasLimit: 30_000);

    private static void AssertFollows(Blockchain chain, Block common, Block[] canonical, Block[] abandoned)
    {
        Assert.Equal(canonical[^1].Hash, chain.Head.Hash);
        Assert.Equal([common.Hash, .. canonical.Select(block => block.Hash)], chain.Blocks(from: 1).Select(block => block.Hash));
        Assert.Null(chain.FindBlock(chain.Head.Header.Number + 1));
        Assert.Equal((UInt256)10, chain.GetAccount(Recipient).Balance);
        Assert.Equal(2UL, chain.GetAccount(Alice.Address).Nonce);
        Assert.Equal(40, PayloadLimitRule.BytesOf(chain.RuleState));
        Assert.Equal((canonical[2].Hash, 0), chain.FindTransaction(canonical[2].Transactions[0].Hash) is { } found ? (found.Block.Hash, found.Index) : default);
        Assert.All(abandoned, block => Assert.NotNull(chain.FindBlock(block.Hash)));
        Assert.All(abandoned, block => Assert.Null(chain.FindTransaction(block.Transactions[0].Hash)));
    }
}
