using System.Collections.Immutable;
using System.Text;

namespace DerChain.RecordFiles;

/// <summary>Reads a file of CSV row by row. Columns may stand in any order; cells are handed out in the order the caller named the
/// columns. Everything wrong becomes a problem with line, column and value, and reading goes on with the next row.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class CsvReader : IDisposable
{
    private const char ByteOrderMark = '\uFEFF';
    private const char NotUtf8 = '\uFFFD';

    private readonly StreamReader _text;
    private readonly LineReader _lines;
    private readonly string _file;
    private readonly ImmutableArray<string> _columns;
    private readonly ProblemList _problems;
    private readonly List<Range> _fields = [];
    private char[] _line = new char[LineReader.MostCharacters];
    private readonly int[]? _fieldOfColumn;
    private readonly int _headerFields;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _namesBySpan;
    private int _column;

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns that are read.</param>
    /// <param name="allowsOthers">Other columns may be there, and are skipped.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="mostCharacters">Longest line in characters.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public CsvReader(
        string path, ImmutableArray<string> columns, bool allowsOthers, ProblemList problems, int mostCharacters = LineReader.MostCharacters)
    {
        _file = Path.GetFileName(path);
        _columns = columns;
        _problems = problems;
        _problems.Open(_file);
        _text = new StreamReader(path, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        _lines = new LineReader(_text, mostCharacters);
        _namesBySpan = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        _fieldOfColumn = ReadHeader(allowsOthers);
        _headerFields = _fields.Count;
    }

    /// <summary>Line of the row read last, from 1.</summary>
    public int Line => _lines.Number;

    /// <summary>Number of cells refused in the row read last.</summary>
    public int Refusals { get; private set; }

    /// <summary>Goes to the next row that has the header's number of fields.</summary>
    /// <returns>False at the end of the file, or where the header is not right.</returns>
    public bool NextRow()
    {
        while (_fieldOfColumn is not null && TryReadLine(out ReadOnlySpan<char> line))
        {
            if (line.IsEmpty) continue;
            if (_line.Length < line.Length) _line = new char[line.Length];
            line.CopyTo(_line);
            if (CsvFields.Split(line, _fields) is { } malformed)
            {
                Report(null, Excerpt(line), malformed);
                continue;
            }

            if (_fields.Count != _headerFields)
            {
                Report(null, Excerpt(line), $"has {_fields.Count} fields where the header has {_headerFields}");
                continue;
            }

            _column = -1;
            Refusals = 0;
            if (!line.ContainsAny('\0', NotUtf8) || CellsAreText()) return true;
        }

        return false;
    }

    /// <summary>The cell of the next column.</summary>
    public ReadOnlySpan<char> NextCell() => Cell(++_column);

    /// <summary>Refuses the cell that was handed out last, and the row.</summary>
    public void Refuse(string reason) => Refuse(_column, reason);

    /// <summary>Refuses the cell of a column, and the row.</summary>
    public void Refuse(string column, string reason) => Refuse(_columns.IndexOf(column), reason);

    /// <summary>A text that occurs again and again, kept once.</summary>
    public string Shared(ReadOnlySpan<char> text)
    {
        if (_namesBySpan.TryGetValue(text, out string? known)) return known;
        string added = text.ToString();
        _names.Add(added);
        return added;
    }

    public void Dispose() => _text.Dispose();

    /// <summary>The cell of a column, by the column's place among those that are read.</summary>
    public ReadOnlySpan<char> Cell(int column) => _line.AsSpan()[_fields[_fieldOfColumn![column]]];

    /// <summary>Reports what is wrong at the line read last.</summary>
    public void Report(string? column, string? value, string reason) => _problems.Add(_file, _lines.Number, column, value, reason);

    /// <summary>Refuses the cell of a column, and the row.</summary>
    public void Refuse(int column, string reason)
    {
        Refusals++;
        ReadOnlySpan<char> cell = Cell(column);
        Report(_columns[column], cell.ToString(), reason);
    }

    private bool CellsAreText()
    {
        for (int column = 0; column < _columns.Length; column++)
            if (NotText(Cell(column)) is { } reason) Refuse(column, reason);
        return Refusals == 0;
    }

    private bool TryReadLine(out ReadOnlySpan<char> line)
    {
        while (_lines.TryRead(out line))
        {
            if (!_lines.IsTooLong) return true;
            Report(null, null, $"is longer than {_lines.Most} characters");
        }

        return false;
    }

    private int[]? ReadHeader(bool allowsOthers)
    {
        if (!_lines.TryRead(out ReadOnlySpan<char> line) || line.TrimStart(ByteOrderMark).IsEmpty)
        {
            _problems.Add(_file, 1, null, null, "has no header: the first line names the columns");
            return null;
        }

        line = line.TrimStart(ByteOrderMark);
        long before = _problems.Count;
        var names = new List<string>();
        if (CsvFields.Split(line, _fields) is { } malformed)
            Report(null, Excerpt(line), malformed);
        else
            foreach (Range field in _fields)
                names.Add(line[field].ToString());
        if (_problems.Count == before)
            CheckHeader(names, allowsOthers);
        return _problems.Count == before ? [.. _columns.Select(column => names.IndexOf(column))] : null;
    }

    private void CheckHeader(List<string> names, bool allowsOthers)
    {
        foreach (string missing in _columns.Except(names))
            Report(missing, null, "is missing from the header");
        foreach (IGrouping<string, string> name in names.GroupBy(static name => name))
        {
            if (!allowsOthers && !_columns.Contains(name.Key))
                Report(name.Key, null, NotText(name.Key) ?? "is not a column of this file");
            if (name.Count() > 1 && (!allowsOthers || _columns.Contains(name.Key)))
                Report(name.Key, null, $"stands {name.Count()} times in the header");
        }
    }

    private static string Excerpt(ReadOnlySpan<char> line) => line[..Math.Min(line.Length, 80)].ToString();

    private static string? NotText(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0')) return "has a NUL byte";
        return text.Contains(NotUtf8) ? "has bytes that are not UTF-8" : null;
    }
}
