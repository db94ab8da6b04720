using System.Collections.Immutable;

namespace DerChain.Cli.Bench;

/// <summary>Table V as measured on this machine.</summary>
/// <param name="Cells">The cells, by store, threads and validators.</param>
/// <param name="Signatures">What a signature cost: the median of measurements between the cells.</param>
/// <param name="WarmUp">Runs of each cell that were not counted.</param>
internal sealed record TableFiveGrid(ImmutableArray<TableFiveCell> Cells, SignatureCost Signatures, int WarmUp)
{
    /// <summary>The numbers of threads that this machine has.</summary>
    public static ImmutableArray<int> Threads => [.. TableFiveReference.Threads.Where(static threads => threads <= Environment.ProcessorCount)];

    /// <summary>The numbers of threads that this machine has not.</summary>
    public static ImmutableArray<int> ThreadsLeftOut => [.. TableFiveReference.Threads.Except(Threads)];

    /// <summary>Measures all cells.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="measured">Is told of each cell.</param>
    /// <param name="cancellation">Ends it between two runs.</param>
    public static async Task<TableFiveGrid> MeasureAsync(TableFiveSettings settings, Action<TableFiveCell> measured, CancellationToken cancellation)
    {
        var cells = ImmutableArray.CreateBuilder<TableFiveCell>();
        var costs = new List<SignatureCost>();
        foreach (TableFiveStore store in settings.Stores)
        {
            foreach (int threads in Threads)
            {
                foreach (int validators in TableFiveReference.Validators)
                {
                    costs.Add(SignatureCost.Measure());
                    TableFiveCell cell = await TableFiveCell.MeasureAsync(
                        store, validators, threads, settings.WarmUp, settings.Runs, cancellation).ConfigureAwait(false);
                    cells.Add(cell);
                    measured(cell);
                }
            }
        }

        return new TableFiveGrid(cells.ToImmutable(), SignatureCost.MedianOf(costs), settings.WarmUp);
    }

    /// <summary>Geth's time for a cell, scaled to this machine.</summary>
    public double Geth(TableFiveCell cell) => TableFiveReference.GethSeconds(cell.Validators, Signatures.BouncyCastleRecover);

    /// <summary>The paper's time for a cell; null where it has none.</summary>
    public static double? Paper(TableFiveCell cell) =>
        TableFiveReference.PaperThreads.Contains(cell.Threads) ? TableFiveReference.Paper(cell.Threads, cell.Validators) : null;

    /// <summary>How many times longer Geth took.</summary>
    public double Ratio(TableFiveCell cell) => Geth(cell) / cell.Seconds.Median;
}
