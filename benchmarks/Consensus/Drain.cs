using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Chain.Blocks;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Consensus;

/// <summary>Ten senders of 200 transactions each, side by side, on running validators in memory, until every validator has them all: the time of one transaction.</summary>
/// <remarks>Each sender hands its transactions to a validator of its own choice, one after the other; they were signed before. At the end no block may be empty and
/// each transaction is in exactly one. Geth v1.9.6 with one sealer took 1,620 to 1,780 transactions a second on two cores on which BouncyCastle recovered a
/// signature in 184 µs.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 3, iterationCount: 15, invocationCount: 1)]
public class Drain
{
    private const int Senders = 10;
    private const int TransactionsEach = 200;

    private BenchNetwork _network = null!;
    private Transaction[][] _signed = null!;
    private ulong _nonce;

    [Params(1, 3, 5)]
    public int Validators { get; set; }

    [GlobalSetup]
    public async Task Setup() =>
        _network = await BenchNetwork.StartAsync(Validators, Environment.ProcessorCount, Senders, static _ => new MemoryStore()).ConfigureAwait(false);

    [IterationSetup]
    public void Sign()
    {
        _signed =
        [
            .. _network.Users.Select(user => Enumerable.Range(0, TransactionsEach).Select(index => _network.SignTransfer(user, _nonce + (ulong)index)).ToArray()),
        ];
        _nonce += TransactionsEach;
    }

    [Benchmark(OperationsPerInvoke = Senders * TransactionsEach)]
    public Task<bool> TenSendersOf200() => _network.RunAsync(async () =>
    {
        await Task.WhenAll(_signed.Select(SendAsync)).ConfigureAwait(true);
        foreach (Transaction[] transactions in _signed)
            await _network.WaitForAllAsync(transactions[^1].Hash).ConfigureAwait(true);

        return true;
    });

    [GlobalCleanup]
    public async Task Cleanup()
    {
        Block[] blocks = [.. _network.Nodes[0].Chain.Blocks(from: 1)];
        int transactions = blocks.Sum(static block => block.Transactions.Length);
        int empty = blocks.Count(static block => block.Transactions.IsEmpty);
        Console.WriteLine($"// {Validators} validators: {transactions} transactions in {blocks.Length} blocks, {empty} empty");
        await _network.DisposeAsync().ConfigureAwait(false);
        if (empty > 0 || transactions != (int)_nonce * Senders)
            throw new InvalidOperationException($"{_nonce * Senders} transactions were sent; the chain has {transactions}, and {empty} empty blocks.");
    }

    private async Task SendAsync(Transaction[] transactions, int sender)
    {
        foreach (Transaction transaction in transactions)
            await BenchNetwork.SubmitAsync(_network.Nodes[sender % _network.Nodes.Count], transaction).ConfigureAwait(true);
    }
}
