using System.Collections.Concurrent;
using System.Globalization;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests;

/// <summary>Many seeds, each a consortium of its own under faults of its own. A failure says how to replay its seed.</summary>
public sealed class SeedTests
{
    private const ulong Seeds = 1_000;
    private const ulong SeedsInFull = 10_000;
    private const ulong BlocksOfLongRun = 1_000;

    [Fact]
    public void Every_seed_keeps_every_property()
    {
        if (Environment.GetEnvironmentVariable("DERCHAIN_SIMULATION_SEED") is { Length: > 0 } named)
        {
            RunAll(Range(named), OptionsOf);
            return;
        }

        ulong count = Environment.GetEnvironmentVariable("DERCHAIN_FULL") == "1" ? SeedsInFull : Seeds;
        if (Number("DERCHAIN_SIMULATION_BLOCKS") is null)
            RunAll([.. Enumerable.Range(1, (int)count).Select(static number => (ulong)number)], OptionsOf);
    }

    // By hand: seeds of 1,000 blocks each until there are so many.
    [Fact]
    public void A_long_run_keeps_every_property()
    {
        if (Number("DERCHAIN_SIMULATION_BLOCKS") is { } blocks)
            RunAll([.. Enumerable.Range(1, (int)((blocks + BlocksOfLongRun - 1) / BlocksOfLongRun)).Select(static number => (ulong)number)], LongOptionsOf);
        else
            RunAll([1], static seed => OptionsOf(seed) with { Blocks = 1_000, HealAtBlock = 900 });
    }

    // Seeds that found something once. They stay, also where other draws have made another run of them.
    [Fact]
    public void Seeds_that_failed_once_keep_every_property() => RunAll(
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "seeds.txt"))
            .Select(static line => line.Split('#')[0].Trim())
            .Where(static line => line.Length > 0)
            .Select(static line => ulong.Parse(line, CultureInfo.InvariantCulture))],
        OptionsOf);

    private static SimulationOptions OptionsOf(ulong seed) => SimulationOptions.FromSeed(seed);

    private static SimulationOptions LongOptionsOf(ulong seed)
    {
        SimulationOptions options = OptionsOf(seed);
        return options with
        {
            Blocks = BlocksOfLongRun,
            HealAtBlock = BlocksOfLongRun - 100,
            HealAfterMilliseconds = options.HealAfterMilliseconds * BlocksOfLongRun / options.Blocks,
        };
    }

    // Each simulation has one thread; several run side by side.
    private static void RunAll(List<ulong> seeds, Func<ulong, SimulationOptions> optionsOf)
    {
        var results = new ConcurrentBag<(SimulationOptions Options, SimulationResult Result)>();
        var failures = new ConcurrentBag<SimulationFailedException>();
        Parallel.ForEach(
            Partitioner.Create(seeds.ToArray(), loadBalance: true),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                try
                {
                    SimulationOptions options = optionsOf(seed);
                    results.Add((options, SeededSimulation.Run(options, seed)));
                }
                catch (SimulationFailedException failure)
                {
                    failures.Add(failure);
                }
            });
        Report(results);
        Assert.True(
            failures.IsEmpty,
            $"Seeds that failed: {string.Join(", ", failures.Select(static failure => failure.Seed).Order())}. The first:{Environment.NewLine}{failures.MinBy(static failure => failure.Seed)?.Message}");
        Assert.Equal(seeds.Count, results.Count);
        Assert.All(results, static run => Assert.True(run.Result.Blocks >= 300 && run.Result.Blocks >= run.Options.Blocks));
    }

    private static void Report(ConcurrentBag<(SimulationOptions Options, SimulationResult Result)> runs)
    {
        (SimulationOptions Options, SimulationResult Result)[] calm = [.. runs.Where(static run => run.Options.KeepsTurns)];
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {runs.Count} seeds, {runs.Sum(static run => (long)run.Result.AdoptedBlocks)} blocks, {runs.Sum(static run => (long)run.Result.Events)} events,
            {runs.Sum(static run => (long)run.Result.Messages)} messages, {runs.Sum(static run => (long)run.Result.Transactions)} transactions,
            {runs.Sum(static run => (long)run.Result.Crashes)} crashes, {runs.Sum(static run => (long)run.Result.Disconnections)} disconnections;
            {runs.Sum(static run => (long)run.Result.Reorganisations)} reorganisations, the deepest of {runs.Select(static run => run.Result.DeepestReorganisation).DefaultIfEmpty().Max()} blocks,
            {runs.Sum(static run => (long)run.Result.Conflicts)} finality conflicts in {runs.Count(static run => run.Result.Conflicts > 0)} runs, {runs.Sum(static run => (long)run.Result.SealedAgain)} heights sealed again;
            {runs.Count(static run => run.Options.KeepsFinalityAssumption)} runs keep the finality assumption, {calm.Length} the turns:
            of those {calm.Sum(static run => (long)run.Result.InTurnBlocks)} of {calm.Sum(static run => (long)run.Result.AdoptedBlocks)} blocks in turn, {calm.Sum(static run => (long)run.Result.Reorganisations)} reorganisations.
            """));
    }

    // "17", or "1001-2000".
    private static List<ulong> Range(string text)
    {
        ulong[] ends = [.. text.Split('-').Select(static part => ulong.Parse(part, CultureInfo.InvariantCulture))];
        var seeds = new List<ulong>();
        for (ulong seed = ends[0]; seed <= ends[^1]; seed++)
            seeds.Add(seed);

        return seeds;
    }

    private static ulong? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
