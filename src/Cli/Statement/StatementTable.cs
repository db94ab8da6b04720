using System.Collections.Immutable;

namespace DerChain.Cli.Statement;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsNumber">True where it holds numbers.</param>
internal sealed record StatementColumn(string Name, bool IsNumber);

/// <summary>A table of a statement, whatever it is written as.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Its columns; the first names the row.</param>
/// <param name="Rows">Its rows, a cell a column.</param>
/// <param name="TotalRows">How many of the last rows are totals.</param>
internal sealed record StatementTable(
    string Id, string Title, string Caption, ImmutableArray<StatementColumn> Columns, ImmutableArray<ImmutableArray<string>> Rows, int TotalRows);
