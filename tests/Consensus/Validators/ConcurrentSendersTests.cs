using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Transports;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>Nodes under the system's clock, on the thread pool.</summary>
public sealed class ConcurrentSendersTests
{
    private const int Senders = 10;
    private const int EachSends = 200;

    // On a machine that others use too, a block may need longer than the default slot to reach everyone.
    private static readonly ValidatorNodeOptions Unhurried = new() { Validator = new ValidatorOptions { SlotMilliseconds = 5_000 } };

    [Fact]
    public async Task Ten_senders_of_200_transactions_each_drain_with_no_outside_push_and_no_empty_block()
    {
        ImmutableArray<PrivateKey> senders = [.. Enumerable.Range(0, Senders).Select(static index => TestChain.Key($"sender {index}"))];
        await RunAsync(senders, async nodes =>
        {
            await Task.WhenAll(senders.Select((sender, index) => SendAsync(nodes[index % nodes.Length], sender)));
            AssertDrained(nodes);
        });
    }

    [Fact]
    public async Task What_was_accepted_is_sealed_though_the_nodes_stop_in_the_middle_and_start_again()
    {
        ImmutableArray<PrivateKey> senders = [.. Enumerable.Range(0, Senders).Select(static index => TestChain.Key($"sender {index}"))];
        await RunAsync(senders, async nodes =>
        {
            Transaction[] last = await Task.WhenAll(senders.Select((sender, index) => SubmitAsync(nodes[index % nodes.Length], sender)));
            for (int index = 0; index < nodes.Length; index++)
                await nodes[index].StopAsync(NodeNetwork.Token);

            var hub = new InProcessHub();
            for (int index = 0; index < nodes.Length; index++)
            {
                nodes[index] = Node(TestChain.Authorities(3)[index], nodes[index].Chain, hub);
                await nodes[index].StartAsync(NodeNetwork.Token);
            }

            await Task.WhenAll(last.SelectMany(transaction => nodes.Select(node => node.WaitForTransactionAsync(transaction.Hash, NodeNetwork.Token))));
            AssertDrained(nodes);
        });
    }

    private static async Task RunAsync(ImmutableArray<PrivateKey> senders, Func<ValidatorNode[], Task> test)
    {
        var hub = new InProcessHub();
        Genesis genesis = TestChain.GenesisOf(3, new ChainSpec { ChainId = 202211, CliquePeriodSeconds = 0 }, senders);
        ValidatorNode[] nodes = [.. TestChain.Authorities(3).Select(key => Node(key, Open(genesis), hub))];
        foreach (ValidatorNode node in nodes)
            await node.StartAsync(NodeNetwork.Token);

        try
        {
            await test(nodes).WaitAsync(TimeSpan.FromMinutes(5));
        }
        finally
        {
            foreach (ValidatorNode node in nodes)
                await node.DisposeAsync();
        }
    }

    private static Blockchain Open(Genesis genesis) => Blockchain.Open(new MemoryStore(), genesis, new CliqueEngine(genesis.Spec));

    private static ValidatorNode Node(PrivateKey key, Blockchain chain, InProcessHub hub) =>
        new(key, chain, (CliqueEngine)chain.Engine, hub.CreateTransport(), Unhurried);

    private static async Task SendAsync(ValidatorNode node, PrivateKey sender)
    {
        Transaction? last = null;
        foreach (Transaction transaction in Transfers(sender))
        {
            Assert.True((await node.SubmitAsync([transaction.Encoded], NodeNetwork.Token)).Single().IsValid);
            last = transaction;
        }

        await node.WaitForTransactionAsync(last!.Hash, NodeNetwork.Token);
    }

    private static async Task<Transaction> SubmitAsync(ValidatorNode node, PrivateKey sender)
    {
        Transaction[] transfers = [.. Transfers(sender)];
        ImmutableArray<ValidationResult> verdicts = await node.SubmitAsync(transfers.Select(static transfer => (ReadOnlyMemory<byte>)transfer.Encoded), NodeNetwork.Token);
        Assert.All(verdicts, static verdict => Assert.True(verdict.IsValid, verdict.ToString()));
        return transfers[^1];
    }

    private static IEnumerable<Transaction> Transfers(PrivateKey sender) =>
        Enumerable.Range(0, EachSends).Select(nonce => TestChain.Transfer(sender, (ulong)nonce, TestChain.Key("recipient").Address, value: 1));

    private static void AssertDrained(ValidatorNode[] nodes)
    {
        Block[] blocks = [.. nodes[0].Chain.Blocks(from: 1)];
        Assert.Equal(Senders * EachSends, blocks.Sum(static block => block.Transactions.Length));
        Assert.All(blocks, static block => Assert.NotEmpty(block.Transactions));
    }
}
