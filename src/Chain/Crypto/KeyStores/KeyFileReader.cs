using System.Text.Json;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>Reads an encrypted key from JSON: foreign input, judged field by field before anything is derived from it.</summary>
internal static class KeyFileReader
{
    private const long Version = 3;

    public static ValidationResult TryRead(ReadOnlySpan<byte> utf8Json, out EncryptedKey? key)
    {
        key = null;
        if (utf8Json.Length > EncryptedKey.MaxJsonBytes)
        {
            return ValidationResult.Fail(
                KeyStoreError.TooLarge, $"A key file has at most {EncryptedKey.MaxJsonBytes} bytes; this has {utf8Json.Length}.");
        }

        KeyFileJson? file;
        try
        {
            file = JsonSerializer.Deserialize(utf8Json, KeyFileJsonContext.Default.KeyFileJson);
        }
        catch (JsonException exception)
        {
            return Malformed($"is not the JSON of a key file: {exception.Message}");
        }

        return file is null ? Malformed("is null") : TryRead(file, out key);
    }

    private static ValidationResult TryRead(KeyFileJson file, out EncryptedKey? key)
    {
        key = null;
        if (file.Version != Version)
        {
            return ValidationResult.Fail(
                KeyStoreError.UnsupportedVersion, $"The key file has version {file.Version?.ToString() ?? "none"}; {Version} is read.");
        }

        if (file.Crypto is not { } crypto)
            return Malformed("has no 'crypto'");
        if (!IsNamed(crypto.Cipher, KeyFileWriter.Cipher))
        {
            return ValidationResult.Fail(
                KeyStoreError.UnsupportedCipher, $"The cipher of the key file is '{crypto.Cipher}'; '{KeyFileWriter.Cipher}' is read.");
        }

        ValidationResult ofDerivation = TryReadDerivation(crypto, out KeyDerivation? derivation);
        if (!ofDerivation.IsValid)
            return ofDerivation;
        if (!TryReadBytes(crypto.Cipherparams?.Iv, KeyCipher.IvLength, KeyCipher.IvLength, out byte[] iv))
            return Malformed($"needs an 'iv' of {KeyCipher.IvLength} bytes");
        if (!TryReadBytes(crypto.Ciphertext, 1, PrivateKey.Length, out byte[] ciphertext))
            return Malformed($"needs a 'ciphertext' of 1 to {PrivateKey.Length} bytes");
        if (!Hash256.TryParse(crypto.Mac, out Hash256 mac))
            return Malformed($"needs a 'mac' of {Hash256.Length} bytes");
        if (!TryReadAddress(file.Address, out Address? address))
            return Malformed($"has the address '{file.Address}', which is not {Address.Length} bytes");
        if (!TryReadId(file.Id, out Guid? id))
            return Malformed($"has the id '{file.Id}', which is no UUID");

        key = new EncryptedKey(id, address, derivation!, iv, ciphertext, mac);
        return ValidationResult.Valid;
    }

    private static ValidationResult TryReadDerivation(CryptoJson crypto, out KeyDerivation? derivation)
    {
        derivation = null;
        if (!IsNamed(crypto.Kdf, KeyFileWriter.Scrypt) && !IsNamed(crypto.Kdf, KeyFileWriter.Pbkdf2))
        {
            return ValidationResult.Fail(
                KeyStoreError.UnsupportedKeyDerivation,
                $"The key derivation of the key file is '{crypto.Kdf}'; '{KeyFileWriter.Scrypt}' and '{KeyFileWriter.Pbkdf2}' are read.");
        }

        if (crypto.Kdfparams is not { } parameters)
            return Malformed("has no 'kdfparams'");
        if (!TryReadBytes(parameters.Salt, 0, EncryptedKey.MaxJsonBytes, out byte[] salt))
            return Malformed("needs a 'salt'");
        if (parameters.Dklen is not { } length)
            return Malformed("needs a 'dklen'");
        if (length < KeyDerivation.KeyLength)
            return OutOfRange($"'dklen' is {length}; at least {KeyDerivation.KeyLength} is needed");

        return IsNamed(crypto.Kdf, KeyFileWriter.Scrypt)
            ? TryReadScrypt(parameters, salt, out derivation)
            : TryReadPbkdf2(parameters, salt, out derivation);
    }

    private static ValidationResult TryReadScrypt(KeyDerivationJson parameters, byte[] salt, out KeyDerivation? derivation)
    {
        derivation = null;
        if (parameters is not { N: { } n, R: { } r, P: { } p })
            return Malformed("needs 'n', 'r' and 'p'");
        if (!ScryptParameters.AreInRange(n, r, p))
            return OutOfRange($"n = {n}, r = {r}, p = {p}: {ScryptParameters.Rule}");

        derivation = new ScryptDerivation(new ScryptParameters((int)n, (int)r, (int)p), salt);
        return ValidationResult.Valid;
    }

    private static ValidationResult TryReadPbkdf2(KeyDerivationJson parameters, byte[] salt, out KeyDerivation? derivation)
    {
        derivation = null;
        if (!IsNamed(parameters.Prf, KeyFileWriter.PseudoRandomFunction))
        {
            return ValidationResult.Fail(
                KeyStoreError.UnsupportedKeyDerivation,
                $"The 'prf' of the key file is '{parameters.Prf}'; '{KeyFileWriter.PseudoRandomFunction}' is read.");
        }

        if (parameters.C is not { } iterations)
            return Malformed("needs 'c'");
        if (iterations is < 1 or > Pbkdf2Derivation.MaxIterations)
            return OutOfRange($"'c' is {iterations}; 1 to {Pbkdf2Derivation.MaxIterations} is read");

        derivation = new Pbkdf2Derivation((int)iterations, salt);
        return ValidationResult.Valid;
    }

    private static bool TryReadBytes(string? text, int minLength, int maxLength, out byte[] bytes)
    {
        bytes = [];
        return text is not null && Hex.TryParse(text, out bytes) && bytes.Length >= minLength && bytes.Length <= maxLength;
    }

    private static bool TryReadAddress(string? text, out Address? address)
    {
        address = null;
        if (string.IsNullOrEmpty(text))
            return true;

        bool read = Address.TryParse(text, out Address found);
        address = found;
        return read;
    }

    private static bool TryReadId(string? text, out Guid? id)
    {
        id = null;
        if (text is null)
            return true;

        bool read = Guid.TryParse(text, out Guid found);
        id = found;
        return read;
    }

    private static bool IsNamed(string? text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);

    private static ValidationResult Malformed(string what) => ValidationResult.Fail(KeyStoreError.Malformed, $"The key file {what}.");

    private static ValidationResult OutOfRange(string what) =>
        ValidationResult.Fail(KeyStoreError.KeyDerivationOutOfRange, $"The key file's derivation is out of range: {what}.");
}
