using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Benchmarks.Consensus;

/// <summary>A block of 1,000 transfers between 50 accounts, as it comes from another validator: decoded, verified, executed and stored in memory. Time and bytes
/// are of one transaction.</summary>
/// <remarks>The bar of issue 6: under 1.5 KB allocated a transaction.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 5, iterationCount: 20, invocationCount: 1)]
public class ImportBlock
{
    private const int Transactions = 1_000;
    private const int Warm = 2;

    private ImportChain _made = null!;
    private byte[][] _encoded = null!;
    private Dictionary<Hash256, Address> _senders = null!;
    private Blockchain _chain = null!;

    [GlobalSetup]
    public void Setup()
    {
        _made = ImportChain.Make(Warm + 1, Transactions);
        _encoded = [.. _made.Blocks.Select(static block => block.Encode())];
        _senders = _made.Blocks.SelectMany(static block => block.Transactions)
            .ToDictionary(static transaction => transaction.Hash, static transaction => transaction.RecoverSender()!.Value);
    }

    [GlobalCleanup]
    public void Cleanup() => _made.Dispose();

    [IterationSetup]
    public void OpenWarm()
    {
        _chain = _made.OpenEmpty(Environment.ProcessorCount);
        foreach (byte[] encoded in _encoded.AsSpan(0, Warm))
            Import(encoded);
    }

    [Benchmark(OperationsPerInvoke = Transactions)]
    public void DecodeAndImport() => Import(_encoded[Warm]);

    /// <summary>The same, where the importer has verified the transactions before, as a validator has those of its pool.</summary>
    [Benchmark(OperationsPerInvoke = Transactions)]
    public void ImportKnown() => Import(_encoded[Warm], hash => _senders[hash]);

    private void Import(byte[] encoded, Blockchain.SenderLookup? knownSenders = null)
    {
        Block.TryDecode(encoded, out Block? block);
        if (_chain.Import(block!, ImportChain.NowUnixMilliseconds / 1000, knownSenders).Outcome != ImportOutcome.NewHead)
            throw new InvalidOperationException("A block was not imported.");
    }
}
