using System.Text;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Crypto.KeyStores;

/// <summary>Every error of key files, and ways to get it.</summary>
public sealed class KeyStoreErrorTests
{
    private const string Pbkdf2 = """{"c":1,"dklen":32,"prf":"hmac-sha256","salt":"00"}""";
    private static readonly string Scrypt = Between("\"kdfparams\":", ",\"mac\"");
    private static readonly string Mac = Between("\"mac\":\"", "\"");
    private static readonly string Ciphertext = Between("\"ciphertext\":\"", "\"");

    private static readonly (KeyStoreError Error, string Name, Func<ValidationResult> Way)[] Ways =
    [
        (KeyStoreError.TooLarge, "longer than a key file", () => Read(KeyFileSample.Json + new string(' ', EncryptedKey.MaxJsonBytes))),
        (KeyStoreError.Malformed, "empty", () => Read("")),
        (KeyStoreError.Malformed, "null", () => Read("null")),
        (KeyStoreError.Malformed, "an array", () => Read("[]")),
        (KeyStoreError.Malformed, "something after the end", () => Read(KeyFileSample.Json + "x")),
        (KeyStoreError.Malformed, "not UTF-8", () => EncryptedKey.TryRead([.. "{\"id\":\""u8, 0xff, .. "\"}"u8], out _)),
        (KeyStoreError.Malformed, "too deep", () => Read(new string('[', 10_000))),
        (KeyStoreError.Malformed, "no crypto", () => Read("""{"version":3}""")),
        (KeyStoreError.Malformed, "no kdfparams", () => Alter("\"kdfparams\":" + Scrypt, "\"none\":1")),
        (KeyStoreError.Malformed, "no salt", () => Alter("\"salt\"", "\"pepper\"")),
        (KeyStoreError.Malformed, "no dklen", () => Alter("\"dklen\"", "\"none\"")),
        (KeyStoreError.Malformed, "no n", () => Alter("\"n\"", "\"none\"")),
        (KeyStoreError.Malformed, "n with a fraction", () => Alter("\"n\":2", "\"n\":2.5")),
        (KeyStoreError.Malformed, "no c", () => AlterToPbkdf2("\"c\"", "\"none\"")),
        (KeyStoreError.Malformed, "iv too short", () => Alter("\"iv\":\"ff", "\"iv\":\"")),
        (KeyStoreError.Malformed, "no mac", () => Alter("\"mac\"", "\"none\"")),
        (KeyStoreError.Malformed, "mac too short", () => Alter(Mac, Mac[2..])),
        (KeyStoreError.Malformed, "ciphertext empty", () => Alter(Ciphertext, "")),
        (KeyStoreError.Malformed, "ciphertext too long", () => Alter(Ciphertext, Ciphertext + "00")),
        (KeyStoreError.Malformed, "ciphertext not hexadecimal", () => Alter(Ciphertext, "x" + Ciphertext[1..])),
        (KeyStoreError.Malformed, "address too short", () => Alter("\"address\":\"", "\"address\":\"00")),
        (KeyStoreError.Malformed, "id that is no UUID", () => Alter("\"id\":\"", "\"id\":\"-")),
        (KeyStoreError.UnsupportedVersion, "version 1", () => Alter("\"version\":3", "\"version\":1")),
        (KeyStoreError.UnsupportedVersion, "no version", () => Alter("\"version\"", "\"none\"")),
        (KeyStoreError.UnsupportedCipher, "aes-128-cbc", () => Alter("aes-128-ctr", "aes-128-cbc")),
        (KeyStoreError.UnsupportedCipher, "no cipher", () => Alter("\"cipher\"", "\"none\"")),
        (KeyStoreError.UnsupportedKeyDerivation, "argon2", () => Alter("\"scrypt\"", "\"argon2\"")),
        (KeyStoreError.UnsupportedKeyDerivation, "no kdf", () => Alter("\"kdf\"", "\"none\"")),
        (KeyStoreError.UnsupportedKeyDerivation, "hmac-sha512", () => AlterToPbkdf2("sha256", "sha512")),
        (KeyStoreError.KeyDerivationOutOfRange, "dklen 31", () => Alter("\"dklen\":32", "\"dklen\":31")),
        (KeyStoreError.KeyDerivationOutOfRange, "n of 3", () => Alter("\"n\":2", "\"n\":3")),
        (KeyStoreError.KeyDerivationOutOfRange, "a gibibyte", () => Alter("\"n\":2,\"p\":1,\"r\":1", "\"n\":1048576,\"p\":1,\"r\":8")),
        (KeyStoreError.KeyDerivationOutOfRange, "hours", () => Alter("\"p\":1", "\"p\":9223372036854775807")),
        (KeyStoreError.KeyDerivationOutOfRange, "no iterations", () => AlterToPbkdf2("\"c\":1", "\"c\":0")),
        (KeyStoreError.KeyDerivationOutOfRange, "hours of iterations", () => AlterToPbkdf2("\"c\":1", "\"c\":4294967296")),
        (KeyStoreError.WrongPassword, "another password", () => KeyFileSample.Encrypted.TryDecrypt("incorrect horse", out _)),
        (KeyStoreError.WrongPassword, "altered ciphertext", () => Open(
            KeyFileSample.Json.Replace(Ciphertext, Ciphertext[2..], StringComparison.Ordinal))),
        (KeyStoreError.InvalidPrivateKey, "a key of zero", () => Open(KeyFileOfZero())),
        (KeyStoreError.AddressMismatch, "the address of another", () => Open(KeyFileSample.Json.Replace(
            Convert.ToHexStringLower(KeyFileSample.PrivateKey.Address.ToBytes()), Convert.ToHexStringLower(new byte[20]), StringComparison.Ordinal))),
        (KeyStoreError.Unreadable, "no such file", () => KeyFile.Read(Path.Combine(Path.GetTempPath(), "derchain-no-such-folder", "key")).Verdict),
        (KeyStoreError.Unreadable, "a folder", () => KeyFile.Read(Path.GetTempPath()).Verdict),
    ];

