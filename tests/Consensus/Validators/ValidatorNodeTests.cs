using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;

namespace DerChain.Consensus.Tests.Validators;

public sealed class ValidatorNodeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void On_demand_nodes_seal_what_is_submitted_and_no_empty_block(int count)
    {
        NodeNetwork network = NodeNetwork.Run(count);
        network.Pass(seconds: 1);
        for (int round = 0; round < 8; round++)
        {
            network.Submit(round % count);
            network.Pass(seconds: 3);
        }

        network.AssertEqualHeads(8);
        Assert.All(network.Nodes[0].Chain.Blocks(from: 1), static block => Assert.Single(block.Transactions));
        Assert.All(network.Nodes[0].Chain.Blocks(from: 1), static block => Assert.Equal(CliqueEngine.InTurnDifficulty, block.Header.Difficulty));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void With_a_period_nodes_seal_in_turn_once_a_period(int count)
    {
        NodeNetwork network = NodeNetwork.Run(count, period: 2);
        network.Pass(seconds: 20);
        ulong height = network.Nodes[0].Chain.Head.Header.Number;
        Assert.InRange(height, 9UL, 11UL);
        network.AssertEqualHeads(height);
        Assert.All(network.Nodes[0].Chain.Blocks(from: 2), static block => Assert.Equal(CliqueEngine.InTurnDifficulty, block.Header.Difficulty));
    }

    [Fact]
    public void A_heartbeat_seals_an_empty_block_where_no_transaction_comes()
    {
        NodeNetwork network = NodeNetwork.Run(3, options: new ValidatorOptions { HeartbeatSeconds = 10 });
        network.Pass(seconds: 1);
        network.Submit(0);
        network.Pass(seconds: 35);
        Assert.InRange(network.Nodes[0].Chain.Head.Header.Number, 4UL, 5UL);
        Assert.True(network.Nodes[0].Chain.Finalized.Number >= 2);
    }

    [Fact]
    public void A_node_that_was_away_catches_up_and_takes_its_turn_again()
    {
        NodeNetwork network = NodeNetwork.Run(3, period: 1);
        network.Pass(seconds: 3);
        network.Stop(2);
        network.Pass(seconds: 400);
        ulong missed = network.Nodes[0].Chain.Head.Header.Number;
        Assert.True(missed > 300, $"Two of three made {missed} blocks.");
        Assert.True(network.Nodes[2].Chain.Head.Header.Number < 5);

        network.Restart(2);
        network.Pass(seconds: 10);
        ulong height = network.Nodes[0].Chain.Head.Header.Number;
        network.AssertEqualHeads(height);
        Address returned = network.Nodes[2].Address;
        Assert.Contains(network.Nodes[0].Chain.Blocks(missed), block => network.Nodes[0].Chain.Engine.GetAuthor(block.Header) == returned);
    }

    [Fact]
    public void Without_a_quorum_nodes_wait_and_go_on_when_one_returns()
    {
        NodeNetwork network = NodeNetwork.Run(3, period: 1);
        network.Pass(seconds: 5);
        network.Stop(1);
        network.Stop(2);
        network.Pass(seconds: 10);
        Assert.Equal(SealStatus.QuorumLost, network.Nodes[0].Status.Seal);
        Assert.Equal((1, 2), (network.Nodes[0].Status.ActiveAuthorities, network.Nodes[0].Status.NeededAuthorities));
        ulong stalled = network.Nodes[0].Chain.Head.Header.Number;

        network.Restart(1);
        network.Pass(seconds: 10);
        Assert.True(network.Nodes[0].Chain.Head.Header.Number > stalled + 5);
        network.AssertEqualHeads(network.Nodes[0].Chain.Head.Header.Number, except: 2);
    }

    [Fact]
    public void All_nodes_restart_at_once_with_what_was_accepted_still_waiting()
    {
        var network = new NodeNetwork(3, options: new ValidatorOptions { SlotMilliseconds = 5_000 });
        foreach (ValidatorNode node in network.Nodes)
            network.Do(node.StartAsync(NodeNetwork.Token));

        // While each still listens: nothing is sealed before the stop.
        Transaction[] accepted = [.. Enumerable.Range(0, 3).Select(_ => network.Submit(1))];
        for (int index = 0; index < 3; index++)
            network.Stop(index);

        Assert.Equal(0UL, network.Nodes[1].Chain.Head.Header.Number);
        for (int index = 0; index < 3; index++)
            network.Restart(index);

        network.Pass(seconds: 30);
        Assert.All(accepted, transaction => Assert.NotNull(network.Nodes[0].Chain.FindTransaction(transaction.Hash)));
        network.AssertEqualHeads(network.Nodes[0].Chain.Head.Header.Number);
    }

    [Fact]
    public void A_key_that_is_no_authority_follows_the_chain_and_says_so()
    {
        NodeNetwork network = NodeNetwork.Run(3);
        using var store = new MemoryStore();
        ValidatorNode follower = network.Open(TestChain.Key("stranger"), store);
        network.Do(follower.StartAsync(NodeNetwork.Token));
        network.Pass(seconds: 1);
        Transaction transfer = network.Submit(0);
        network.Pass(seconds: 3);
        Assert.Equal(SealStatus.NotAuthorized, follower.Status.Seal);
        Assert.NotNull(follower.Chain.FindTransaction(transfer.Hash));

        Transaction throughIt = NodeNetwork.Transfer(1);
        Assert.True(network.Scheduler.RunUntil(follower.SubmitAsync([throughIt.Encoded], NodeNetwork.Token)).Single().IsValid);
        network.Pass(seconds: 3);
        Assert.NotNull(network.Nodes[0].Chain.FindTransaction(throughIt.Hash));
    }

    [Fact]
    public void Waits_end_when_a_block_or_a_transaction_is_there_and_when_the_node_stops()
    {
        NodeNetwork network = NodeNetwork.Run(1);
        ValidatorNode node = network.Nodes[0];
        Transaction transfer = NodeNetwork.Transfer(0);
        Task<Block> block = node.WaitForBlockAsync(1, NodeNetwork.Token);
        Task<Block> transaction = node.WaitForTransactionAsync(transfer.Hash, NodeNetwork.Token);
        Task<Block> later = node.WaitForBlockAsync(2, NodeNetwork.Token);
        Assert.False(block.IsCompleted || transaction.IsCompleted);
        network.Pass(seconds: 1);
        network.Submit(0);
        Assert.Equal(node.Chain.FindBlock(1)!.Hash, network.Scheduler.RunUntil(block).Hash);
        Assert.Equal(node.Chain.FindBlock(1)!.Hash, network.Scheduler.RunUntil(transaction).Hash);
        Assert.Equal(0UL, network.Scheduler.RunUntil(node.WaitForBlockAsync(0, NodeNetwork.Token)).Number);

        network.Stop(0);
        Assert.Throws<InvalidOperationException>(() => network.Scheduler.RunUntil(later));
        Assert.Equal(1UL, network.Scheduler.RunUntil(node.WaitForBlockAsync(1, NodeNetwork.Token)).Number);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends()
    {
        NodeNetwork network = NodeNetwork.Run(1);
        using var source = new CancellationTokenSource();
        Task<Block> wait = network.Nodes[0].WaitForBlockAsync(1, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void A_node_lives_once_and_is_read_afterwards()
    {
        NodeNetwork network = NodeNetwork.Run(1);
        ValidatorNode node = network.Nodes[0];
        Assert.Throws<InvalidOperationException>(() => { _ = node.StartAsync(NodeNetwork.Token); });
        network.Pass(seconds: 1);
        network.Submit(0);
        network.Pass(seconds: 1);
        network.Stop(0);
        network.Stop(0);
        Assert.True(node.Completion.IsCompletedSuccessfully);
        Assert.Equal(1UL, node.Chain.Head.Header.Number);
        Assert.Single(node.Snapshot.Signers);
        Assert.Throws<InvalidOperationException>(() => network.Do(node.SubmitAsync([NodeNetwork.Transfer(1).Encoded], NodeNetwork.Token)));
        Assert.Throws<InvalidOperationException>(() => network.Do(node.ProposeAsync(node.Address, authorizes: false, NodeNetwork.Token)));
        Assert.Throws<InvalidOperationException>(() => { _ = node.StartAsync(NodeNetwork.Token); });
    }

    [Fact]
    public void A_node_that_is_not_started_takes_no_calls_and_may_be_stopped()
    {
        var network = new NodeNetwork(1);
        Assert.Throws<InvalidOperationException>(() => network.Do(network.Nodes[0].SubmitAsync([NodeNetwork.Transfer(0).Encoded], NodeNetwork.Token)));
        network.Stop(0);
        Assert.True(network.Nodes[0].Completion.IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() => { _ = network.Nodes[0].StartAsync(NodeNetwork.Token); });
    }

    [Fact]
    public void Calls_that_wait_when_the_node_stops_are_told_so()
    {
        NodeNetwork network = NodeNetwork.Run(1);
        Task[] calls = [.. Enumerable.Range(0, 200).Select(_ => network.Nodes[0].DiscardAsync(Address.Zero, NodeNetwork.Token))];
        Task stop = network.Nodes[0].StopAsync(NodeNetwork.Token);
        network.Do(stop);
        Assert.All(calls, call => Assert.Throws<InvalidOperationException>(() => network.Do(call)));
    }

    [Fact]
    public async Task Events_tell_what_happened_in_order_and_end_with_the_node()
    {
        var network = new NodeNetwork(1);
        ValidatorNode node = network.Nodes[0];
        using ValidatorEvents events = node.Subscribe();
        network.Do(node.StartAsync(NodeNetwork.Token));
        network.Pass(seconds: 1);
        network.Submit(0);
        network.Stop(0);
        List<ValidatorEvent> told = await Read(events);
        Block block = node.Chain.FindBlock(1)!;
        Assert.Equal(block.Hash, told.OfType<ValidatorEvent.BlockSealed>().Single().Block.Hash);
        Assert.Equal(block.Hash, told.OfType<ValidatorEvent.HeadMoved>().Single().Change.Adopted.Single().Hash);
        Assert.Equal(node.Status, told.OfType<ValidatorEvent.StatusChanged>().Last().Status);
        Assert.Empty(await Read(node.Subscribe()));
    }

    [Fact]
    public async Task A_slow_reader_is_told_how_much_it_missed()
    {
        NodeNetwork network = NodeNetwork.Run(1, period: 1);
        using ValidatorEvents events = network.Nodes[0].Subscribe();
        const int Blocks = ValidatorEvents.Capacity;
        for (int block = 0; block < Blocks; block++)
            network.Pass(seconds: 1);

        network.Stop(0);
        List<ValidatorEvent> told = await Read(events);
        ValidatorEvent.EventsMissed missed = Assert.IsType<ValidatorEvent.EventsMissed>(told[0]);
        Assert.Equal(ValidatorEvents.Capacity, told.Count - 1);
        Assert.True(missed.Count >= Blocks, $"{missed.Count}");
        Assert.Single(told.OfType<ValidatorEvent.EventsMissed>());
    }

    [Fact]
    public void Who_listens_no_more_is_told_nothing()
    {
        NodeNetwork network = NodeNetwork.Run(1);
        ValidatorEvents events = network.Nodes[0].Subscribe();
        events.Dispose();
        network.Pass(seconds: 1);
        network.Submit(0);
        Assert.Empty(network.Scheduler.RunUntil(Read(events)));
    }

    [Fact]
    public void Settings_out_of_range_are_misuse() => EachCase.Holds(
        new ValidatorNodeOptions[]
        {
            new() { MaxWaitingMessagesPerPeer = 0 },
            new() { MaxWaitingBytesPerPeer = 0 },
            new() { Validator = new ValidatorOptions { SlotMilliseconds = 0 } },
            new() { TimeProvider = null! },
        },
        static options => options.ToString(),
        static options =>
        {
            Genesis genesis = TestChain.GenesisOf(1);
            var engine = new CliqueEngine(genesis.Spec);
            Blockchain chain = Blockchain.Open(new MemoryStore(), genesis, engine);
            Assert.ThrowsAny<ArgumentException>(() => new ValidatorNode(TestChain.Authorities(1)[0], chain, engine, new HandTransport(), options));
        });

    [Fact]
    public void A_genesis_without_signers_starts_no_chain()
    {
        Genesis genesis = TestChain.GenesisOf(1) with { ExtraData = new byte[CliqueExtraData.VanityLength + CliqueExtraData.SealLength] };
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => Blockchain.Open(new MemoryStore(), genesis, new CliqueEngine(genesis.Spec)));
        Assert.Contains("signer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_whose_checkpoint_is_not_the_others_keeps_its_chain_and_says_who_is_refused()
    {
        NodeNetwork network = NodeNetwork.Run(3, period: 1);
        network.Pass(seconds: 20);
        using var store = new MemoryStore();
        ValidatorNode node = network.Open(
            TestChain.Key("stranger"), store, checkpoint: new BlockReference(5, network.Nodes[0].Chain.FindBlock(4)!.Hash));
        using ValidatorEvents events = node.Subscribe();
        network.Do(node.StartAsync(NodeNetwork.Token));
        network.Pass(seconds: 5);
        network.Do(node.StopAsync(NodeNetwork.Token));
        ValidatorEvent.PeerRefused[] refused = [.. network.Scheduler.RunUntil(Read(events)).OfType<ValidatorEvent.PeerRefused>()];
        Assert.NotEmpty(refused);
        Assert.All(refused, static told => Assert.Contains(nameof(CliqueError.CheckpointMismatch), told.Reason, StringComparison.Ordinal));
        Assert.True(node.Chain.Head.Header.Number < 5);
    }

    internal static async Task<List<ValidatorEvent>> Read(ValidatorEvents events)
    {
        var told = new List<ValidatorEvent>();
        await foreach (ValidatorEvent happened in events)
            told.Add(happened);

        return told;
    }
}
