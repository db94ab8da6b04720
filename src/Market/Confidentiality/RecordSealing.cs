using System.Collections.Immutable;
using System.Security.Cryptography;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Records;

namespace DerChain.Market.Confidentiality;

/// <summary>Encrypts a record for named readers, and opens it as one of them.</summary>
/// <remarks>AES-256-GCM under a fresh key that is wrapped for each reader by a key agreed with one ephemeral key. The bytes, what they bind and what they do not
/// hide: docs/spec/evidence.md, 3.</remarks>
/// <threadsafety>All members are pure.</threadsafety>
public static class RecordSealing
{
    private const int TagLength = 16;
    private const int KeyLength = 32;

    // The keys that wrap serve once: their nonce may always be the same.
    private static readonly byte[] WrapNonce = new byte[SealedRecord.NonceLength];

    /// <summary>Seals a record with entropy of the operating system.</summary>
    /// <inheritdoc cref="Seal(MarketRecord, Address, IEnumerable{PublicKey}, SealingEntropy)"/>
    public static SealedRecord Seal(MarketRecord record, Address sender, IEnumerable<PublicKey> readers)
    {
        SealingEntropy entropy = SealingEntropy.Draw();
        using PrivateKey ephemeral = entropy.EphemeralKey;
        return Seal(record, sender, readers, entropy);
    }

