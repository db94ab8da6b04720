using System.Collections.Immutable;
using System.Globalization;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>Writes a record as lines of CSV, one a row; the fields that are not of a row are on every line.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class CsvFieldWriter(RecordKind kind, Action<string> writeLine) : RecordFields
{
    private readonly RecordColumns _columns = RecordColumns.Of(kind);
    private readonly string?[] _cells = new string?[RecordColumns.Of(kind).Names.Length];
    private readonly List<int> _filled = [];
    private readonly RowText _text = new();

    public void Write(FiledRecord filed)
    {
        Clear(0);
        FiledRecord.Visit(this, kind, filed);
        if (_cells[RecordColumns.Row] is null) WriteLine(0, 0);
    }

    public override T Required<T>(string name, T? value, FieldForm<T> form)
    {
        Fill(name, form.Format(value!.Value));
        return value.Value;
    }

    public override T? Optional<T>(string name, T? value, FieldForm<T> form) => value is null ? null : Required(name, value, form);

    public override ImmutableArray<T> List<T>(string name, ImmutableArray<T>? values, FieldForm<T> form)
    {
        Fill(name, string.Join(RecordColumns.ListSeparator, values!.Value.Select(form.Format)));
        return values.Value;
    }

    public override ImmutableArray<T> Rows<T>(string name, ImmutableArray<T>? rows, Func<RecordFields, T?, T> visit)
        where T : class
    {
        int head = _filled.Count;
        for (int index = 0; index < rows!.Value.Length; index++)
        {
            Clear(head);
            visit(this, rows.Value[index]);
            WriteLine(rows.Value.Length, index + 1);
        }

        return rows.Value;
    }

    public override T? OneOf<T>(string name, T? value, Alternatives<T> alternatives)
        where T : class
    {
        if (value is null) return null;
        Alternative<T> alternative = alternatives.Of(value);
        Fill(name, alternative.Word);
        return alternative.Visit(this, value);
    }

    private void Fill(string name, string text)
    {
        int column = _columns.IndexOf(name);
        _cells[column] = text;
        _filled.Add(column);
    }

    private void Clear(int keep)
    {
        foreach (int column in _filled[keep..]) _cells[column] = null;
        _filled.RemoveRange(keep, _filled.Count - keep);
        _cells[RecordColumns.Row] = null;
    }

    private void WriteLine(int rowCount, int row)
    {
        _cells[RecordColumns.RowCount] = rowCount.ToString(CultureInfo.InvariantCulture);
        _cells[RecordColumns.Row] = row.ToString(CultureInfo.InvariantCulture);
        foreach (string? cell in _cells) _text.Add(cell);
        writeLine(_text.Take());
    }
}
