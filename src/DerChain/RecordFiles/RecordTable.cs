using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>Columns of a file, and how a value is read from their cells and written to them, in the order of the columns.</summary>
internal sealed record CellLayout<T>(ImmutableArray<string> Columns, Func<CsvReader, T> Read, Action<RowText, T> Write)
{
    /// <summary>A layout of a more particular value.</summary>
    public static CellLayout<T> Of<TValue>(ImmutableArray<string> columns, Func<CsvReader, TValue> read, Action<RowText, TValue> write)
        where TValue : T => new(columns, row => read(row), (text, value) => write(text, (TValue)value!));
}

/// <summary>One file of records: which rows it holds and how they look.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Kind">Kind of the records.</param>
/// <param name="Device">Type of the devices of its rows; null for records that are not about devices.</param>
/// <param name="Head">What all rows of a message share.</param>
/// <param name="Row">What a row has for itself.</param>
internal sealed record RecordTable(
    string File, RecordKind Kind, ResourceKind? Device, CellLayout<MessageHead> Head, CellLayout<object> Row)
{
    /// <summary>All columns.</summary>
    public ImmutableArray<string> Columns { get; } = [.. Head.Columns, .. Row.Columns];

    /// <summary>The row as text.</summary>
    public string Text(RowText text, MessageHead head, object row)
    {
        Head.Write(text, head);
        Row.Write(text, row);
        return text.Take();
    }
}

/// <summary>A row of a file.</summary>
/// <param name="Table">The file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Key">The message it belongs to.</param>
/// <param name="Head">What it says of the whole message.</param>
/// <param name="Row">What it says for itself.</param>
internal sealed record FileRow(RecordTable Table, int Line, MessageKey Key, MessageHead Head, object Row);
