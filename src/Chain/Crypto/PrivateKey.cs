using System.Diagnostics;
using System.Security.Cryptography;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>A secret key of secp256k1. Its bytes are zeroed when it is disposed of, and are neither printed nor serialised.</summary>
/// <remarks>The bytes leave by <see cref="ExportSecretTo"/> alone. Signing makes copies inside BouncyCastle, which the garbage collector reclaims in
/// its own time. After disposal every member but <see cref="ToString"/> throws <see cref="ObjectDisposedException"/>.</remarks>
/// <threadsafety>Signing is thread-safe; disposing is the owner's.</threadsafety>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class PrivateKey : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    // Pinned, so that the garbage collector leaves no copies behind; not shown by a debugger that opens the object.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _scalar = GC.AllocateUninitializedArray<byte>(Length, pinned: true);

    private readonly PublicKey _publicKey;
    private readonly Address _address;
    private bool _disposed;

    private PrivateKey(ReadOnlySpan<byte> scalar)
    {
        scalar.CopyTo(_scalar);
        _publicKey = Secp256k1.DerivePublicKey(_scalar);
        _address = _publicKey.Address;
    }

    /// <summary>The public key.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public PublicKey PublicKey
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _publicKey;
        }
    }

    /// <summary>The account of the key.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public Address Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _address;
        }
    }

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
        Signature signature = Secp256k1.Sign(hash, _scalar);
        RecoveryMemo.Current?.Add(hash, signature, _publicKey);
        return signature;
    }

    /// <summary>The x coordinate of the point that this key and another's public key have in common: 32 bytes that the caller zeroes.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    internal byte[] Agree(PublicKey other)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Secp256k1.Agree(_scalar, other);
    }

    /// <summary>Copies the secret itself, 32 bytes big-endian, for storage under a password. Whoever holds it can sign as
    /// <see cref="Address"/>; zero it after use.</summary>
    /// <exception cref="ArgumentException">The destination is not 32 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public void ExportSecretTo(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (destination.Length != Length)
            throw new ArgumentException($"A private key has {Length} bytes; room for {destination.Length} was given.", nameof(destination));

        _scalar.CopyTo(destination);
    }

    /// <summary>Zeroes the key. Doing so twice is harmless.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_scalar);
        _disposed = true;
    }

    /// <summary>The account, never the key.</summary>
    public override string ToString() => $"private key of {_address}";
}
