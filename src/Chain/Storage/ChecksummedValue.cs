using DerChain.Chain.Crypto.Hashing;

namespace DerChain.Chain.Storage;

/// <summary>A value that no hash of the chain commits to, followed by the first 8 bytes of the hash of its key and itself: damage is noticed, and so is
/// a value that stands under another's key.</summary>
internal static class ChecksummedValue
{
    public const int ChecksumBytes = 8;

    public static byte[] Encode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => [.. value, .. Checksum(key, value)];

    /// <summary>Takes the value out of what <see cref="Encode"/> gave.</summary>
    /// <returns>False where the bytes were damaged or belong to another key.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> value)
    {
        value = encoded[..Math.Max(0, encoded.Length - ChecksumBytes)];
        return Checksum(key, value).AsSpan().SequenceEqual(encoded[value.Length..]);
    }

    private static byte[] Checksum(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var sponge = new KeccakSponge();
        sponge.Append(key);
        sponge.Append(value);
        return sponge.Finish().ToBytes()[..ChecksumBytes];
    }
}
