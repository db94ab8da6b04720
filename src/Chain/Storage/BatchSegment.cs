using System.Buffers.Binary;

namespace DerChain.Chain.Storage;

/// <summary>Writes of a batch as one run of bytes: operation (1 byte), key length (1), value length (4, big-endian), key, value; again and again.</summary>
internal static class BatchSegment
{
    private const byte Put = 1;
    private const byte Delete = 2;
    private const int PrefixLength = 6;

    /// <summary>One write inside a segment.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="ValueOffset">Where the value begins in the segment; negative where the key is deleted.</param>
    /// <param name="ValueLength">Length of the value in bytes.</param>
    public readonly record struct Entry(byte[] Key, int ValueOffset, int ValueLength);

    /// <summary>Splits writes into segments of about <paramref name="targetBytes"/>; a larger value has one of its own.</summary>
    public static IEnumerable<byte[]> Encode(IReadOnlyList<KeyValuePair<byte[], byte[]?>> writes, int targetBytes)
    {
        using var segment = new MemoryStream();
        foreach ((byte[] key, byte[]? value) in writes)
        {
            int length = PrefixLength + key.Length + (value?.Length ?? 0);
            if (segment.Length > 0 && segment.Length + length > targetBytes)
            {
                yield return segment.ToArray();
                segment.SetLength(0);
            }

            Append(segment, key, value);
        }

        if (segment.Length > 0)
            yield return segment.ToArray();
    }

    /// <summary>The writes of a segment, or null where the bytes are not one.</summary>
    public static List<Entry>? TryDecode(ReadOnlySpan<byte> segment)
    {
        var entries = new List<Entry>();
        for (int at = 0; at < segment.Length;)
        {
            ReadOnlySpan<byte> rest = segment[at..];
            if (rest.Length < PrefixLength || rest[0] is not (Put or Delete))
                return null;

            int keyLength = rest[1];
            uint valueLength = BinaryPrimitives.ReadUInt32BigEndian(rest[2..]);
            if (keyLength == 0 || valueLength > rest.Length - PrefixLength - keyLength || (rest[0] == Delete && valueLength > 0))
                return null;

            int valueOffset = at + PrefixLength + keyLength;
            byte[] key = rest.Slice(PrefixLength, keyLength).ToArray();
            entries.Add(new Entry(key, rest[0] == Put ? valueOffset : -1, (int)valueLength));
            at = valueOffset + (int)valueLength;
        }

        return entries;
    }

    private static void Append(MemoryStream segment, byte[] key, byte[]? value)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        prefix[0] = value is null ? Delete : Put;
        prefix[1] = (byte)key.Length;
        BinaryPrimitives.WriteInt32BigEndian(prefix[2..], value?.Length ?? 0);
        segment.Write(prefix);
        segment.Write(key);
        segment.Write(value);
    }
}
