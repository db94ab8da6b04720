using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>An ECDSA signature on secp256k1 from which the signer can be recovered.</summary>
/// <param name="R">r, 1 to n − 1.</param>
/// <param name="S">s, 1 to n − 1; at most n / 2 in a canonical signature (EIP-2).</param>
/// <param name="RecoveryId">Parity of the y coordinate of the nonce point: 0 or 1; 2 and 3 where its x coordinate is r + n.</param>
public readonly record struct Signature(UInt256 R, UInt256 S, byte RecoveryId)
{
    /// <summary>Length of <c>r ‖ s ‖ v</c>: 65 bytes.</summary>
    public const int Length = 65;

    /// <summary>True where s is at most n / 2: the form that Ethereum accepts since Homestead (EIP-2).</summary>
    public bool IsLowS => S <= Secp256k1.HalfOrder;

    /// <summary>Recovers the key that signed a hash. Costs about 0.06 ms.</summary>
    /// <returns>Null where no key has made this signature.</returns>
    public PublicKey? TryRecover(Hash256 hash) =>
        RecoveryMemo.Current is { } memo ? memo.TryRecover(hash, this) : Secp256k1.TryRecover(hash, this);

    /// <summary>As <see cref="TryRecover(Hash256)"/>, faster where the hinted account has signed and its key is known.</summary>
    internal PublicKey? TryRecover(Hash256 hash, KnownKeys keys, Address? hint) =>
        RecoveryMemo.Current is { } memo ? memo.TryRecover(hash, this) : keys.TryRecover(hash, this, hint);

    /// <summary>Reads r (32 bytes), s (32 bytes) and the recovery id (1 byte, 0 to 3). Values are not checked against the curve.</summary>
    /// <exception cref="ArgumentException">The length is not 65.</exception>
    public static Signature FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length
            ? new Signature(UInt256.FromBigEndian(bytes[..32]), UInt256.FromBigEndian(bytes[32..64]), bytes[64])
            : throw new ArgumentException($"A signature has {Length} bytes; {bytes.Length} were given.", nameof(bytes));

    /// <summary>Writes r (32 bytes), s (32 bytes) and the recovery id (1 byte).</summary>
    public void CopyTo(Span<byte> destination)
    {
        R.WriteBigEndian(destination);
        S.WriteBigEndian(destination[32..]);
        destination[64] = RecoveryId;
    }
}
