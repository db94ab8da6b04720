using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Transports;
using DerChain.Testing;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>What a node does where its transport or its store fails.</summary>
public sealed class FailureTests
{
    [Fact]
    public void A_transport_that_fails_is_told_and_the_node_seals_on_alone() => EachCase.Holds(
        new (string Name, Action<HandTransport> Fail)[]
        {
            ("throws", static transport => transport.End(new IOException("The cable is cut."))),
            ("ends", static transport => transport.End(failure: null)),
            ("throws where it sends", static transport => transport.SendFailure = new IOException("The cable is cut.")),
        },
        static test => test.Name,
        static test =>
        {
            var network = new NodeNetwork(1);
            var transport = new HandTransport();
            ValidatorNode node = network.Open(network.Keys[0], network.Stores[0], transport);
            using ValidatorEvents events = node.Subscribe();
            network.Do(node.StartAsync(NodeNetwork.Token));
            transport.Inbox.Connected(new PeerId(1));
            network.Scheduler.RunUntilIdle();
            Assert.Null(node.TransportFailure);
            test.Fail(transport);
            var failed = new TaskCompletionSource();
            Task told = Task.Run(async () =>
            {
                await foreach (ValidatorEvent happened in events)
                {
                    if (happened is ValidatorEvent.TransportFailed)
                        failed.SetResult();
                }
            });
            network.Pass(seconds: 3);
            network.Do(failed.Task);
            Assert.NotNull(node.TransportFailure);
            Transaction transfer = NodeNetwork.Transfer(0);
            Assert.True(network.Scheduler.RunUntil(node.SubmitAsync([transfer.Encoded], NodeNetwork.Token)).Single().IsValid);
            network.Pass(seconds: 1);
            Assert.NotNull(node.Chain.FindTransaction(transfer.Hash));
            network.Do(node.StopAsync(NodeNetwork.Token));
            network.Do(told);
            Assert.True(node.Completion.IsCompletedSuccessfully);
        });

    [Fact]
    public void A_transport_that_cannot_begin_is_told()
    {
        var network = new NodeNetwork(1);
        IValidatorTransport used = network.Hub.CreateTransport();
        ValidatorNode first = network.Open(network.Keys[0], network.Stores[0], used);
        using var store = new MemoryStore();
        ValidatorNode second = network.Open(network.Keys[0], store, used);
        network.Do(first.StartAsync(NodeNetwork.Token));
        network.Do(second.StartAsync(NodeNetwork.Token));
        Assert.Null(first.TransportFailure);
        Assert.IsType<InvalidOperationException>(second.TransportFailure);
    }

    [Fact]
    public void A_store_that_fails_ends_the_node_and_what_was_read_is_read_on() => EachCase.Holds(
        Enumerable.Range(2, 4),
        static commit => $"commit {commit}",
        static commit =>
        {
            var network = new NodeNetwork(1);
            var store = new FaultyStore(new MemoryStore(), StoreFault.BeforeCommit(commit));
            ValidatorNode node = network.Open(network.Keys[0], store);
            ValidatorEvents events = node.Subscribe();
            Task<Chain.Blocks.Block> never = node.WaitForBlockAsync(1_000, NodeNetwork.Token);
            network.Do(node.StartAsync(NodeNetwork.Token));
            network.Pass(seconds: 1);
            Exception? seen = null;
            for (ulong nonce = 0; seen is null; nonce++)
            {
                seen = Record.Exception(() => network.Do(node.SubmitAsync([NodeNetwork.Transfer(nonce).Encoded], NodeNetwork.Token)));
                network.Pass(seconds: 1);
            }

            Assert.True(seen is StoreException || seen.InnerException is StoreException, seen.ToString());
            Assert.IsType<StoreException>(Record.Exception(() => network.Do(node.Completion)));
            Assert.IsType<StoreException>(Record.Exception(() => network.Scheduler.RunUntil(ValidatorNodeTests.Read(events))));
            Assert.IsType<StoreException>(Record.Exception(() => network.Do(never))!.InnerException);
            Assert.Throws<InvalidOperationException>(() => network.Do(node.DiscardAsync(Address.Zero, NodeNetwork.Token)));
            network.Do(node.StopAsync(NodeNetwork.Token));
            Assert.Equal((ulong)(commit - 2) / 2, node.Chain.Head.Header.Number);
            Assert.Single(node.Snapshot.Signers);
        });

    [Fact]
    public void A_store_that_fails_where_the_node_starts_is_told_by_the_start()
    {
        var network = new NodeNetwork(1);
        var inner = new MemoryStore();
        ValidatorNode first = network.Open(network.Keys[0], inner);
        network.Do(first.StartAsync(NodeNetwork.Token));
        network.Do(first.SubmitAsync([NodeNetwork.Transfer(0).Encoded], NodeNetwork.Token));
        network.Do(first.StopAsync(NodeNetwork.Token));

        var store = new FaultyStore(inner, StoreFault.BeforeCommit(1));
        ValidatorNode node = network.Open(network.Keys[0], store);
        var batch = new WriteBatch();
        batch.Put([1], [1]);
        Assert.Throws<StoreException>(() => node.Chain.NodeEntries.Commit(batch));
        Assert.Throws<StoreException>(() => network.Do(node.StartAsync(NodeNetwork.Token)));
        Assert.True(node.Completion.IsFaulted);
        Assert.Throws<StoreException>(() => network.Open(network.Keys[0], store));
    }

    [Fact]
    public void A_branch_that_is_not_in_conflict_is_not_accepted()
    {
        NodeNetwork network = NodeNetwork.Run(1);
        Assert.ThrowsAny<ArgumentException>(() => network.Do(network.Nodes[0].AcceptReorganisationAsync(Hash256.Zero, NodeNetwork.Token)));
        network.Pass(seconds: 1);
        network.Submit(0);
        network.Pass(seconds: 1);
        network.AssertEqualHeads(1);
    }
}
