using System.Security.Cryptography;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>How the key that encrypts a private key follows from a password.</summary>
internal abstract class KeyDerivation(byte[] salt)
{
    /// <summary>Bytes derived: 16 for the cipher, then 16 for the message authentication code. A longer key starts with the same bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>What makes equal passwords give different keys.</summary>
    public byte[] Salt { get; } = salt;

    /// <summary>Derives <see cref="KeyLength"/> bytes.</summary>
    public abstract void DeriveKey(ReadOnlySpan<byte> password, Span<byte> derivedKey);
}

/// <summary>scrypt (RFC 7914).</summary>
internal sealed class ScryptDerivation(ScryptParameters parameters, byte[] salt) : KeyDerivation(salt)
{
    public ScryptParameters Parameters { get; } = parameters;

    public override void DeriveKey(ReadOnlySpan<byte> password, Span<byte> derivedKey) => Scrypt.DeriveKey(password, Salt, Parameters, derivedKey);
}

/// <summary>PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2).</summary>
internal sealed class Pbkdf2Derivation(int iterations, byte[] salt) : KeyDerivation(salt)
{
    /// <summary>64 times the usual 262,144; some seconds.</summary>
    public const int MaxIterations = 1 << 24;

    public int Iterations { get; } = iterations;

    public override void DeriveKey(ReadOnlySpan<byte> password, Span<byte> derivedKey) =>
        Rfc2898DeriveBytes.Pbkdf2(password, Salt, derivedKey, Iterations, HashAlgorithmName.SHA256);
}
