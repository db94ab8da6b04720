using System.Xml.Linq;
using DerChain.Cli.Report.Page;

namespace DerChain.Cli.Statement;

/// <summary>A statement as one page that needs no other file.</summary>
internal static class StatementPage
{
    /// <summary>The page.</summary>
    public static string Of(StatementDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Html.Document(
            document.Title,
            new XElement(
                "body",
                new XElement("header", new XElement("h1", document.Title), Verdict(document)),
                new XElement("main", Html.Facts(document.Facts.Select(static fact => (fact.Name, (object)fact.Value))), StatementTables.Of(document).Select(Section))));
    }

    private static XElement Verdict(StatementDocument document) => new(
        "div", new XAttribute("class", "verdict"), new XElement("p", new XAttribute("class", "headline"), document.Verdict));

    private static XElement Section(StatementTable table) => Html.Section(
        table.Id,
        table.Title,
        Html.Table(
            table.Caption,
            table.Columns.Select(static column => column.IsNumber ? Html.NumberHeading(column.Name) : Html.Heading(column.Name)),
            table.Rows.Select((_, row) => Row(table, row))));

    private static XElement Row(StatementTable table, int row) => Html.Row(
        row >= table.Rows.Length - table.TotalRows ? new XAttribute("class", "total") : null,
        table.Columns.Select((column, index) => Cell(column, table.Rows[row][index], isFirst: index == 0)));

    private static XElement Cell(StatementColumn column, string text, bool isFirst)
    {
        if (isFirst) return Html.RowHeading(text);
        return column.IsNumber ? Html.Number(text) : Html.Cell(text);
    }
}
