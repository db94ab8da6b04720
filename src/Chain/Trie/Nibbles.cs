namespace DerChain.Chain.Trie;

/// <summary>Paths in the trie: one half byte a step, and their hex-prefix encoding (Yellow Paper, appendix C).</summary>
internal static class Nibbles
{
    /// <summary>Length of the longest encoding, that of the path of a hash.</summary>
    public const int MaxEncodedLength = 33;

    /// <summary>Writes the half bytes of a key, high half first.</summary>
    /// <returns>Their number.</returns>
    public static int FromBytes(ReadOnlySpan<byte> key, Span<byte> nibbles)
    {
        for (int i = 0; i < key.Length; i++)
        {
            nibbles[2 * i] = (byte)(key[i] >> 4);
            nibbles[2 * i + 1] = (byte)(key[i] & 0x0f);
        }

        return 2 * key.Length;
    }

    /// <summary>Writes the hex-prefix encoding of a path; the flag tells a leaf from an extension.</summary>
    /// <returns>Its length, half of the path's and 1.</returns>
    public static int Encode(ReadOnlySpan<byte> path, bool isLeaf, Span<byte> encoded)
    {
        bool isOdd = path.Length % 2 == 1;
        int length = path.Length / 2 + 1;
        encoded[0] = (byte)((isLeaf ? 0x20 : 0) | (isOdd ? 0x10 | path[0] : 0));
        int next = isOdd ? 1 : 0;
        for (int i = 1; i < length; i++, next += 2)
            encoded[i] = (byte)((path[next] << 4) | path[next + 1]);

        return length;
    }

    /// <summary>Reads a hex-prefix encoding.</summary>
    /// <returns>False where the bytes are not the canonical encoding of any path.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out byte[] path, out bool isLeaf)
    {
        path = [];
        isLeaf = false;
        if (encoded.IsEmpty || encoded[0] > 0x3f || ((encoded[0] & 0x10) == 0 && (encoded[0] & 0x0f) != 0))
            return false;

        bool isOdd = (encoded[0] & 0x10) != 0;
        isLeaf = (encoded[0] & 0x20) != 0;
        path = new byte[2 * encoded.Length - (isOdd ? 1 : 2)];
        if (isOdd)
            path[0] = (byte)(encoded[0] & 0x0f);

        FromBytes(encoded[1..], path.AsSpan(isOdd ? 1 : 0));
        return true;
    }

    /// <summary>Number of steps that two paths share from their start.</summary>
    public static int CommonPrefix(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.CommonPrefixLength(right);
}
