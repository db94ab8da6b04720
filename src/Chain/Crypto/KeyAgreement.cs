using System.Security.Cryptography;

namespace DerChain.Chain.Crypto;

/// <summary>A secret that two holders of keys share without having sent it: Diffie-Hellman on secp256k1 (SEC 1, version 2.0, 3.3.1), and HKDF with
/// SHA-256 over it (RFC 5869).</summary>
/// <threadsafety>All members are pure.</threadsafety>
public static class KeyAgreement
{
    /// <summary>Derives a key from the shared secret, the same on both sides.</summary>
    /// <param name="own">The own key.</param>
    /// <param name="other">The public key of the other side.</param>
    /// <param name="salt">Salt of HKDF: what both sides know and is different each time.</param>
    /// <param name="info">Info of HKDF: what the key is for.</param>
    /// <param name="key">The key, 1 to 8,160 bytes; the caller zeroes it after use.</param>
    /// <remarks>The shared secret is zeroed here. As in signing, copies inside BouncyCastle stay until the garbage collector takes them.</remarks>
    /// <exception cref="ObjectDisposedException">The own key was disposed of.</exception>
    public static void DeriveKey(PrivateKey own, PublicKey other, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> key)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(other);
        byte[] shared = own.Agree(other);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, key, salt, info);
        CryptographicOperations.ZeroMemory(shared);
    }
}
