namespace DerChain.Cli.Bench;

/// <summary>A cell of Table V: its settings and the seconds that its runs took.</summary>
/// <param name="Store">Where the chains are.</param>
/// <param name="Validators">How many validators.</param>
/// <param name="Threads">Threads for all of them and the user together.</param>
/// <param name="Seconds">What the runs took.</param>
/// <param name="BlocksOutOfTurn">Blocks of all runs that another sealed than the one whose turn it was.</param>
internal sealed record TableFiveCell(TableFiveStore Store, int Validators, int Threads, Spread Seconds, int BlocksOutOfTurn)
{
    /// <summary>Measures a cell.</summary>
    /// <param name="store">Where the chains are.</param>
    /// <param name="validators">How many validators.</param>
    /// <param name="threads">Threads for all of them and the user together.</param>
    /// <param name="warmUp">Runs that are not counted.</param>
    /// <param name="runs">Runs that are, at least 1.</param>
    /// <param name="cancellation">Ends it between two runs.</param>
    public static async Task<TableFiveCell> MeasureAsync(
        TableFiveStore store, int validators, int threads, int warmUp, int runs, CancellationToken cancellation)
    {
        using var folder = new StoreFolder();
        await using TableFiveNetwork network = await TableFiveNetwork.StartAsync(validators, threads, index => folder.Open(store, index)).ConfigureAwait(false);
        var seconds = new List<double>();
        for (int run = -warmUp; run < runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            TimeSpan elapsed = await network.RunAsync().ConfigureAwait(false);
            if (run >= 0)
                seconds.Add(elapsed.TotalSeconds);
        }

        return new TableFiveCell(store, validators, threads, Spread.Of(seconds), network.BlocksOutOfTurn);
    }

    /// <summary>The signatures of a run alone, spread evenly over the threads: each transaction is signed once and recovered by each validator, each block
    /// sealed once and its seal recovered by all others.</summary>
    public double SignatureSeconds(SignatureCost cost) =>
        TableFiveNetwork.BlocksPerRun * (2 * cost.Sign + (2 * Validators - 1) * cost.Recover) / Threads;
}
