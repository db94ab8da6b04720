using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Transports;

namespace DerChain.Cli.Bench;

/// <summary>Running validators of one process and their users, on a number of threads in all; period 0.</summary>
internal sealed class BenchNetwork : IAsyncDisposable
{
    private const ulong ChainId = 202211;
    private const ulong Gwei = 1_000_000_000;

    private readonly TaskScheduler _scheduler;
    private readonly ImmutableArray<PrivateKey> _keys;
    private readonly List<IKeyValueStore> _stores = [];
    private readonly List<ValidatorNode> _nodes = [];

    private BenchNetwork(int validators, int threads, int users)
    {
        _scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        _keys = CreateKeys(validators);
        Users = CreateKeys(users);
    }

    /// <summary>The validators.</summary>
    public IReadOnlyList<ValidatorNode> Nodes => _nodes;

    /// <summary>Accounts with money.</summary>
    public ImmutableArray<PrivateKey> Users { get; }

    /// <summary>Starts a network.</summary>
    /// <param name="validators">How many validators.</param>
    /// <param name="threads">Threads for all of them and the users together.</param>
    /// <param name="users">How many users.</param>
    /// <param name="openStore">Opens an empty store for each validator; the network disposes of it.</param>
    public static async Task<BenchNetwork> StartAsync(int validators, int threads, int users, Func<int, IKeyValueStore> openStore)
    {
        var network = new BenchNetwork(validators, threads, users);
        try
        {
            Genesis genesis = network.CreateGenesis();
            var hub = new InProcessHub();
            for (int index = 0; index < validators; index++)
            {
                network._stores.Add(openStore(index));
                ValidatorNode node = network.CreateNode(index, genesis, hub);
                network._nodes.Add(node);
                await node.StartAsync().ConfigureAwait(false);
            }

            return network;
        }
        catch
        {
            await network.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A transfer of 1 wei.</summary>
    public Transaction SignTransfer(PrivateKey user, ulong nonce) => new UnsignedTransaction
    {
        ChainId = ChainId,
        Nonce = nonce,
        MaxPriorityFeePerGas = Gwei,
        MaxFeePerGas = 10 * Gwei,
        GasLimit = 21_000,
        To = _keys[0].Address,
        Value = UInt256.One,
    }.Sign(user);

    /// <summary>Runs what users do on the threads of the network: what is awaited there goes on on them.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();

    /// <summary>Submits a transaction to a validator, which has to accept it.</summary>
    public static async Task SubmitAsync(ValidatorNode node, Transaction transaction)
    {
        ValidationResult verdict = (await node.SubmitAsync([transaction.Encoded]).ConfigureAwait(true)).Single();
        if (!verdict.IsValid)
            throw new InvalidOperationException($"A validator refuses a transaction: {verdict}");
    }

    /// <summary>Waits until every validator has a transaction in its chain.</summary>
    public Task WaitForAllAsync(Hash256 transactionHash) => Task.WhenAll(_nodes.Select(node => node.WaitForTransactionAsync(transactionHash)));

    public async ValueTask DisposeAsync()
    {
        foreach (ValidatorNode node in _nodes)
            await node.DisposeAsync().ConfigureAwait(false);

        foreach (IKeyValueStore store in _stores)
            store.Dispose();

        foreach (PrivateKey key in _keys.Concat(Users))
            key.Dispose();
    }

    private static ImmutableArray<PrivateKey> CreateKeys(int count) => [.. Enumerable.Range(0, count).Select(static _ => PrivateKey.Generate())];

    private Genesis CreateGenesis() => new()
    {
        Spec = new ChainSpec { ChainId = ChainId },
        Timestamp = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        ExtraData = CliqueExtraData.ForGenesis(_keys.Select(static key => key.Address)),
        Accounts = Users.ToImmutableSortedDictionary(static user => user.Address, static _ => new GenesisAccount((UInt256)Gwei * Gwei * 1_000)),
    };

    private ValidatorNode CreateNode(int index, Genesis genesis, InProcessHub hub)
    {
        var engine = new CliqueEngine(genesis.Spec);
        Blockchain chain = Blockchain.Open(_stores[index], genesis, engine);
        return new ValidatorNode(_keys[index], chain, engine, hub.CreateTransport(), new ValidatorNodeOptions { Scheduler = _scheduler });
    }
}
