using System.Collections.Concurrent;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Testing;

namespace DerChain.Chain.Tests;

public sealed class HeadChangedTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    private readonly TestChain _chain = TestChain.Open(Genesis);

    [Fact]
    public void Handlers_are_told_of_every_new_head_and_of_nothing_else()
    {
        var told = new List<ImportResult>();
        _chain.Chain.HeadChanged += told.Add;
        TestChain other = TestChain.Open(Genesis);
        Block light = _chain.Seal(_chain.OutOfTurnSealer());
        Block heavy = other.Extend(TestChain.Transfer(Alice, 0, Address.Zero));

        ImportResult first = _chain.Chain.Import(light, TestChain.Now);
        _chain.Chain.Import(light, TestChain.Now);
        ImportResult second = _chain.Chain.Import(heavy, TestChain.Now);
        _chain.Chain.Import(_chain.Alter(heavy, header => header with { StateRoot = Hash256.Zero }), TestChain.Now);
        Assert.Equal([first, second], told);
        Assert.Equal([light.Hash], told[1].Abandoned.Select(block => block.Hash));
    }

    [Fact]
    public void When_handlers_run_the_change_is_durable_and_queries_answer_from_the_new_head()
    {
        var store = new MemoryStore();
        TestChain chain = TestChain.Open(Genesis, store);
        bool wasTold = false;
        chain.Chain.HeadChanged += change =>
        {
            Hash256 hash = change.Adopted[^1].Hash;
            Assert.Equal(hash, chain.Chain.Head.Hash);
            Assert.Equal(hash, chain.Chain.FindBlock(chain.Chain.Head.Header.Number)?.Hash);
            Assert.Equal(hash, TestChain.Open(Genesis, store).Chain.Head.Hash);
            wasTold = true;
        };
        chain.Extend();
        Assert.True(wasTold);
    }

    [Fact]
    public void Changes_are_told_in_order_whichever_threads_import()
    {
        TestChain source = TestChain.Open(Genesis);
        Block[] blocks = [.. Enumerable.Range(0, 60).Select(_ => source.Extend())];
        var told = new List<Hash256>();
        var heads = new List<Hash256>();
        _chain.Chain.HeadChanged += change =>
        {
            told.AddRange(change.Adopted.Select(block => block.Hash));
            heads.Add(_chain.Chain.Head.Hash);
        };

        // Each thread offers what it gets until the block's parent has come: all orders of arrival end in the one order of the chain.
        var waiting = new ConcurrentQueue<Block>(blocks.Reverse());
        Parallel.For(0, 4, _ =>
        {
            while (waiting.TryDequeue(out Block? block))
            {
                if (_chain.Chain.Import(block, TestChain.Now).Outcome == ImportOutcome.Rejected)
                    waiting.Enqueue(block);
            }
        });
        Assert.Equal(blocks.Select(block => block.Hash), told);
        Assert.Equal(told, heads);
    }

    [Fact]
    public void A_handler_that_throws_harms_neither_the_chain_nor_the_other_handlers()
    {
        var told = new List<string>();
        _chain.Chain.HeadChanged += _ => throw new FormatException("first");
        _chain.Chain.HeadChanged += _ => told.Add("second");
        _chain.Chain.HeadChanged += _ => throw new FormatException("third");
        Block block = _chain.Seal(TestChain.Transfer(Alice, 0, Address.Zero, value: 5));
        AggregateException thrown = Assert.Throws<AggregateException>(() => _chain.Chain.Import(block, TestChain.Now));
        Assert.Equal(["first", "third"], thrown.InnerExceptions.Select(inner => inner.Message));
        Assert.Equal(["second"], told);
        Assert.Equal(block.Hash, _chain.Chain.Head.Hash);
        Assert.Equal(ImportOutcome.AlreadyKnown, _chain.Chain.Import(block, TestChain.Now).Outcome);
        Assert.Throws<AggregateException>(() => _chain.Extend());
        Assert.Equal(2UL, _chain.Chain.Head.Header.Number);
    }

    [Fact]
    public void A_handler_that_imports_is_misuse()
    {
        Exception? misuse = null;
        _chain.Chain.HeadChanged += change => misuse ??= Record.Exception(() => _chain.Chain.Import(change.Adopted[0], TestChain.Now));
        _chain.Extend();
        Assert.IsType<InvalidOperationException>(misuse);
        _chain.Extend();
    }

    [Fact]
    public void A_handler_that_was_removed_is_told_nothing()
    {
        var told = new List<ImportResult>();
        _chain.Chain.HeadChanged += told.Add;
        _chain.Chain.HeadChanged -= told.Add;
        _chain.Extend();
        Assert.Empty(told);
    }

    [Fact]
    public void A_failed_write_is_told_to_nobody_and_stops_the_chain_until_it_is_opened_again()
    {
        var inner = new MemoryStore();
        var store = new FaultyStore(inner, StoreFault.AfterCommit(3));
        TestChain chain = TestChain.Open(Genesis, store);
        var told = new List<ImportResult>();
        chain.Chain.HeadChanged += told.Add;
        chain.Extend();
        Block block = chain.Seal();
        Assert.Throws<StoreException>(() => chain.Chain.Import(block, TestChain.Now));
        Assert.Single(told);
        Assert.Contains("Open the chain again", Assert.Throws<StoreException>(() => chain.Chain.Import(block, TestChain.Now)).Message);
        Assert.Equal(1UL, chain.Chain.Head.Header.Number);
        Assert.Equal(block.Hash, TestChain.Open(Genesis, inner).Chain.Head.Hash);
    }
}
