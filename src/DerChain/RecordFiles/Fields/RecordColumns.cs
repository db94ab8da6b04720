using System.Collections.Immutable;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The columns of the file of a kind of record: where it stands, which row of it the line is, its fields.</summary>
internal sealed class RecordColumns
{
    /// <summary>Between the values of a cell that has several.</summary>
    public const char ListSeparator = ' ';

    /// <summary>Column of the number of rows; 0 where the record has none.</summary>
    public static readonly int RowCount = FiledRecord.PlaceNames.Length;

    /// <summary>Column of the number of the row, from 1; 0 where the record has none.</summary>
    public static readonly int Row = RowCount + 1;

    private static readonly ImmutableDictionary<RecordKind, RecordColumns> All =
        Enum.GetValues<RecordKind>().ToImmutableDictionary(static kind => kind, static kind => new RecordColumns(kind));

    private readonly Dictionary<string, int> _indexes;

    private RecordColumns(RecordKind kind)
    {
        Names = [.. FiledRecord.PlaceNames, "rowCount", "row", .. KindFields.NamesOf(kind)];
        _indexes = Enumerable.Range(0, Names.Length).ToDictionary(index => Names[index], StringComparer.Ordinal);
    }

    /// <summary>Names of the columns.</summary>
    public ImmutableArray<string> Names { get; }

    public static RecordColumns Of(RecordKind kind) => All[kind];

    public int IndexOf(string name) => _indexes[name];
}
