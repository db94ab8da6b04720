using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MessagePack;

namespace DerChain.Market.Codec;

/// <summary>Writes one row.</summary>
internal delegate void RowWriter<in T>(ref MessagePackWriter writer, T row);

/// <summary>Reads one row; what it returns means nothing once the reader has failed.</summary>
internal delegate T RowReader<out T>(ref CanonicalReader reader);

/// <summary>The rows of a record: an array of rows.</summary>
internal static class RowLayout
{
    public static void Write<T>(ref MessagePackWriter writer, ImmutableArray<T> rows, RowWriter<T> write)
    {
        writer.WriteArrayHeader(rows.Length);
        foreach (T row in rows) write(ref writer, row);
    }

    public static ImmutableArray<T> Read<T>(ref CanonicalReader reader, RowReader<T> read)
    {
        int count = reader.ReadArrayHeader();
        // A row takes a byte at least, so a count that lies allocates no more than the payload allows.
        if (count > reader.Remaining) reader.Fail($"{count} rows do not fit into the body");
        if (reader.Failed) return [];
        var rows = new T[count];
        for (int row = 0; row < count && !reader.Failed; row++) rows[row] = read(ref reader);
        return ImmutableCollectionsMarshal.AsImmutableArray(rows);
    }
}
