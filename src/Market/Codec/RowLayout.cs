using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DerChain.Market.Codec;

/// <summary>Reads one row; what it returns means nothing once the reader has failed.</summary>
internal delegate T RowReader<out T>(ref CanonicalReader reader);

/// <summary>The rows of a record: an array of rows.</summary>
/// <remarks>Where rows are many, what writes and reads one is given as a static lambda: calling one is faster than calling the delegate of a static method.</remarks>
internal static class RowLayout
{
    public static void Write<T>(CanonicalWriter writer, ImmutableArray<T> rows, Action<CanonicalWriter, T> write)
    {
        writer.WriteArrayHeader(rows.Length);
        foreach (T row in rows) write(writer, row);
    }

    public static ImmutableArray<T> Read<T>(ref CanonicalReader reader, RowReader<T> read)
    {
        int count = reader.ReadArrayHeader();
        // A row takes a byte at least, so a count that lies allocates no more than the payload allows.
        if (count > reader.Remaining) reader.Fail($"{count} rows do not fit into the body");
        if (reader.Failed) return [];
        var rows = new T[count];
        // An element of a span is written without a look at the type of its array.
        Span<T> places = rows;
        for (int row = 0; row < places.Length && !reader.Failed; row++) places[row] = read(ref reader);
        return ImmutableCollectionsMarshal.AsImmutableArray(rows);
    }
}
