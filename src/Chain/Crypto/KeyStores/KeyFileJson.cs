using System.Text.Json.Serialization;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>The JSON of Web3 Secret Storage, version 3, as it stands; properties in the order in which Geth writes them. Null is absent.</summary>
internal sealed record KeyFileJson(string? Address, CryptoJson? Crypto, string? Id, long? Version);

/// <summary>The encrypted key and how it is decrypted.</summary>
internal sealed record CryptoJson(
    string? Cipher, string? Ciphertext, CipherParametersJson? Cipherparams, string? Kdf, KeyDerivationJson? Kdfparams, string? Mac);

/// <summary>The first counter of AES in counter mode.</summary>
internal sealed record CipherParametersJson(string? Iv);

/// <summary>Parameters of scrypt (n, p, r) or of PBKDF2 (c, prf).</summary>
internal sealed record KeyDerivationJson(long? C, long? Dklen, long? N, long? P, string? Prf, long? R, string? Salt);

/// <summary>Reads names in any case, for some tools write "Crypto", and numbers also as text; ignores what it does not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeyFileJson))]
internal sealed partial class KeyFileJsonContext : JsonSerializerContext;
