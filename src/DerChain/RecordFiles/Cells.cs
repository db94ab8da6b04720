using System.Globalization;
using System.Numerics;
using DerChain.Market.Quantities;

namespace DerChain.RecordFiles;

/// <summary>Reads the next cell of a row as a value of its column. A cell that is not one refuses the row, and some value is
/// given.</summary>
internal static class Cells
{
    public const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private const NumberStyles ExactDecimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private const int LongestDecimal = 26;
    private const decimal LargestDollars = long.MaxValue / 1_000_000;
    private const string Empty = "is empty";
    private const string NotDecimal = "is not a decimal number with a point";

    /// <summary>A whole number that fits its type.</summary>
    public static T Whole<T>(this CsvReader row)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Required(row, OptionalWhole<T>(row));

    /// <summary>A whole number, or null where the cell is empty.</summary>
    public static T? OptionalWhole<T>(this CsvReader row)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (cell.IsEmpty) return null;
        if (T.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value)) return value;
        ReadOnlySpan<char> digits = cell.TrimStart("+-");
        bool isNumber = !digits.IsEmpty && cell.Length - digits.Length <= 1 && !digits.ContainsAnyExceptInRange('0', '9');
        row.Refuse(isNumber ? $"is not between {T.MinValue} and {T.MaxValue}" : "is not a whole number");
        return default(T);
    }

    /// <summary>A price in dollars with at most six decimals, as micro-dollars.</summary>
    public static long Dollars(this CsvReader row)
    {
        int refusals = row.Refusals;
        decimal microDollars = Decimal(row, ExactDecimal, LargestDollars) * 1_000_000m;
        if (row.Refusals == refusals && !decimal.IsInteger(microDollars)) row.Refuse("has more than six decimals");
        return row.Refusals == refusals ? (long)microDollars : 0;
    }

    /// <summary>A measured price in dollars, of a magnitude up to the largest; an exponent is allowed.</summary>
    public static decimal MeasuredDollars(this CsvReader row, decimal largest) =>
        Decimal(row, ExactDecimal | NumberStyles.AllowExponent, largest);

    /// <summary>A measured quantity of 0 to the largest; an exponent is allowed.</summary>
    public static double Measured(this CsvReader row, double largest)
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (!double.TryParse(cell, ExactDecimal | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value))
            row.Refuse(cell.IsEmpty ? Empty : NotDecimal);
        else if (!(value >= 0.0 && value <= largest))
            row.Refuse(string.Create(CultureInfo.InvariantCulture, $"is not between 0 and {largest}"));
        else
            return value;
        return 0.0;
    }

    /// <summary>An instant in UTC, as seconds since 1970-01-01T00:00:00Z.</summary>
    public static long Instant(this CsvReader row) => Required(row, OptionalInstant(row));

    /// <summary>An instant in UTC, or null where the cell is empty.</summary>
    public static long? OptionalInstant(this CsvReader row)
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (cell.IsEmpty) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        bool isInstant = DateTime.TryParseExact(cell, InstantFormat, CultureInfo.InvariantCulture, Utc, out DateTime instant);
        if (isInstant && instant >= DateTime.UnixEpoch) return (long)(instant - DateTime.UnixEpoch).TotalSeconds;
        row.Refuse("is not an instant in UTC from 1970 on, such as 2021-07-15T07:05:00Z");
        return 0;
    }

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    public static bool Boolean(this CsvReader row)
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (bool.TryParse(cell, out bool value)) return value;
        row.Refuse("is neither true nor false");
        return false;
    }

    /// <summary>A name as <see cref="Identifier"/> defines it; null where the cell is not one.</summary>
    public static string? Name(this CsvReader row)
    {
        int refusals = row.Refusals;
        string? name = OptionalName(row);
        if (name is null && row.Refusals == refusals) row.Refuse(Empty);
        return name;
    }

    /// <summary>A name, or null where the cell is empty or not a name.</summary>
    public static string? OptionalName(this CsvReader row)
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (cell.IsEmpty) return null;
        if (Identifier.IsValid(cell)) return row.Shared(cell);
        row.Refuse($"is not a name: 1 to {Identifier.MaxLength} characters of A-Z a-z 0-9 . _ : -");
        return null;
    }

    /// <summary>Any text.</summary>
    public static string Text(this CsvReader row)
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (cell.IsEmpty) row.Refuse(Empty);
        return row.Shared(cell);
    }

    public static ParticipantId Participant(this CsvReader row) => Name(row) is { } name ? new ParticipantId(name) : default;

    public static ResourceId Resource(this CsvReader row) => Name(row) is { } name ? new ResourceId(name) : default;

    public static AggregationId Aggregation(this CsvReader row) => Name(row) is { } name ? new AggregationId(name) : default;

    /// <summary>One of the words of an enumeration.</summary>
    public static T Word<T>(this CsvReader row, Words<T> words)
        where T : struct
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (words.TryParse(cell, out T value)) return value;
        row.Refuse($"is not one of {words}");
        return default;
    }

    private static decimal Decimal(CsvReader row, NumberStyles style, decimal largest)
    {
        ReadOnlySpan<char> cell = row.NextCell();
        if (cell.Length > LongestDecimal || !decimal.TryParse(cell, style, CultureInfo.InvariantCulture, out decimal value))
            row.Refuse(cell.IsEmpty ? Empty : NotDecimal);
        else if (Math.Abs(value) > largest)
            row.Refuse(string.Create(CultureInfo.InvariantCulture, $"is not between -{largest} and {largest}"));
        else
            return value;
        return 0;
    }

    private static T Required<T>(CsvReader row, T? value)
        where T : struct
    {
        if (value is null) row.Refuse(Empty);
        return value.GetValueOrDefault();
    }
}
