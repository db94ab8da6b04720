using System.Text.Json;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>Writes an encrypted key as Geth does: one line, hexadecimal digits in lower case and without <c>0x</c>.</summary>
internal static class KeyFileWriter
{
    public const string Cipher = "aes-128-ctr";
    public const string Scrypt = "scrypt";
    public const string Pbkdf2 = "pbkdf2";
    public const string PseudoRandomFunction = "hmac-sha256";
    private const int Version = 3;

    public static byte[] Write(EncryptedKey key)
    {
        KeyDerivation derivation = key.Derivation;
        var crypto = new CryptoJson(
            Cipher,
            Digits(key.Ciphertext),
            new CipherParametersJson(Digits(key.Iv)),
            derivation is ScryptDerivation ? Scrypt : Pbkdf2,
            ParametersOf(derivation),
            Digits(key.Mac.ToBytes()));
        string? address = key.Address is { } known ? Digits(known.ToBytes()) : null;
        return JsonSerializer.SerializeToUtf8Bytes(
            new KeyFileJson(address, crypto, key.Id?.ToString("D"), Version), KeyFileJsonContext.Default.KeyFileJson);
    }

    private static KeyDerivationJson ParametersOf(KeyDerivation derivation)
    {
        var common = new KeyDerivationJson(null, KeyDerivation.KeyLength, null, null, null, null, Digits(derivation.Salt));
        return derivation switch
        {
            ScryptDerivation { Parameters: { } scrypt } => common with { N = scrypt.N, R = scrypt.R, P = scrypt.P },
            Pbkdf2Derivation pbkdf2 => common with { C = pbkdf2.Iterations, Prf = PseudoRandomFunction },
            _ => throw new ArgumentException($"A {derivation.GetType().Name} has no form in a key file.", nameof(derivation)),
        };
    }

    private static string Digits(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
