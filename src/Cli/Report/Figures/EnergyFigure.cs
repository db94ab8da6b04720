using ScottPlot;

namespace DerChain.Cli.Report.Figures;

/// <summary>Traded against actual energy of the aggregation by hour, consumption positive: the paper's Figure 4.</summary>
internal static class EnergyFigure
{
    public static FigureSvg Draw(DayReport report)
    {
        double[] traded = [.. report.Hours.Select(static hour => hour.Hour.TradedKw)];
        double[] actual = [.. report.Hours.Select(static hour => hour.Hour.ActualKw)];
        Plot plot = FigureStyle.NewPlot(
            "Traded and actual energy consumption (the paper's Figure 4)", "Mean power (kW), consumption positive", traded.Length);
        IEnumerable<Bar> bars = actual.Select(static (kw, index) => new Bar { Position = index + 1, Value = kw, LineWidth = 0 });
        FigureStyle.AddBars(plot, bars, "Actual: metered", FigureStyle.Actual);
        FigureStyle.AddSteps(plot, traded, "Traded: day-ahead award");
        FigureStyle.Finish(plot, traded.Concat(actual), traded.Length);
        return FigureSvg.Of(plot, "figure4", Describe(report));
    }

    private static string Describe(DayReport report) =>
        "Power of the aggregation by hour: a line for what was traded day-ahead, bars for what was metered. The two differ by "
        + $"{Numbers.Whole(report.Result.MeanAbsoluteEnergyErrorKw)} kW in the mean over the hours. The hourly table holds the values.";
}
