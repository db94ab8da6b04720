using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Consensus.Validators;

namespace DerChain.Benchmarks.Consensus;

/// <summary>50 blocks of 200 transactions, imported into each of 5 and of 10 validators of one process with one thread and with two: each verifies every
/// signature and executes every transaction for itself.</summary>
/// <remarks>The bar of issue 4: two threads take at most 1 / 1.6 = 0.62 of the time of one, with the server's garbage collection, on a machine that is otherwise
/// quiet. The call is <see cref="InProcessNetwork.CatchUp"/>; the chains are in memory, so that no disk is waited for.</remarks>
[MemoryDiagnoser]
[GcServer(true)]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7, invocationCount: 1)]
public class ParallelImport
{
    private const int Blocks = 50;
    private const int TransactionsPerBlock = 200;

    private ImportChain _made = null!;
    private InProcessNetwork _network = null!;

    [Params(5, 10)]
    public int Validators { get; set; }

    [GlobalSetup]
    public void Setup() => _made = ImportChain.Make(Blocks, TransactionsPerBlock);

    [GlobalCleanup]
    public void Cleanup() => _made.Dispose();

    [IterationSetup(Target = nameof(OneThread))]
    public void SetupOneThread() => _network = _made.CreateNetwork(Validators, threads: 1);

    [IterationSetup(Target = nameof(TwoThreads))]
    public void SetupTwoThreads() => _network = _made.CreateNetwork(Validators, threads: 2);

    [Benchmark(Baseline = true)]
    public int OneThread() => Import();

    [Benchmark]
    public int TwoThreads() => Import();

    private int Import()
    {
        _network.CatchUp(ImportChain.NowUnixMilliseconds);
        return _network.Validators.All(static validator => validator.Chain.Head.Header.Number == Blocks)
            ? Blocks
            : throw new InvalidOperationException("A validator did not catch up.");
    }
}
