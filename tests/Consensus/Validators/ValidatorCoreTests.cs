using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Protocol;
using DerChain.Testing;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>The step function, driven by hand.</summary>
public sealed class ValidatorCoreTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly ImmutableArray<PrivateKey> Three = TestChain.Authorities(3);

    [Fact]
    public void The_first_input_and_no_other_is_the_start()
    {
        var bench = new CoreBench(Three[0], GenesisOf(3), new MemoryStore());
        Assert.Throws<InvalidOperationException>(() => bench.Step(new ValidatorInput.Started()));
    }

    [Fact]
    public void One_that_starts_listens_for_a_slot_before_it_seals()
    {
        var bench = new CoreBench(TestChain.Authorities(1)[0], GenesisOf(1), new MemoryStore(), isListening: true);
        Assert.True(bench.Submit(Transfer(0).Encoded).IsValid);
        Assert.Empty(bench.Sealed);
        bench.Pass(499);
        Assert.Empty(bench.Sealed);
        Assert.Equal(bench.Now + 1, bench.WakeAt);
        bench.Pass(1);
        Assert.Single(bench.Sealed);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_make_it_listen_for_longer_than_a_slot()
    {
        var bench = new CoreBench(TestChain.Authorities(1)[0], GenesisOf(1), new MemoryStore(), isListening: true);
        bench.TurnBack(60_000);
        Assert.True(bench.Submit(Transfer(0).Encoded).IsValid);
        bench.Pass(500);
        Assert.Single(bench.Sealed);
    }

    [Fact]
    public void What_is_sealed_is_durable_then_told_then_sent()
    {
        var store = new MemoryStore();
        var bench = new CoreBench(TestChain.Authorities(1)[0], GenesisOf(1), store);
        bench.Submit(Transfer(0).Encoded);
        Block block = bench.Sealed.Single();
        Assert.Equal(block.Hash, TestChain.Open(GenesisOf(1), store).Chain.Head.Hash);
        ImmutableArray<ValidatorEffect> effects = bench.Effects;
        int told = effects.IndexOf(effects.OfType<ValidatorEffect.BlockSealed>().Single());
        int sent = effects.IndexOf(effects.OfType<ValidatorEffect.Send>()
            .Single(static send => MessageCodec.TryDecode(send.Message.Span) is NewBlockMessage));
        Assert.True(told < sent);
    }

    [Fact]
    public void A_validator_says_again_and_again_how_far_its_chain_goes_and_what_was_handed_in()
    {
        var bench = new CoreBench(Three[0], GenesisOf(3), new MemoryStore(), new ValidatorOptions { SlotMilliseconds = 60_000 });
        Transaction transfer = Transfer(0);
        bench.Submit(transfer.Encoded);
        Assert.Equal(transfer.Encoded.ToArray(), bench.Sent<TransactionsMessage>(CoreBench.Other).Single().Transactions.Single().ToArray());
        bench.Pass(2_000);
        Assert.Equal(bench.Core.Chain.GenesisHash, bench.Sent<StatusMessage>(CoreBench.Peer).Single().Genesis);
        Assert.Single(bench.Sent<TransactionsMessage>(CoreBench.Peer));
        bench.Pass(1_000);
        Assert.Empty(bench.Sent<StatusMessage>(CoreBench.Peer));
    }

    [Fact]
    public void A_future_block_of_an_authority_is_held_for_30_seconds_and_imported_when_its_time_comes()
    {
        var bench = new CoreBench(Three[0], GenesisOf(3), new MemoryStore());
        Block near = SealAt(bench.Now / 1000 + 30);
        bench.Receive(new NewBlockMessage(near.Encode()));
        Assert.Empty(bench.Disconnected);
        bench.Pass(29_000);
        Assert.Equal(0UL, bench.Core.Chain.Head.Header.Number);
        bench.Pass(1_000);
        Assert.Equal(near.Hash, bench.Core.Chain.Head.Hash);
    }

    [Fact]
    public void A_future_block_further_ahead_or_of_one_who_left_is_dropped()
    {
        var bench = new CoreBench(Three[0], GenesisOf(3), new MemoryStore());
        bench.Receive(new NewBlockMessage(SealAt(bench.Now / 1000 + 31).Encode()));
        bench.Receive(new NewBlockMessage(SealAt(bench.Now / 1000 + 10).Encode()), CoreBench.Other);
        bench.Step(new ValidatorInput.PeerDisconnected(CoreBench.Other));
        bench.Pass(40_000);
        Assert.Equal(0UL, bench.Core.Chain.Head.Header.Number);
    }

    [Fact]
    public void A_future_block_that_no_authority_sealed_costs_the_connection_at_once()
    {
        var bench = new CoreBench(Three[0], GenesisOf(3), new MemoryStore());
        Block block = SealAt(bench.Now / 1000 + 10, TestChain.Key("stranger"));
        bench.Receive(new NewBlockMessage(block.Encode()));
        Assert.Contains(nameof(CliqueError.UnauthorizedSigner), bench.Disconnected.Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Catching_up_goes_by_ranges_headers_first_and_nothing_is_sealed_meanwhile()
    {
        TestChain ahead = TestChain.Open(GenesisOf(3));
        for (int block = 0; block < MessageLimits.Headers + 40; block++)
            ahead.Extend();

        var bench = new CoreBench(Three[0], GenesisOf(3), new MemoryStore());
        bench.Pass(1_000_000);
        bench.Receive(new StatusMessage(ahead.Chain.GenesisHash, Three[1].Address, new BlockReference(168, ahead.Chain.Head.Hash)));
        int rounds = 0;
        HeadersRequest asked = bench.Sent<HeadersRequest>(CoreBench.Peer).Single();
        for (ulong nonce = 0; bench.Core.Chain.Head.Hash != ahead.Chain.Head.Hash; nonce++)
        {
            bench.Receive(RangeServer.Answer(asked, ahead.Chain));
            BlocksRequest? blocks = bench.Sent<BlocksRequest>(CoreBench.Peer).Single();
            Assert.True(bench.Core.Status.IsCatchingUp);
            Assert.True(bench.Submit(Transfer(nonce).Encoded).IsValid);
            Assert.Empty(bench.Sealed);
            while (blocks is not null)
            {
                Assert.True(rounds++ < 10, "It does not catch up.");
                bench.Receive(RangeServer.Answer(blocks, ahead.Chain));
                blocks = bench.Sent<BlocksRequest>(CoreBench.Peer).SingleOrDefault();
            }

            asked = bench.Sent<HeadersRequest>(CoreBench.Peer).Single();
        }

        Assert.Equal(168UL, bench.Core.Chain.Head.Header.Number);
    }

    [Fact]
    public void A_crash_at_any_write_around_sealing_seals_no_height_twice()
    {
        var counting = new FaultyStore(new MemoryStore());
        Run(counting, []);
        EachCase.Holds(
            StoreFault.AllOf(counting.WritesPerCommit),
            static fault => fault.ToString(),
            static fault =>
            {
                var inner = new MemoryStore();
                var seals = new Dictionary<ulong, HashSet<Hash256>>();
                Assert.ThrowsAny<StoreException>(() => Run(new FaultyStore(inner, fault), seals));
                Run(inner, seals);
                Assert.All(seals, static height => Assert.Single(height.Value));
            });
    }

    [Fact]
    public void Who_learns_of_its_own_block_from_others_seals_that_height_no_more_whatever_crash_follows()
    {
        TestChain before = TestChain.Open(GenesisOf(1));
        Block first = before.Extend(Transfer(0));
        PrivateKey key = TestChain.Authorities(1)[0];
        var inner = new MemoryStore();
        using (var opened = new FaultyStore(inner))
            TestChain.Open(GenesisOf(1), opened);

        // The store was lost: what it has sealed comes back as a block of a peer, and the node dies right after the import.
        var store = new FaultyStore(inner, StoreFault.BeforeCommit(2));
        var bench = new CoreBench(key, GenesisOf(1), store);
        Record.Exception(() => bench.Receive(new NewBlockMessage(first.Encode())));
        var memory = new SealMemory(TestChain.Open(GenesisOf(1), inner).Chain.NodeEntries, key.Address);
        Assert.Equal(first.Hash, TestChain.Open(GenesisOf(1), inner).Chain.Head.Hash);
        Assert.False(memory.Allows(1));
    }

    [Fact]
    public void Another_block_of_a_height_that_this_key_has_sealed_stops_it()
    {
        TestChain other = TestChain.Open(GenesisOf(1));
        var bench = new CoreBench(TestChain.Authorities(1)[0], GenesisOf(1), new MemoryStore());
        bench.Submit(Transfer(0).Encoded);
        bench.Receive(new NewBlockMessage(other.Seal().Encode()));
        Assert.Equal(SealStatus.KeyUsedElsewhere, bench.Core.Status.Seal);
        Assert.True(bench.Submit(Transfer(1).Encoded).IsValid);
        Assert.Empty(bench.Sealed);
    }

    [Fact]
    public void A_finality_conflict_stops_sealing_until_the_operator_decides()
    {
        var bench = new CoreBench(Three[0], GenesisOf(3), new MemoryStore());
        TestChain here = TestChain.Open(GenesisOf(3));
        foreach (PrivateKey sealer in new[] { Three[1], Three[2] })
            bench.Receive(new NewBlockMessage(here.Import(here.Seal(sealer)).Encode()));

        Assert.Equal(1UL, bench.Core.Chain.Finalized.Number);
        TestChain there = TestChain.Open(GenesisOf(3));
        foreach (PrivateKey sealer in new[] { Three[2], Three[1], Three[2], Three[1] })
            bench.Receive(new NewBlockMessage(there.Import(there.Seal(sealer)).Encode()));

        Assert.Equal(SealStatus.FinalityConflict, bench.Core.Status.Seal);
        Assert.Equal(new BlockReference(4, there.Chain.Head.Hash), bench.Core.Status.Conflict);
        Assert.True(bench.Submit(Transfer(0).Encoded).IsValid);
        bench.Pass(60_000);
        Assert.Empty(bench.Sealed);

        bench.Step(new ValidatorInput.ReorganisationAccepted(there.Chain.Head.Hash));
        Assert.Equal(there.Chain.Head.Hash, bench.Core.Chain.Head.Hash);
        bench.Pass(500);
        Assert.Equal(5UL, bench.Sealed.Single().Number);
    }

    [Fact]
    public void What_was_accepted_and_proposed_is_there_after_a_restart()
    {
        var store = new MemoryStore();
        var bench = new CoreBench(Three[1], GenesisOf(3), store, new ValidatorOptions { SlotMilliseconds = 60_000 }, isListening: true);
        Transaction[] transfers = [Transfer(0), Transfer(1)];
        Assert.All(transfers, transfer => Assert.True(bench.Submit(transfer.Encoded).IsValid));
        bench.Step(new ValidatorInput.Proposed(Alice.Address, Authorizes: true));
        bench.Step(new ValidatorInput.Proposed(Three[0].Address, Authorizes: false));
        bench.Step(new ValidatorInput.Discarded(Three[0].Address));

        var restarted = new CoreBench(Three[1], GenesisOf(3), store, new ValidatorOptions { SlotMilliseconds = 60_000 }, isListening: true);
        Assert.All(transfers, transfer => Assert.Equal(Alice.Address, restarted.Core.Pool.FindSender(transfer.Hash)));
        Assert.Equal([KeyValuePair.Create(Alice.Address, true)], restarted.Core.Proposals.All);
    }

    [Fact]
    public void A_block_is_sealed_at_a_wake_so_that_what_has_arrived_is_read_first()
    {
        var bench = new CoreBench(TestChain.Authorities(1)[0], GenesisOf(1), new MemoryStore());
        ImmutableArray<ValidatorEffect> effects = bench.Core.Step(new ValidatorInput.TransactionsSubmitted([Transfer(0).Encoded]), bench.Now);
        Assert.Empty(effects.OfType<ValidatorEffect.BlockSealed>());
        Assert.True(effects.OfType<ValidatorEffect.WakeAt>().Single().UnixMilliseconds <= bench.Now);
        Assert.Single(bench.Core.Step(new ValidatorInput.TimeReached(), bench.Now).OfType<ValidatorEffect.BlockSealed>());
    }

    [Fact]
    public void A_transaction_that_a_final_block_holds_is_forgotten()
    {
        var store = new MemoryStore();
        var bench = new CoreBench(TestChain.Authorities(1)[0], GenesisOf(1), store);
        bench.Submit(Transfer(0).Encoded);
        bench.Submit(Transfer(1).Encoded);
        Assert.Equal(2UL, bench.Core.Chain.Finalized.Number);
        Assert.Single(bench.Core.Chain.NodeEntries.Range([ValidatorSchema.AcceptedPrefix]));
        bench.Submit(Transfer(2).Encoded);
        Assert.Equal(Transfer(2).Encoded.ToArray(), bench.Core.Chain.NodeEntries.Range([ValidatorSchema.AcceptedPrefix]).Single().Value);
    }

    private static Genesis GenesisOf(int count) => TestChain.GenesisOf(count, new ChainSpec { ChainId = 202211 }, Alice);

    private static Transaction Transfer(ulong nonce) => TestChain.Transfer(Alice, nonce, TestChain.Key("recipient").Address, value: 1);

    // The first block, by the second of three authorities, whose turn it is.
    private static Block SealAt(ulong timestamp, PrivateKey? key = null)
    {
        Block block = TestChain.Open(GenesisOf(3)).Seal(Three[1]);
        return new Block(CliqueExtraData.Seal(block.Header with { Timestamp = timestamp }, key ?? Three[1]), block.Transactions);
    }

    // Seals two blocks and takes part in what the store holds before; notes what is published, and what is stored at the end.
    private static void Run(IKeyValueStore store, Dictionary<ulong, HashSet<Hash256>> seals)
    {
        var bench = new CoreBench(TestChain.Authorities(1)[0], GenesisOf(1), store);
        Note(bench.Core.Chain.Blocks(from: 1));
        ulong nonce = bench.Core.Chain.GetAccount(Alice.Address).Nonce;
        for (int block = 0; block < 3; block++)
        {
            bench.Submit(Transfer(nonce++).Encoded);
            Note(bench.Sealed);
            bench.Pass(2_500);
            Note(bench.Sealed);
        }

        void Note(IEnumerable<Block> blocks)
        {
            foreach (Block block in blocks)
            {
                seals.TryAdd(block.Number, []);
                seals[block.Number].Add(block.Hash);
            }
        }
    }
}
