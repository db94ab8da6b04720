using System.Text;

namespace DerChain.Cli.Statement;

/// <summary>A statement as Markdown, with tables in GitHub's form.</summary>
internal static class StatementMarkdown
{
    /// <summary>The text, each line ended by a line feed.</summary>
    public static string Of(StatementDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        text.Append($"# {Escaped(document.Title)}\n\n**{Escaped(document.Verdict)}**\n\n");
        foreach ((string name, string value) in document.Facts) text.Append($"- {name}: {Escaped(value)}\n");
        foreach (StatementTable table in StatementTables.Of(document)) Append(text, table);
        return text.ToString();
    }

    private static void Append(StringBuilder text, StatementTable table)
    {
        text.Append($"\n## {table.Title}\n\n{Escaped(table.Caption)}\n\n");
        AppendRow(text, table.Columns.Select(static column => column.Name));
        AppendRow(text, table.Columns.Select(static column => column.IsNumber ? "---:" : "---"));
        for (int row = 0; row < table.Rows.Length; row++)
        {
            bool isTotal = row >= table.Rows.Length - table.TotalRows;
            AppendRow(text, table.Rows[row].Select(cell => isTotal && cell.Length > 0 ? $"**{Escaped(cell)}**" : Escaped(cell)));
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>A name as Markdown: of what a name may hold, only the underscore means something there.</summary>
    internal static string Escaped(string text) => text.Replace("_", "\\_", StringComparison.Ordinal);
}
