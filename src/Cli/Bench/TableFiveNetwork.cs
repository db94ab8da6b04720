using System.Collections.Immutable;
using System.Diagnostics;
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

/// <summary>Running validators of one process and their only user, on a number of threads in all: what a cell of Table V measures.</summary>
internal sealed class TableFiveNetwork : IAsyncDisposable
{
    /// <summary>Blocks of one transaction each in a run.</summary>
    public const int BlocksPerRun = 10;

    private const ulong ChainId = 202211;
    private const ulong Gwei = 1_000_000_000;

    private readonly TaskScheduler _scheduler;
    private readonly PrivateKey _user = PrivateKey.Generate();
    private readonly ImmutableArray<PrivateKey> _keys;
    private readonly List<IKeyValueStore> _stores = [];
    private readonly List<ValidatorNode> _nodes = [];
    private ulong _nonce;

    private TableFiveNetwork(int validators, int threads)
    {
        _scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        _keys = [.. Enumerable.Range(0, validators).Select(static _ => PrivateKey.Generate())];
    }

    /// <summary>How many blocks so far were sealed by another than the one whose turn it was.</summary>
    public int BlocksOutOfTurn => _nodes[0].Chain.Blocks(from: 1).Count(static block => block.Header.Difficulty == CliqueEngine.OutOfTurnDifficulty);

    /// <summary>Starts a network.</summary>
    /// <param name="validators">How many validators.</param>
    /// <param name="threads">Threads for all of them and the user together.</param>
    /// <param name="openStore">Opens an empty store for each; the network disposes of it.</param>
    public static async Task<TableFiveNetwork> StartAsync(int validators, int threads, Func<int, IKeyValueStore> openStore)
    {
        var network = new TableFiveNetwork(validators, threads);
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

    /// <summary>Ten times, one after the other: signs a transaction, submits it to one validator, and waits until every validator has it in its chain.</summary>
    /// <returns>How long it took.</returns>
    public Task<TimeSpan> RunAsync() =>
        Task.Factory.StartNew(RunOnSchedulerAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();

    public async ValueTask DisposeAsync()
    {
        foreach (ValidatorNode node in _nodes)
            await node.DisposeAsync().ConfigureAwait(false);

        foreach (IKeyValueStore store in _stores)
            store.Dispose();

        foreach (PrivateKey key in _keys.Add(_user))
            key.Dispose();
    }

    // What is awaited goes on on the scheduler: the user has no thread of its own.
    private async Task<TimeSpan> RunOnSchedulerAsync()
    {
        ulong before = _nodes[0].Chain.Head.Header.Number;
        long start = Stopwatch.GetTimestamp();
        for (int block = 0; block < BlocksPerRun; block++)
        {
            Transaction transaction = SignNext();
            Require((await _nodes[0].SubmitAsync([transaction.Encoded]).ConfigureAwait(true)).Single());
            await Task.WhenAll(_nodes.Select(node => node.WaitForTransactionAsync(transaction.Hash))).ConfigureAwait(true);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        ulong after = _nodes[0].Chain.Head.Header.Number;
        return after == before + BlocksPerRun
            ? elapsed
            : throw new InvalidOperationException($"{BlocksPerRun} transactions, one after the other, gave {after - before} blocks.");
    }

    private static void Require(ValidationResult verdict)
    {
        if (!verdict.IsValid)
            throw new InvalidOperationException($"A validator refuses a transaction: {verdict}");
    }

    private Transaction SignNext() => new UnsignedTransaction
    {
        ChainId = ChainId,
        Nonce = _nonce++,
        MaxPriorityFeePerGas = Gwei,
        MaxFeePerGas = 10 * Gwei,
        GasLimit = 21_000,
        To = _keys[0].Address,
        Value = UInt256.One,
    }.Sign(_user);

    private Genesis CreateGenesis() => new()
    {
        Spec = new ChainSpec { ChainId = ChainId },
        Timestamp = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        ExtraData = CliqueExtraData.ForGenesis(_keys.Select(static key => key.Address)),
        Accounts = ImmutableSortedDictionary<Address, GenesisAccount>.Empty.Add(_user.Address, new GenesisAccount((UInt256)Gwei * Gwei * 1_000)),
    };

    private ValidatorNode CreateNode(int index, Genesis genesis, InProcessHub hub)
    {
        var engine = new CliqueEngine(genesis.Spec);
        Blockchain chain = Blockchain.Open(_stores[index], genesis, engine);
        return new ValidatorNode(_keys[index], chain, engine, hub.CreateTransport(), new ValidatorNodeOptions { Scheduler = _scheduler });
    }
}
