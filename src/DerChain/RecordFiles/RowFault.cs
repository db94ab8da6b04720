using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DerChain.RecordFiles;

/// <summary>Finds the line and the column that a rule's sentence about a message is about.</summary>
internal sealed partial class RowFault(DayRules rules, ProblemList problems)
{
    /// <summary>Reports the row that breaks a rule by itself; where each alone would pass, the first.</summary>
    /// <param name="rows">Rows of a message.</param>
    /// <param name="sentence">What the rules say of the whole message.</param>
    public void Report(ReadOnlySpan<FileRow> rows, string sentence)
    {
        for (int index = 0; index < rows.Length; index++)
        {
            if (rules.Check(MessageReading.MessageOf(rows.Slice(index, 1))) is not { } own) continue;
            Report(rows[index], own);
            return;
        }

        Report(rows[0], sentence);
    }

    /// <summary>Reports the first column in which two rows of one message differ though they may not.</summary>
    public static void ReportDisagreement(FileRow first, FileRow other, ProblemList problems)
    {
        string[] expected = Cells(first);
        string[] found = Cells(other);
        int column = Enumerable.Range(0, first.Table.Head.Columns.Length).First(index => expected[index] != found[index]);
        problems.Add(
            other.Table.File, other.Line, other.Table.Columns[column], found[column],
            $"disagrees with '{expected[column]}' on line {first.Line} of {first.Table.File}, a row of the same message");
    }

    private void Report(FileRow row, string sentence)
    {
        string reason = RowNumber().Replace(sentence, "").TrimEnd('.');
        string[] cells = Cells(row);
        int column = ColumnOf(row.Table.Columns, cells, reason);
        bool isKnown = column >= 0;
        problems.Add(row.Table.File, row.Line, isKnown ? row.Table.Columns[column] : null, isKnown ? cells[column] : null, reason);
    }

    private static string[] Cells(FileRow row) => row.Table.Text(new RowText(), row.Head, row.Row).Split(',');

    // A rule's sentence begins with the field it is about: EnergyQuantityW stands in the column energy_quantity_w, a vehicle's SocMinPpm in
    // vehicle_soc_min_ppm, the Interval in interval_start_utc and interval_seconds, of which the sentence repeats the one at fault.
    private static int ColumnOf(ImmutableArray<string> columns, string[] cells, string sentence)
    {
        string field = sentence.Split(' ', 2)[0].Replace("MWh", "Mwh", StringComparison.Ordinal);
        string name = WordStart().Replace(field, "_").ToLowerInvariant().Replace("micro_usd", "usd", StringComparison.Ordinal);
        int exact = columns.IndexOf(name);
        if (exact >= 0) return exact;
        IEnumerable<int> all = Enumerable.Range(0, columns.Length);
        int[] parts = [.. all.Where(index => columns[index].StartsWith(name + "_", StringComparison.Ordinal))];
        if (parts.Length > 0) return parts.FirstOrDefault(index => sentence.Contains(cells[index], StringComparison.Ordinal), parts[0]);
        return Array.FindIndex([.. columns], column => column.EndsWith("_" + name, StringComparison.Ordinal));
    }

    [GeneratedRegex("^Row [0-9]+: ")]
    private static partial Regex RowNumber();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex WordStart();
}
