using System.Globalization;
using System.Text;

namespace DerChain.Benchmarks.Results;

/// <summary>One table of the results.</summary>
/// <param name="Title">What is measured.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">The cells of each row.</param>
/// <param name="Remarks">What a reader must know of it, a sentence each.</param>
internal sealed record ResultTable(string Title, string[] Columns, IReadOnlyList<string[]> Rows, IReadOnlyList<string> Remarks)
{
    /// <summary>The table of a comparison.</summary>
    /// <param name="title">What is measured.</param>
    /// <param name="measured">What each way took.</param>
    /// <param name="bars">The bars of a way, by its name.</param>
    /// <param name="remarks">What a reader must know of it.</param>
    public static ResultTable Of(string title, IReadOnlyList<Measured> measured, IReadOnlyDictionary<string, Bar[]> bars, params string[] remarks) => new(
        title,
        ["", "median", $"ratio to {measured[0].Name}", "allocated", "bars"],
        [.. measured.Select(way => (string[])[way.Name, Time(way.Seconds), Number(way.Ratio), Bytes(way.Bytes), string.Join("; ", bars.GetValueOrDefault(way.Name, []).AsEnumerable())])],
        remarks);

    /// <summary>A time with three digits, in the unit that suits it.</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 1e-6 => $"{Number(seconds * 1e9)} ns",
        < 1e-3 => $"{Number(seconds * 1e6)} µs",
        < 1 => $"{Number(seconds * 1e3)} ms",
        _ => $"{Number(seconds)} s",
    };

    /// <summary>A number with three digits, or all of those before the point.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.ToString("F2", CultureInfo.InvariantCulture),
    };

    /// <summary>A number of bytes.</summary>
    public static string Bytes(double bytes) => bytes < 0.5 ? "0 B" : $"{bytes.ToString("N0", CultureInfo.InvariantCulture)} B";

    /// <summary>Appends the table in Markdown.</summary>
    public void Write(StringBuilder text)
    {
        text.Append("## ").Append(Title).Append("\n\n");
        WriteRow(text, Columns);
        WriteRow(text, [.. Columns.Select(static (_, column) => column == 0 ? "---" : "---:")]);
        foreach (string[] row in Rows)
            WriteRow(text, row);

        text.Append('\n');
        foreach (string remark in Remarks)
            text.Append(remark).Append('\n');

        if (Remarks.Count > 0)
            text.Append('\n');
    }

    private static void WriteRow(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
