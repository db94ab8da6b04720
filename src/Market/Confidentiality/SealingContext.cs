using System.Collections.Immutable;
using System.Security.Cryptography;
using DerChain.Chain.Primitives;
using DerChain.Market.Records;

namespace DerChain.Market.Confidentiality;

/// <summary>What the keys of a sealed record are derived for, and what its ciphertext is bound to (docs/spec/evidence.md, 3.1).</summary>
internal static class SealingContext
{
    private const int KeyLength = 32;

    /// <summary>Info of the key that wraps the content key for a reader.</summary>
    public static byte[] Wrapping(Address sender, Address reader) => [.. "DerChain sealed record 1: key"u8, .. sender.ToBytes(), .. reader.ToBytes()];

    /// <summary>Associated data of the ciphertext: kind, sender, ephemeral key, and every reader with its wrapped key.</summary>
    public static byte[] Of(RecordKind kind, Address sender, ReadOnlySpan<byte> ephemeralKey, ImmutableArray<SealedKey> readers)
    {
        var context = new List<byte>([.. "DerChain sealed record 1: content"u8, (byte)kind, .. sender.ToBytes(), .. ephemeralKey]);
        foreach (SealedKey key in readers)
            context.AddRange([.. key.Reader.ToBytes(), .. key.WrappedKey.Span]);

        return [.. context];
    }

    /// <summary>The key that encrypts, from the content key.</summary>
    public static byte[] EncryptionKey(byte[] contentKey) => HKDF.Expand(HashAlgorithmName.SHA256, contentKey, KeyLength, [.. "DerChain sealed record 1: encryption"u8]);

    /// <summary>What shows which content key is the right one, and says nothing else of it.</summary>
    public static byte[] Commitment(byte[] contentKey) => HKDF.Expand(HashAlgorithmName.SHA256, contentKey, KeyLength, [.. "DerChain sealed record 1: commitment"u8]);
}
