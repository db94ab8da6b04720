using System.Security.Cryptography;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>A secret key of secp256k1. Its bytes are zeroed when it is disposed of, and never printed.</summary>
/// <threadsafety>Signing is thread-safe; disposing is the owner's.</threadsafety>
public sealed class PrivateKey : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _scalar;
    private bool _disposed;

    private PrivateKey(ReadOnlySpan<byte> scalar)
    {
        _scalar = scalar.ToArray();
        PublicKey = Secp256k1.DerivePublicKey(_scalar);
        Address = PublicKey.Address;
    }

    /// <summary>The public key.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The account of the key.</summary>
    public Address Address { get; }

    /// <summary>Makes a key from a scalar of 32 bytes, big-endian, 1 to n − 1.</summary>
    /// <returns>Null where the bytes are not such a scalar.</returns>
    public static PrivateKey? TryFromBytes(ReadOnlySpan<byte> scalar) => Secp256k1.IsValidScalar(scalar) ? new PrivateKey(scalar) : null;

    /// <summary>Makes a key from a scalar of 32 bytes, big-endian, 1 to n − 1.</summary>
    /// <exception cref="ArgumentException">The bytes are not such a scalar.</exception>
    public static PrivateKey FromBytes(ReadOnlySpan<byte> scalar) =>
        TryFromBytes(scalar) ?? throw new ArgumentException("A private key is 32 bytes, a number from 1 to the order of secp256k1 less 1.", nameof(scalar));

    /// <summary>Makes a key from the operating system's source of randomness.</summary>
    public static PrivateKey Generate()
    {
        Span<byte> scalar = stackalloc byte[Length];
        PrivateKey? key;
        do
        {
            RandomNumberGenerator.Fill(scalar);
            key = TryFromBytes(scalar);
        }
        while (key is null);

        CryptographicOperations.ZeroMemory(scalar);
        return key;
    }

    /// <summary>Signs a 32-byte hash: deterministic (RFC 6979 with HMAC-SHA-256), low s (EIP-2).</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public Signature Sign(Hash256 hash)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Secp256k1.Sign(hash, _scalar);
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_scalar);
        _disposed = true;
    }

    /// <summary>The account, never the key.</summary>
    public override string ToString() => $"private key of {Address}";
}