    [Fact]
    public void Every_error_is_given_where_its_rule_is_broken()
    {
        EachCase.Holds(Ways, way => $"{way.Error}: {way.Name}", way =>
        {
            ValidationResult result = way.Way();
            Assert.Equal(way.Error, result.Error);
            Assert.False(string.IsNullOrWhiteSpace(result.Message));
        });
        Assert.Equal(Enum.GetValues<KeyStoreError>(), Ways.Select(way => way.Error).Distinct().Order());
    }

    private static string Between(string start, string end)
    {
        string rest = KeyFileSample.Json[(KeyFileSample.Json.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        return rest[..rest.IndexOf(end, StringComparison.Ordinal)];
    }

    private static ValidationResult Read(string json)
    {
        ValidationResult verdict = EncryptedKey.TryRead(Encoding.UTF8.GetBytes(json), out EncryptedKey? key);
        Assert.Null(key);
        return verdict;
    }

    private static ValidationResult Alter(string from, string to)
    {
        Assert.Contains(from, KeyFileSample.Json, StringComparison.Ordinal);
        return Read(KeyFileSample.Json.Replace(from, to, StringComparison.Ordinal));
    }

    private static ValidationResult AlterToPbkdf2(string from, string to) => Read(
        KeyFileSample.Json.Replace("\"scrypt\"", "\"pbkdf2\"", StringComparison.Ordinal)
            .Replace(Scrypt, Pbkdf2.Replace(from, to, StringComparison.Ordinal), StringComparison.Ordinal));

    private static ValidationResult Open(string json)
    {
        Assert.True(EncryptedKey.TryRead(Encoding.UTF8.GetBytes(json), out EncryptedKey? key).IsValid);
        ValidationResult verdict = key!.TryDecrypt(KeyFileSample.Password, out PrivateKey? privateKey);
        Assert.Null(privateKey);
        return verdict;
    }

    // Zero encrypted is the key stream itself: one byte of it, under the authentication code that belongs to it.
    private static string KeyFileOfZero()
    {
        EncryptedKey sample = KeyFileSample.Encrypted;
        var derivedKey = new byte[KeyDerivation.KeyLength];
        sample.Derivation.DeriveKey(Encoding.UTF8.GetBytes(KeyFileSample.Password), derivedKey);
        var ciphertext = new byte[1];
        KeyCipher.Apply(derivedKey, sample.Iv, new byte[1], ciphertext);
        Hash256 mac = KeyCipher.Mac(derivedKey, ciphertext);
        return Encoding.UTF8.GetString(new EncryptedKey(sample.Id, sample.Address, sample.Derivation, sample.Iv, ciphertext, mac).ToJson());
    }
}
