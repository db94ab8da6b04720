namespace DerChain.Chain.Trie;

/// <summary>Paths in the trie: one half byte a step, and their hex-prefix encoding (Yellow Paper, appendix C).</summary>
internal static class Nibbles
{
    /// <summary>The half bytes of a key, high half first.</summary>
    public static byte[] FromBytes(ReadOnlySpan<byte> key)
    {
        var nibbles = new byte[key.Length * 2];
        for (int i = 0; i < key.Length; i++)
        {
            nibbles[2 * i] = (byte)(key[i] >> 4);
            nibbles[2 * i + 1] = (byte)(key[i] & 0x0f);
        }

        return nibbles;
    }

    /// <summary>Hex-prefix encoding of a path; the flag tells a leaf from an extension.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> path, bool isLeaf)
    {
        bool isOdd = path.Length % 2 == 1;
        var encoded = new byte[path.Length / 2 + 1];
        encoded[0] = (byte)((isLeaf ? 0x20 : 0) | (isOdd ? 0x10 | path[0] : 0));
        int next = isOdd ? 1 : 0;
        for (int i = 1; i < encoded.Length; i++, next += 2)
            encoded[i] = (byte)((path[next] << 4) | path[next + 1]);

        return encoded;
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
        byte[] all = FromBytes(encoded);
        path = all[(isOdd ? 1 : 2)..];
        return true;
    }

    /// <summary>Number of steps that two paths share from their start.</summary>
    public static int CommonPrefix(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.CommonPrefixLength(right);
}
