using System.Diagnostics;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Bench;

/// <summary>A network with one user: what a cell of Table V measures.</summary>
internal sealed class TableFiveNetwork : IAsyncDisposable
{
    /// <summary>Blocks of one transaction each in a run.</summary>
    public const int BlocksPerRun = 10;

    private readonly BenchNetwork _network;
    private ulong _nonce;

    private TableFiveNetwork(BenchNetwork network) => _network = network;

    /// <summary>How many blocks so far were sealed by another than the one whose turn it was.</summary>
    public int BlocksOutOfTurn =>
        _network.Nodes[0].Chain.Blocks(from: 1).Count(static block => block.Header.Difficulty == CliqueEngine.OutOfTurnDifficulty);

    /// <summary>Starts a network.</summary>
    /// <param name="validators">How many validators.</param>
    /// <param name="threads">Threads for all of them and the user together.</param>
    /// <param name="openStore">Opens an empty store for each; the network disposes of it.</param>
    public static async Task<TableFiveNetwork> StartAsync(int validators, int threads, Func<int, IKeyValueStore> openStore) =>
        new(await BenchNetwork.StartAsync(validators, threads, users: 1, openStore).ConfigureAwait(false));

    /// <summary>Ten times, one after the other: signs a transaction, submits it to one validator, and waits until every validator has it in its chain.</summary>
    /// <returns>How long it took.</returns>
    public Task<TimeSpan> RunAsync() => _network.RunAsync(RunOnNetworkAsync);

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    private async Task<TimeSpan> RunOnNetworkAsync()
    {
        ulong before = Height;
        long start = Stopwatch.GetTimestamp();
        for (int block = 0; block < BlocksPerRun; block++)
        {
            Transaction transaction = _network.SignTransfer(_network.Users[0], _nonce++);
            await BenchNetwork.SubmitAsync(_network.Nodes[0], transaction).ConfigureAwait(true);
            await _network.WaitForAllAsync(transaction.Hash).ConfigureAwait(true);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return Height == before + BlocksPerRun
            ? elapsed
            : throw new InvalidOperationException($"{BlocksPerRun} transactions, one after the other, gave {Height - before} blocks.");
    }

    private ulong Height => _network.Nodes[0].Chain.Head.Header.Number;
}
