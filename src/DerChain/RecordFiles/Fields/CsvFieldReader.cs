using System.Collections.Immutable;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>Reads records from the lines of a file of CSV: the rows of a record are on lines that follow each other.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class CsvFieldReader : RecordFields
{
    private readonly CsvReader _file;
    private readonly RecordKind _kind;
    private readonly RecordColumns _columns;
    private readonly ProblemList _problems;
    private readonly bool[] _isTaken;
    private bool _hasNext;
    private bool _isBroken;
    private bool _hasRows;
    private int _rowCount;

    public CsvFieldReader(CsvReader file, RecordKind kind, ProblemList problems)
    {
        _file = file;
        _kind = kind;
        _columns = RecordColumns.Of(kind);
        _problems = problems;
        _isTaken = new bool[_columns.Names.Length];
        _hasNext = file.NextRow();
    }

    /// <summary>Reads the next record that can be read.</summary>
    /// <returns>The record and its first line; null at the end of the file.</returns>
    public (FiledRecord Filed, int Line)? Next()
    {
        while (_hasNext)
        {
            int line = _file.Line;
            long problemsBefore = _problems.Count;
            FiledRecord filed = ReadRecord();
            if (_problems.Count == problemsBefore) return (filed, line);
            SkipRest();
        }

        return null;
    }

    public override T Required<T>(string name, T? value, FieldForm<T> form) => Read(_columns.IndexOf(name), form);

    public override T? Optional<T>(string name, T? value, FieldForm<T> form)
    {
        int column = _columns.IndexOf(name);
        _isTaken[column] = true;
        return _file.Cell(column).IsEmpty ? null : Read(column, form);
    }

    public override ImmutableArray<T> List<T>(string name, ImmutableArray<T>? values, FieldForm<T> form)
    {
        int column = _columns.IndexOf(name);
        _isTaken[column] = true;
        ReadOnlySpan<char> cell = _file.Cell(column);
        if (cell.IsEmpty) return [];
        ImmutableArray<T>.Builder read = ImmutableArray.CreateBuilder<T>();
        foreach (Range part in cell.Split(RecordColumns.ListSeparator))
        {
            if (form.TryRead(cell[part], out T value)) read.Add(value);
            else return Refuse<T>(column, $"is not a list of values with one space between them, each {form.Expected}");
        }

        return read.ToImmutable();
    }

    public override ImmutableArray<T> Rows<T>(string name, ImmutableArray<T>? rows, Func<RecordFields, T?, T> visit)
        where T : class
    {
        _hasRows = true;
        int line = _file.Line;
        bool[] isHead = [.. _isTaken];
        string[] head = _rowCount > 1 ? [.. _columns.Names.Select((_, column) => isHead[column] ? _file.Cell(column).ToString() : "")] : [];
        ImmutableArray<T>.Builder read = ImmutableArray.CreateBuilder<T>();
        for (int row = 1; row <= _rowCount && (row == 1 || GoesOn(row, isHead, head, line)); row++)
        {
            isHead.CopyTo(_isTaken, 0);
            read.Add(visit(this, null));
            if (row < _rowCount) RefuseOthers();
        }

        return read.ToImmutable();
    }

    public override T? OneOf<T>(string name, T? value, Alternatives<T> alternatives)
        where T : class
    {
        int column = _columns.IndexOf(name);
        _isTaken[column] = true;
        ReadOnlySpan<char> cell = _file.Cell(column);
        if (alternatives.IsOptional && cell.IsEmpty) return null;
        Alternative<T>? found = alternatives.Find(cell);
        if (found is null) _file.Refuse(column, $"is not {alternatives.Expected}");
        return found?.Visit(this, null);
    }

    // After a record the reader stands on the first line that is not of it.
    private FiledRecord ReadRecord()
    {
        (_isBroken, _hasRows) = (false, false);
        Array.Clear(_isTaken);
        _rowCount = Read(RecordColumns.RowCount, FieldForms.Int32);
        if (_rowCount is < 0 or > RecordRules.MaxRows) _file.Refuse(RecordColumns.RowCount, $"is not between 0 and {RecordRules.MaxRows}");
        int row = Read(RecordColumns.Row, FieldForms.Int32);
        if (row != Math.Min(_rowCount, 1)) _file.Refuse(RecordColumns.Row, "comes without the rows before it");
        if (_file.Refusals > 0) _rowCount = 0;
        FiledRecord filed = FiledRecord.Visit(this, _kind, null);
        if (!_hasRows && _rowCount != 0) _file.Refuse(RecordColumns.RowCount, "is not 0, though the record has no rows");
        RefuseOthers();
        if (!_isBroken) _hasNext = _file.NextRow();
        return filed;
    }

    // The line at which a record breaks off may be the first of the next.
    private bool GoesOn(int row, bool[] isHead, string[] head, int firstLine)
    {
        long problemsBefore = _problems.Count;
        _hasNext = _file.NextRow();
        _isBroken = true;
        if (_problems.Count > problemsBefore) return false;
        if (!_hasNext || !FieldForms.Int32.TryRead(_file.Cell(RecordColumns.Row), out int found) || found != row)
        {
            _file.Report(_columns.Names[RecordColumns.Row], null, $"{row} of the record that begins on line {firstLine} is missing");
            return false;
        }

        for (int column = 0; column < head.Length; column++)
        {
            if (!isHead[column] || column == RecordColumns.Row || _file.Cell(column).SequenceEqual(head[column])) continue;
            _file.Refuse(column, $"disagrees with '{head[column]}' on line {firstLine}, a row of the same record");
            return false;
        }

        _isBroken = false;
        return true;
    }

    private void SkipRest()
    {
        while (_hasNext && FieldForms.Int32.TryRead(_file.Cell(RecordColumns.Row), out int row) && row > 1)
            _hasNext = _file.NextRow();
    }

    private T Read<T>(int column, FieldForm<T> form)
        where T : struct
    {
        _isTaken[column] = true;
        ReadOnlySpan<char> cell = _file.Cell(column);
        if (form.TryRead(cell, out T value)) return value;
        _file.Refuse(column, cell.IsEmpty ? "is empty" : $"is not {form.Expected}");
        return default;
    }

    private ImmutableArray<T> Refuse<T>(int column, string reason)
    {
        _file.Refuse(column, reason);
        return [];
    }

    private void RefuseOthers()
    {
        if (_isBroken) return;
        for (int column = 0; column < _isTaken.Length; column++)
            if (!_isTaken[column] && !_file.Cell(column).IsEmpty) _file.Refuse(column, "is not a field of this row");
    }
}
