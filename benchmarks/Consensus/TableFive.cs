using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Consensus;

/// <summary>The paper's Table V: ten transactions, one after the other, each in a block of its own, until every validator has it.</summary>
/// <remarks>The same measurement as <c>derchain bench table5</c>, which prints it beside Geth's and the paper's figures. The bars of issue 4, in memory with two
/// threads: 20 times faster than Geth with 10 validators, 10 times with 3 and 5, 5 times with 2.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 40, iterationCount: 30, invocationCount: 1)]
public class TableFive
{
    private StoreFolder _folder = null!;
    private TableFiveNetwork _network = null!;

    /// <summary>The numbers of threads that this machine has.</summary>
    public static IEnumerable<int> ThreadsOfThisMachine => TableFiveGrid.Threads;

    /// <summary>The paper's numbers of miners.</summary>
    public static IEnumerable<int> ValidatorsOfThePaper => TableFiveReference.Validators;

    [Params(ChainPlace.Memory, ChainPlace.LiteDb)]
    public ChainPlace Store { get; set; }

    [ParamsSource(nameof(ThreadsOfThisMachine))]
    public int Threads { get; set; }

    [ParamsSource(nameof(ValidatorsOfThePaper))]
    public int Validators { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _folder = new StoreFolder();
        TableFiveStore store = Store == ChainPlace.Memory ? TableFiveStore.Memory : TableFiveStore.LiteDb;
        _network = await TableFiveNetwork.StartAsync(Validators, Threads, index => _folder.Open(store, index)).ConfigureAwait(false);
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _network.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }

    [Benchmark]
    public Task<TimeSpan> TenBlocks() => _network.RunAsync();
}

/// <summary>Where the chains of a benchmark are.</summary>
public enum ChainPlace
{
    Memory,
    LiteDb,
}
