using System.Globalization;
using DerChain.Cli.Run;
using DerChain.Market.Verification;
using Spectre.Console;

namespace DerChain.Cli.Report;

/// <summary>The report on a console: the verdict, the hours, what is behind the short ones, and where to read on.</summary>
internal static class ConsoleReport
{
    private const int CausesPerHour = 3;

    private static readonly string[] Columns =
        ["Hour", "Traded", "Actual", "Awarded", "Shown", "Delivered", "Short", "No-Pay $", "Reserve"];

    private static readonly Style ShortHour = new(Color.DarkOrange3_1, decoration: Decoration.Bold);

    /// <summary>Writes the report: with colours and frames to a terminal, otherwise as plain lines that are never wrapped.</summary>
    /// <param name="outcome">The run.</param>
    /// <param name="console">Where to.</param>
    /// <param name="folder">Where <see cref="ReportFiles"/> are.</param>
    public static void Write(RunOutcome outcome, IAnsiConsole console, string folder)
    {
        ArgumentNullException.ThrowIfNull(console);
        var report = new DayReport(outcome);
        string page = Path.Combine(folder, ReportFiles.PageName);
        if (console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi)
            WriteStyled(report, console, page);
        else
            WritePlain(report, console.Profile.Out.Writer, page);
    }

    private static void WriteStyled(DayReport report, IAnsiConsole console, string page)
    {
        string style = report.ShortHours.IsEmpty ? "bold" : "bold darkorange3_1";
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[{style}]{VerdictText.Headline(report)}[/]");
        foreach (string remark in VerdictText.Remarks(report))
            console.WriteLine(remark);

        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Mean kW by hour, consumption positive") };
        foreach (string column in Columns)
            table.AddColumn(new TableColumn(column) { Alignment = column == Columns[^1] ? Justify.Left : Justify.Right, NoWrap = true });

        foreach (ReportHour hour in report.Hours)
            table.AddRow(Cells(hour).Select(cell => new Text(cell, hour.IsShort ? ShortHour : Style.Plain)));

        console.Write(table);
        foreach (string line in Closing(report, page))
            console.WriteLine(line);
    }

    private static void WritePlain(DayReport report, TextWriter writer, string page)
    {
        writer.WriteLine(VerdictText.Headline(report));
        foreach (string remark in VerdictText.Remarks(report))
            writer.WriteLine(remark);

        writer.WriteLine();
        writer.WriteLine("Mean kW by hour, consumption positive:");
        writer.WriteLine(PlainRow(Columns));
        foreach (ReportHour hour in report.Hours)
            writer.WriteLine(PlainRow(Cells(hour)));

        writer.WriteLine();
        foreach (string line in Closing(report, page))
            writer.WriteLine(line);
    }

    private static string[] Cells(ReportHour row)
    {
        HourResult hour = row.Hour;
        return
        [
            hour.HourEnding.ToString(Numbers.Culture),
            Numbers.Whole(hour.TradedKw),
            Numbers.Whole(hour.ActualKw),
            Numbers.Whole(hour.AwardedReserveKw),
            Numbers.Whole(hour.ShownReserveKw),
            Numbers.Whole(hour.DeliveredReserveKw),
            Numbers.Whole(hour.ShortReserveKw),
            Numbers.Usd(row.NoPayUsd),
            Wording.Of(hour.Verdict),
        ];
    }

    private static string PlainRow(string[] cells) =>
        string.Concat(cells[..^1].Select(static (cell, column) => cell.PadLeft(column == 0 ? 4 : 11))) + "  " + cells[^1];

    private static IEnumerable<string> Closing(DayReport report, string page)
    {
        foreach (ShortfallTrace trace in report.Result.Shortfalls)
        {
            string verdict = Wording.Of(report.Hours[trace.HourEnding - 1].Hour.Verdict);
            yield return $"Hour {trace.HourEnding}: {Numbers.Whole(trace.ShortKw)} kW {verdict}. "
                + $"Reserve unavailable: {string.Join(", ", trace.ByCause.Where(IsWorthNaming).Take(CausesPerHour).Select(Cause))}.";
        }

        ChainSummary chain = report.Outcome.Chain;
        yield return $"Chain: {Wording.Plural((long)chain.HeadNumber, "block", "blocks")}, "
            + $"{Wording.Plural(chain.Transactions, "transaction", "transactions")}, "
            + $"{Wording.Plural(chain.Records, "row", "rows")} of records.";
        yield return $"Head: {chain.HeadHash}";
        yield return $"Report: {page}";
    }

    // Less would be printed as 0 kW.
    private static bool IsWorthNaming(CauseTotal total) => total.UnavailableKw > 0.5;

    private static string Cause(CauseTotal total) => $"{Numbers.Whole(total.UnavailableKw)} kW {Wording.Of(total.Cause)}";
}
