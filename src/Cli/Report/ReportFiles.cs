using System.Text;
using DerChain.Cli.Report.Figures;
using DerChain.Cli.Report.Page;
using DerChain.Cli.Run;

namespace DerChain.Cli.Report;

/// <summary>The files that a run leaves: <c>report.html</c>, <c>figure4.svg</c>, <c>figure5.svg</c>, <c>hours.csv</c> and
/// <c>report.json</c>.</summary>
/// <remarks>Two runs of the same day write the same bytes, but for the times that the run took (chain statistics on the page,
/// <c>timings</c> in JSON) and, from one machine to another, for the widths of the fonts that the figures are drawn with.</remarks>
internal static class ReportFiles
{
    /// <summary>The page, which names all the others.</summary>
    public const string PageName = "report.html";

    /// <summary>Writes all files; each is there whole or not at all.</summary>
    /// <param name="outcome">The run.</param>
    /// <param name="folder">Where to; it is made where it does not exist.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void Write(RunOutcome outcome, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var report = new DayReport(outcome);
        FigureSvg energy = EnergyFigure.Draw(report);
        FigureSvg reserve = ReserveFigure.Draw(report);
        Directory.CreateDirectory(folder);
        WriteText(folder, "figure4.svg", energy.ToXml());
        WriteText(folder, "figure5.svg", reserve.ToXml());
        WriteText(folder, "hours.csv", HoursCsv.Of(report));
        AtomicFile.Write(Path.Combine(folder, "report.json"), stream => ReportJson.Write(outcome, stream));
        WriteText(folder, PageName, ReportPage.Of(report, energy, reserve));
    }

    private static void WriteText(string folder, string name, string text) =>
        AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
