using ScottPlot;
using SkiaSharp;

namespace DerChain.Cli.Report.Figures;

/// <summary>How the figures look. The colours are those of Okabe and Ito, which colour-blind readers can tell apart; besides, a schedule is
/// always a line and what happened is always a bar.</summary>
internal static class FigureStyle
{
    public const int WidthPixels = 960;
    public const int HeightPixels = 460;
    /// <summary>Space above the highest value for labels, as a share of it.</summary>
    public const double LabelSpace = 0.18;

    public const string FallbackFonts = "Arial, Helvetica, sans-serif";
    private const float TitleSize = 19;
    private const float LabelSize = 15;
    private const float TickSize = 15;

    public static readonly Color Ink = Color.FromHex("#1b1f24");
    public static readonly Color Actual = Color.FromHex("#56b4e9");
    public static readonly Color Scheduled = Color.FromHex("#1b1f24");
    public static readonly Color Missing = Color.FromHex("#d55e00");
    public static readonly Color ShortHour = Color.FromHex("#fbe6d8");

    // Three fonts of the same widths, so that the figure is the same on most machines and in most readers.
    private static readonly string[] Fonts = ["Liberation Sans", "Arial", "Helvetica"];

    /// <summary>An empty plot of a day's hours.</summary>
    /// <param name="title">Title.</param>
    /// <param name="valueLabel">What the vertical axis shows, with its unit.</param>
    /// <param name="hours">Number of hours.</param>
    public static Plot NewPlot(string title, string valueLabel, int hours) => NewPlot(
        title, valueLabel, "Hour of the day (hour ending)", [.. Enumerable.Range(1, hours).Select(static hour => hour.ToString(Numbers.Culture))]);

    /// <summary>An empty plot over places 1, 2, 3 and so on.</summary>
    /// <param name="title">Title.</param>
    /// <param name="valueLabel">What the vertical axis shows, with its unit.</param>
    /// <param name="placeLabel">What the horizontal axis shows.</param>
    /// <param name="places">Names of the places.</param>
    public static Plot NewPlot(string title, string valueLabel, string placeLabel, string[] places)
    {
        var plot = new Plot();
        plot.Title(title, TitleSize);
        plot.XLabel(placeLabel, LabelSize);
        plot.YLabel(valueLabel, LabelSize);
        plot.Axes.Color(Ink);
        plot.Axes.Bottom.TickLabelStyle.FontSize = TickSize;
        plot.Axes.Left.TickLabelStyle.FontSize = TickSize;
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(1, places.Length).Select(static place => (double)place)], places);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = Numbers.Whole };
        plot.Grid.XAxisStyle.IsVisible = false;
        if (Fonts.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) is { } font)
            plot.Font.Set(font);

        return plot;
    }

    /// <summary>Draws values as bars, one an hour.</summary>
    public static void AddBars(Plot plot, IEnumerable<Bar> bars, string legend, Color color)
    {
        var added = plot.Add.Bars(bars.ToList());
        added.LegendText = legend;
        added.Color = color;
    }

    /// <summary>Draws a schedule as a line that stays level for each hour.</summary>
    public static void AddSteps(Plot plot, IReadOnlyCollection<double> values, string legend)
    {
        double[] edges = [.. Enumerable.Range(0, values.Count + 1).Select(static hour => hour + 0.5)];
        var line = plot.Add.Scatter(edges, (double[])[.. values, values.Last()]);
        line.ConnectStyle = ConnectStyle.StepHorizontal;
        line.LegendText = legend;
        line.LineWidth = 3;
        line.MarkerSize = 0;
        line.Color = Scheduled;
    }

    /// <summary>Closes a plot: legend below, limits around the values and zero.</summary>
    public static void Finish(Plot plot, IEnumerable<double> values, int hours)
    {
        double[] all = [0, .. values];
        double margin = Math.Max(1, 0.04 * (all.Max() - all.Min()));
        plot.Axes.SetLimits(0.5, hours + 0.5, all.Min() < 0 ? all.Min() - margin : 0, all.Max() + margin);
        var zero = plot.Add.HorizontalLine(0, 1, Ink);
        zero.ExcludeFromLegend = true;
        AddLegend(plot);
    }

    /// <summary>Puts the legend below.</summary>
    public static void AddLegend(Plot plot)
    {
        plot.Legend.FontSize = TickSize;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Bottom);
    }
}
