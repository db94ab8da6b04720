using DerChain.Market.Verification;
using ScottPlot;

namespace DerChain.Cli.Report.Figures;

/// <summary>Rewarded against delivered spinning reserve by hour, with what is missing in the short hours: the paper's Figure 5.</summary>
internal static class ReserveFigure
{
    public static FigureSvg Draw(DayReport report)
    {
        double[] awarded = [.. report.Hours.Select(static hour => hour.Hour.AwardedReserveKw)];
        Plot plot = FigureStyle.NewPlot(
            "Rewarded and delivered spinning reserve (the paper's Figure 5)", "Mean spinning reserve (kW)", awarded.Length);
        if (!report.ShortHours.IsEmpty)
            AddMissing(plot, report);

        FigureStyle.AddBars(plot, report.Hours.Select(Delivered), "Delivered", FigureStyle.Actual);
        FigureStyle.AddSteps(plot, awarded, "Rewarded: awarded and paid for");
        FigureStyle.Finish(plot, [.. awarded, awarded.Max() * (1 + FigureStyle.LabelSpace)], awarded.Length);
        return FigureSvg.Of(plot, "figure5", Describe(report));
    }

    private static Bar Delivered(ReportHour hour) =>
        new() { Position = hour.Hour.HourEnding, Value = hour.Hour.DeliveredReserveKw, LineWidth = 0 };

    private static void AddMissing(Plot plot, DayReport report)
    {
        double top = report.Hours.Max(static hour => hour.Hour.AwardedReserveKw);
        foreach (HourResult hour in report.ShortHours.Select(static row => row.Hour))
        {
            var band = plot.Add.HorizontalSpan(hour.HourEnding - 0.5, hour.HourEnding + 0.5, FigureStyle.ShortHour);
            band.LineWidth = 0;
            var label = plot.Add.Text($"▼\n{Numbers.Whole(hour.ShortReserveKw)}", hour.HourEnding, top * (1 + FigureStyle.LabelSpace));
            label.LabelFontColor = FigureStyle.Ink;
            label.LabelFontSize = 15;
            label.LabelAlignment = Alignment.UpperCenter;
        }

        FigureStyle.AddBars(plot, report.ShortHours.Select(Missing), "▼ Not delivered", FigureStyle.Missing);
    }

    private static Bar Missing(ReportHour hour) => new()
    {
        Position = hour.Hour.HourEnding,
        ValueBase = hour.Hour.DeliveredReserveKw,
        Value = hour.Hour.AwardedReserveKw,
        LineWidth = 0,
    };

    private static string Describe(DayReport report)
    {
        string shortHours = string.Join(", ", report.ShortHours.Select(static row =>
            $"hour {row.Hour.HourEnding} by {Numbers.Whole(row.Hour.ShortReserveKw)} of {Numbers.Whole(row.Hour.AwardedReserveKw)} kW"));
        return "Spinning reserve by hour: a line for what was awarded, bars for what was delivered. "
            + (report.ShortHours.IsEmpty ? "No hour is short." : $"Short: {shortHours}.");
    }
}
