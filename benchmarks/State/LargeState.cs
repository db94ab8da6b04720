using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Benchmarks.State;

/// <summary>Import of a block of 200 transfers between accounts drawn at random, on a state of a thousand, a hundred thousand and a million accounts.</summary>
/// <remarks>
/// Senders are known to the importer, so that the state and not the signatures is measured. Each size runs in a process of its own, which opens a
/// store that another object made; at its end it prints the memory that is alive and the peak of the process.
/// </remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 10, iterationCount: 40, invocationCount: 1)]
public class LargeState
{
    private LargeStateChain _made = null!;
    private IKeyValueStore _store = null!;
    private Blockchain _chain = null!;
    private int _next;

    /// <summary>Where the state is: in memory the trie alone is measured, in SQLite the durable commit too.</summary>
    [Params(StateStore.Memory, StateStore.Sqlite)]
    public StateStore Store { get; set; }

    [Benchmark(Baseline = true)]
    public Hash256 Thousand() => ImportNext();

    [Benchmark]
    public Hash256 HundredThousand() => ImportNext();

    [Benchmark]
    public Hash256 Million() => ImportNext();

    [GlobalSetup(Target = nameof(Thousand))]
    public void SetupThousand() => Setup(1_000);

    [GlobalSetup(Target = nameof(HundredThousand))]
    public void SetupHundredThousand() => Setup(100_000);

    [GlobalSetup(Target = nameof(Million))]
    public void SetupMillion() => Setup(1_000_000);

    [GlobalCleanup]
    public void Cleanup()
    {
        long alive = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine($"// {_made.Accounts} accounts in {Store}: {_next} blocks imported, store of {_made.StoreBytes() >> 20} MB, {alive >> 20} MB alive on the managed heap");
        _store.Dispose();
        _made.Dispose();
    }

    private void Setup(int accounts)
    {
        _made = LargeStateChain.Make(accounts, blocks: 64, transfersPerBlock: 200);
        long start = Stopwatch.GetTimestamp();
        _store = Store == StateStore.Sqlite ? _made.OpenCopy() : _made.CopyToMemory();
        _chain = _made.OpenChain(_store);
        Console.WriteLine($"// {accounts} accounts in {Store}: opened in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:f0} ms");
    }

    private Hash256 ImportNext()
    {
        Block block = _made.Blocks[_next++];
        ImportResult result = _chain.Import(block, ulong.MaxValue, _made.FindSender);
        return result.Outcome == ImportOutcome.NewHead ? block.Hash : throw new InvalidOperationException($"{result.Outcome} {result.Verdict}");
    }
}

/// <summary>A store for the benchmark's state.</summary>
public enum StateStore
{
    Memory,
    Sqlite,
}
