using DerChain.Cli.Report;
using DerChain.Cli.Report.Figures;
using ScottPlot;

namespace DerChain.Cli.Bench;

/// <summary>Table V as a figure: the time of ten blocks by validators, on a logarithmic scale, beside Geth's and the paper's.</summary>
internal static class TableFiveFigure
{
    // The palette of the other figures, then more of Okabe and Ito's.
    private static readonly Color[] Lines = [FigureStyle.Actual, FigureStyle.Missing, Color.FromHex("#009e73"), Color.FromHex("#cc79a7"), Color.FromHex("#e69f00")];

    public static FigureSvg Svg(TableFiveGrid grid) => FigureSvg.Of(Draw(grid), "table5", Describe(grid));

    public static byte[] Png(TableFiveGrid grid) => Draw(grid).GetImageBytes(FigureStyle.WidthPixels, FigureStyle.HeightPixels, ImageFormat.Png);

    private static Plot Draw(TableFiveGrid grid)
    {
        IReadOnlyList<int> validators = TableFiveReference.Validators;
        string[] names = [.. validators.Select(static count => count.ToString(Numbers.Culture))];
        Plot plot = FigureStyle.NewPlot("Time for ten blocks of one transaction (the paper's Table V)", "Seconds", "Validators", names);
        foreach (int threads in TableFiveReference.PaperThreads.TakeLast(1))
            AddLine(plot, [.. validators.Select(count => TableFiveReference.Paper(threads, count))], $"Paper, {threads} threads", FigureStyle.Scheduled, MarkerShape.OpenSquare);

        AddLine(plot, [.. validators.Select(count => TableFiveReference.GethSeconds(count, grid.Signatures.BouncyCastleRecover))], "Geth, scaled", FigureStyle.Scheduled, MarkerShape.FilledSquare);
        foreach ((int index, var cells) in grid.Cells.GroupBy(static cell => (cell.Store, cell.Threads)).Index())
        {
            string threads = Wording.Plural(cells.Key.Threads, "thread", "threads");
            MarkerShape marker = cells.Key.Store == TableFiveStore.Memory ? MarkerShape.FilledCircle : MarkerShape.FilledTriangleUp;
            AddLine(plot, [.. cells.Select(static cell => cell.Seconds.Median)], $"{TableFiveText.Name(cells.Key.Store)}, {threads}", Lines[index % Lines.Length], marker);
        }

        FinishLogarithmic(plot, validators.Count, grid.Cells.Min(static cell => cell.Seconds.Median));
        return plot;
    }

    private static void AddLine(Plot plot, double[] seconds, string legend, Color color, MarkerShape marker)
    {
        double[] places = [.. Enumerable.Range(1, seconds.Length).Select(static place => (double)place)];
        var line = plot.Add.Scatter(places, (double[])[.. seconds.Select(Math.Log10)]);
        line.LegendText = legend;
        line.Color = color;
        line.LineWidth = 3;
        line.MarkerShape = marker;
        line.MarkerSize = 9;
    }

    private static void FinishLogarithmic(Plot plot, int places, double least)
    {
        int lowest = Math.Min(-2, (int)Math.Floor(Math.Log10(least)));
        double[] powers = [.. Enumerable.Range(lowest, 3 - lowest).Select(static power => (double)power)];
        plot.Axes.Left.SetTicks(powers, [.. powers.Select(static power => Math.Pow(10, power).ToString("G3", Numbers.Culture))]);
        plot.Axes.SetLimits(0.7, places + 0.3, powers[0], powers[^1]);
        FigureStyle.AddLegend(plot);
    }

    private static string Describe(TableFiveGrid grid) =>
        "Seconds for ten blocks of one transaction by the number of validators, on a logarithmic scale. "
        + string.Join(' ', grid.Cells.Select(static cell => $"{TableFiveText.Line(cell)}."));
}
