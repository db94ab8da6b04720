using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>The checks that the rules of all records are put together from. Each gives null, or the error naming row, field and value.</summary>
internal static class FieldRules
{
    /// <summary>Row number of a field that belongs to the record itself.</summary>
    public const int NoRow = -1;

    public static RecordError Error(RecordErrorCode code, int row, string sentence) =>
        new(code, row == NoRow ? $"{sentence}." : $"Row {row}: {sentence}.");

    public static RecordError? Range(int row, string field, long value, long min, long max) =>
        value >= min && value <= max ? null : OutOfRange(row, field, value, min, max);

    public static RecordError? OptionalRange(int row, string field, long? value, long min, long max) =>
        value is { } given ? Range(row, field, given, min, max) : null;

    public static RecordError? SignedPower(int row, string field, long watts) =>
        Range(row, field, watts, -RecordRules.MaxPowerW, RecordRules.MaxPowerW);

    public static RecordError? Power(int row, string field, long watts) => Range(row, field, watts, 0, RecordRules.MaxPowerW);

    public static RecordError? Ascending(int row, string lowerField, long lower, string upperField, long upper) =>
        lower < upper ? null : Inverted(row, lowerField, lower, upperField, upper);

    public static RecordError? Interval(int row, string field, MarketInterval interval) =>
        interval.IsInRange ? null : OutOfRange(row, field, interval);

    public static RecordError? Interval(int row, string field, MarketInterval interval, int durationSeconds) =>
        Interval(row, field, interval)
        ?? (interval.DurationSeconds == durationSeconds
            ? null
            : Error(RecordErrorCode.IntervalLengthWrong, row, $"{field} lasts {interval.DurationSeconds} s instead of {durationSeconds} s"));

    public static RecordError? Name(int row, string field, string? name) =>
        name is not null ? null : Absent(row, field);

    public static RecordError? Known(int row, string field, bool isKnown, int value) =>
        isKnown ? null : Unknown(row, field, value);

    public static RecordError? RowCount<T>(ImmutableArray<T> rows)
    {
        int count = rows.IsDefault ? 0 : rows.Length;
        return count is >= 1 and <= RecordRules.MaxRows
            ? null
            : Error(RecordErrorCode.RowCountOutOfRange, NoRow, $"The record has {count} rows instead of 1 to {RecordRules.MaxRows}");
    }

    /// <summary>Checks the number of rows, each row, and that each row stands after the one before it.</summary>
    /// <remarks>Where rows are many, the rules are given as static lambdas: calling one is faster than calling the delegate of a static method.</remarks>
    public static RecordError? Rows<T>(ImmutableArray<T> rows, Func<int, T, RecordError?> check, Func<T, T, int> compare)
        where T : class =>
        RowCount(rows) ?? OrderedRows(rows, check, compare);

    /// <summary>The same for rows that may be none.</summary>
    public static RecordError? RowsOrNone<T>(ImmutableArray<T> rows, Func<int, T, RecordError?> check, Func<T, T, int> compare)
        where T : class =>
        rows.IsDefaultOrEmpty ? null : Rows(rows, check, compare);

    public static RecordError? Length(int row, string field, ReadOnlyMemory<byte> bytes, int length) =>
        bytes.Length == length ? null : OutOfRange(row, $"{field}.Length", bytes.Length, length, length);

    // The sentences stand apart: what is left of a check is a comparison, which the compiler puts where the check is called.
    private static RecordError Absent(int row, string field) => Error(RecordErrorCode.ValueMissing, row, $"{field} is absent");

    private static RecordError Unknown(int row, string field, int value) =>
        Error(RecordErrorCode.EnumerationUnknown, row, $"{field} {value} is not a member of its enumeration");

    private static RecordError OutOfRange(int row, string field, long value, long min, long max) =>
        Error(RecordErrorCode.ValueOutOfRange, row, $"{field} {value} is not between {min} and {max}");

    private static RecordError OutOfRange(int row, string field, MarketInterval interval) =>
        Error(RecordErrorCode.IntervalOutOfRange, row,
            $"{field} starts at {interval.StartUnixSeconds} and lasts {interval.DurationSeconds} s, which is out of range");

    private static RecordError Inverted(int row, string lowerField, long lower, string upperField, long upper) =>
        Error(RecordErrorCode.LimitsInverted, row, $"{lowerField} {lower} is not below {upperField} {upper}");

    private static RecordError? OrderedRows<T>(ImmutableArray<T> rows, Func<int, T, RecordError?> check, Func<T, T, int> compare)
        where T : class
    {
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row] is null) return Error(RecordErrorCode.ValueMissing, row, "the row is absent");
            if (check(row, rows[row]) is { } error) return error;
            if (row > 0 && compare(rows[row - 1], rows[row]) >= 0)
                return Error(RecordErrorCode.RowsNotInOrder, row, "the row does not stand after the row before it in the record's order");
        }
        return null;
    }
}
