using System.Globalization;
using System.Numerics;
using System.Text;

namespace DerChain.RecordFiles;

/// <summary>Puts a row of CSV together, cell by cell. No cell needs quotes: names, numbers, instants and words have no commas.</summary>
internal sealed class RowText
{
    private readonly StringBuilder _row = new();
    private bool _isEmpty = true;

    public RowText Add(string? text)
    {
        Separate();
        _row.Append(text);
        return this;
    }

    /// <summary>A number; an empty cell for null.</summary>
    public RowText Add<T>(T? number)
        where T : struct, IBinaryInteger<T>
    {
        Separate();
        if (number is { } given) _row.Append(CultureInfo.InvariantCulture, $"{given}");
        return this;
    }

    public RowText Add(bool value) => Add(value ? "true" : "false");

    /// <summary>Micro-dollars, as dollars.</summary>
    public RowText AddDollars(long microDollars)
    {
        Separate();
        _row.Append(CultureInfo.InvariantCulture, $"{microDollars / 1_000_000m}");
        return this;
    }

    /// <summary>Seconds since 1970-01-01T00:00:00Z, as an instant in UTC; an empty cell for null.</summary>
    public RowText AddInstant(long? unixSeconds)
    {
        Separate();
        if (unixSeconds is { } given)
            _row.Append(DateTimeOffset.FromUnixTimeSeconds(given).ToString(Cells.InstantFormat, CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>The row so far; the next one starts empty.</summary>
    public string Take()
    {
        string row = _row.ToString();
        _row.Clear();
        _isEmpty = true;
        return row;
    }

    private void Separate()
    {
        if (!_isEmpty) _row.Append(',');
        _isEmpty = false;
    }
}