    /// <summary>Seals a record.</summary>
    /// <param name="record">The record, of a kind from 1 to 8.</param>
    /// <param name="sender">Account that will sign the transaction; the record opens for no other sender.</param>
    /// <param name="readers">Public keys of those who can open it; the sender is one of them only where it is named.</param>
    /// <param name="entropy">What is random; never used twice.</param>
    /// <exception cref="ArgumentException">There is no reader, one is named twice, the record is of a kind that cannot be sealed, breaks a rule of
    /// <see cref="RecordRules"/>, or key or nonce are of a wrong length.</exception>
    public static SealedRecord Seal(MarketRecord record, Address sender, IEnumerable<PublicKey> readers, SealingEntropy entropy)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(readers);
        ArgumentNullException.ThrowIfNull(entropy);
        ImmutableArray<PublicKey> ordered = [.. readers.OrderBy(static reader => reader.Address)];
        Require(record, ordered, entropy);
        return SealPayload(RecordCodec.Encode(record), record.Kind, sender, ordered, entropy);
    }

    /// <summary>Opens a sealed record. Whatever is in it, this does not throw.</summary>
    /// <param name="sealedRecord">The record, as <see cref="RecordRules"/> admits it.</param>
    /// <param name="sender">Account that signed its transaction.</param>
    /// <param name="reader">Key of a reader.</param>
    /// <param name="record">The record inside, or null where it cannot be read.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    /// <exception cref="ObjectDisposedException">The reader's key was disposed of.</exception>
    public static SealingError? TryOpen(SealedRecord sealedRecord, Address sender, PrivateKey reader, out MarketRecord? record)
    {
        ArgumentNullException.ThrowIfNull(sealedRecord);
        ArgumentNullException.ThrowIfNull(reader);
        record = null;
        Address account = reader.Address;
        if (sealedRecord.Readers.FirstOrDefault(key => key.Reader == account) is not { } sealedKey)
            return SealingError.NotAReader;

        if (PublicKey.TryFromCompressed(sealedRecord.EphemeralKey.Span) is not { } ephemeral)
            return SealingError.Tampered;

        byte[] contentKey = new byte[KeyLength];
        byte[]? payload = TryUnwrap(sealedRecord, sealedKey, sender, reader, ephemeral, contentKey) ? TryDecrypt(sealedRecord, sender, contentKey) : null;
        CryptographicOperations.ZeroMemory(contentKey);
        if (payload is null)
            return SealingError.Tampered;

        if (!RecordCodec.TryDecode(payload, out MarketRecord? read, out _))
            return SealingError.NotCanonical;

        if (read.Kind != sealedRecord.SealedKind)
            return SealingError.KindMismatch;

        record = read;
        return null;
    }

    /// <summary>Seals bytes, whatever they are.</summary>
    internal static SealedRecord SealPayload(byte[] payload, RecordKind kind, Address sender, ImmutableArray<PublicKey> readers, SealingEntropy entropy)
    {
        byte[] ephemeralKey = entropy.EphemeralKey.PublicKey.ToCompressed();
        ImmutableArray<SealedKey> keys = [.. readers.Select(reader => Wrap(entropy, ephemeralKey, sender, reader))];
        byte[] context = SealingContext.Of(kind, sender, ephemeralKey, keys);
        return new SealedRecord(kind, ephemeralKey, keys, entropy.Nonce, Encrypt(payload, entropy, context));
    }

    private static void Require(MarketRecord record, ImmutableArray<PublicKey> readers, SealingEntropy entropy)
    {
        if (!RecordCommitment.IsCommittable(record.Kind))
            throw new ArgumentException($"A record of the kind {record.Kind} is never sealed.", nameof(record));

        if (readers.IsEmpty || readers.Distinct().Count() != readers.Length)
            throw new ArgumentException("At least one reader is named, and each once.", nameof(readers));

        if (entropy.ContentKey.Length != SealingEntropy.ContentKeyLength || entropy.Nonce.Length != SealedRecord.NonceLength)
            throw new ArgumentException("A content key has 32 bytes and a nonce 12.", nameof(entropy));
    }

    private static SealedKey Wrap(SealingEntropy entropy, byte[] ephemeralKey, Address sender, PublicKey reader)
    {
        var wrappingKey = new byte[KeyLength];
        KeyAgreement.DeriveKey(entropy.EphemeralKey, reader, ephemeralKey, SealingContext.Wrapping(sender, reader.Address), wrappingKey);
        var wrapped = new byte[SealedKey.WrappedLength];
        using (var cipher = new AesGcm(wrappingKey, TagLength))
            cipher.Encrypt(WrapNonce, entropy.ContentKey.Span, wrapped.AsSpan(..^TagLength), wrapped.AsSpan(^TagLength..));

        CryptographicOperations.ZeroMemory(wrappingKey);
        return new SealedKey(reader.Address, wrapped);
    }

    private static bool TryUnwrap(SealedRecord record, SealedKey key, Address sender, PrivateKey reader, PublicKey ephemeral, byte[] contentKey)
    {
        if (key.WrappedKey.Length != SealedKey.WrappedLength)
            return false;

        var wrappingKey = new byte[KeyLength];
        KeyAgreement.DeriveKey(reader, ephemeral, record.EphemeralKey.Span, SealingContext.Wrapping(sender, key.Reader), wrappingKey);
        bool isWhole = TryDecrypt(wrappingKey, WrapNonce, key.WrappedKey.Span, [], contentKey);
        CryptographicOperations.ZeroMemory(wrappingKey);
        return isWhole;
    }

    // The commitment comes first: with AES-GCM alone, two readers could be given two keys that open one ciphertext as two records.
    private static byte[] Encrypt(byte[] payload, SealingEntropy entropy, byte[] context)
    {
        var ciphertext = new byte[KeyLength + payload.Length + TagLength];
        byte[] contentKey = entropy.ContentKey.ToArray();
        byte[] encryptionKey = SealingContext.EncryptionKey(contentKey);
        SealingContext.Commitment(contentKey).CopyTo(ciphertext, 0);
        using (var cipher = new AesGcm(encryptionKey, TagLength))
            cipher.Encrypt(entropy.Nonce.Span, payload, ciphertext.AsSpan(KeyLength..^TagLength), ciphertext.AsSpan(^TagLength..), context);

        CryptographicOperations.ZeroMemory(contentKey);
        CryptographicOperations.ZeroMemory(encryptionKey);
        return ciphertext;
    }

    private static byte[]? TryDecrypt(SealedRecord record, Address sender, byte[] contentKey)
    {
        ReadOnlySpan<byte> ciphertext = record.Ciphertext.Span;
        if (ciphertext.Length < KeyLength + TagLength || record.Nonce.Length != SealedRecord.NonceLength)
            return null;

        if (!CryptographicOperations.FixedTimeEquals(SealingContext.Commitment(contentKey), ciphertext[..KeyLength]))
            return null;

        var payload = new byte[ciphertext.Length - KeyLength - TagLength];
        byte[] context = SealingContext.Of(record.SealedKind, sender, record.EphemeralKey.Span, record.Readers);
        byte[] encryptionKey = SealingContext.EncryptionKey(contentKey);
        bool isWhole = TryDecrypt(encryptionKey, record.Nonce.Span, ciphertext[KeyLength..], context, payload);
        CryptographicOperations.ZeroMemory(encryptionKey);
        return isWhole ? payload : null;
    }

    private static bool TryDecrypt(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertextAndTag, ReadOnlySpan<byte> context, byte[] plaintext)
    {
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(nonce, ciphertextAndTag[..^TagLength], ciphertextAndTag[^TagLength..], plaintext, context);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
