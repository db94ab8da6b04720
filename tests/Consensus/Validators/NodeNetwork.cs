using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Transports;
using DerChain.Testing;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>Nodes of one process, on one thread, under a clock that the test moves.</summary>
internal sealed class NodeNetwork
{
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    private readonly Genesis _genesis;
    private readonly ValidatorNodeOptions _options;
    private ulong _nonce;

    public NodeNetwork(int count, int period = 0, ValidatorOptions? options = null, int epoch = 30_000, int? authorities = null)
    {
        var spec = new ChainSpec { ChainId = 202211, CliquePeriodSeconds = (ulong)period, CliqueEpochLength = (ulong)epoch };
        _genesis = TestChain.GenesisOf(authorities ?? count, spec, Alice);
        _options = new ValidatorNodeOptions { Validator = options ?? new ValidatorOptions(), TimeProvider = Time, Scheduler = Scheduler };
        Stores = [.. Enumerable.Range(0, count).Select(static _ => new MemoryStore())];
        Keys = TestChain.Authorities(count);
        Nodes = [.. Enumerable.Range(0, count).Select(index => Open(Keys[index], Stores[index]))];
    }

    public static PrivateKey Alice { get; } = TestChain.Key("alice");

    /// <summary>Ends with the run of the test.</summary>
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ManualTime Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds((long)TestChain.StartTime + 100));

    public ManualScheduler Scheduler { get; } = new();

    public InProcessHub Hub { get; } = new();

    public ImmutableArray<PrivateKey> Keys { get; }

    public ImmutableArray<MemoryStore> Stores { get; }

    public ValidatorNode[] Nodes { get; }

    public static Transaction Transfer(ulong nonce) => TestChain.Transfer(Alice, nonce, Recipient, value: 1);

    /// <summary>A network that runs.</summary>
    public static NodeNetwork Run(int count, int period = 0, ValidatorOptions? options = null, int epoch = 30_000)
    {
        var network = new NodeNetwork(count, period, options, epoch);
        foreach (ValidatorNode node in network.Nodes)
            network.Do(node.StartAsync(Token));

        return network;
    }

    /// <summary>A node of this network, not started.</summary>
    public ValidatorNode Open(PrivateKey key, IKeyValueStore store, IValidatorTransport? transport = null, BlockReference? checkpoint = null)
    {
        var engine = new CliqueEngine(_genesis.Spec, new CliqueEngineOptions { TrustedCheckpoint = checkpoint });
        return new ValidatorNode(key, Blockchain.Open(store, _genesis, engine), engine, transport ?? Hub.CreateTransport(), _options);
    }

    /// <summary>Waits for a task of a node.</summary>
    public void Do(Task task) => Scheduler.RunUntil(task);

    /// <summary>Stops a node, as by the end of its process.</summary>
    public void Stop(int index) => Do(Nodes[index].StopAsync(Token));

    /// <summary>Starts a node anew from its store.</summary>
    public void Restart(int index)
    {
        Nodes[index] = Open(Keys[index], Stores[index]);
        Do(Nodes[index].StartAsync(Token));
    }

    /// <summary>Lets time pass in steps of a tenth of a second.</summary>
    public void Pass(int seconds)
    {
        for (int step = 0; step < seconds * 10; step++)
        {
            Scheduler.RunUntilIdle();
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Scheduler.RunUntilIdle();
    }

    /// <summary>Submits the next transfer of Alice to a node, who must accept it.</summary>
    public Transaction Submit(int node)
    {
        Transaction transfer = Transfer(_nonce++);
        ValidationResult verdict = Scheduler.RunUntil(Nodes[node].SubmitAsync([transfer.Encoded], Token)).Single();
        Assert.True(verdict.IsValid, verdict.ToString());
        return transfer;
    }

    public void AssertEqualHeads(ulong number, params IEnumerable<int> except) => Assert.All(
        Nodes.Where((_, index) => !except.Contains(index)),
        node => Assert.Equal((number, Nodes.First().Chain.FindBlock(number)?.Hash), (node.Chain.Head.Header.Number, node.Chain.Head.Hash)));
}
