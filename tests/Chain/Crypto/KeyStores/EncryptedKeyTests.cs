using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Crypto.KeyStores;

public sealed class EncryptedKeyTests
{
    [Fact]
    public void A_key_file_has_the_known_bytes() => Assert.Equal(
        """
        {"address":"791ebfe3b58d44c45eda1d7a859bda7cdbaf7a92","crypto":{"cipher":"aes-128-ctr",
        "ciphertext":"ba04b8646dee2fbe965ea51e0aaf13526042bb7579e5693a361ccb22a74cb9b4",
        "cipherparams":{"iv":"ffffffffffffffffffffffffffffffff"},"kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":1,
        "salt":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"},
        "mac":"e8cd508fbbbd6614cf98e6d8bfb0d748a13ce0d7f9381b7a82bd13c6015fcdee"},"id":"3198bc9c-6672-4ab3-9995-4942343ae5b6","version":3}
        """.ReplaceLineEndings(""),
        KeyFileSample.Json);

    [Fact]
    public void What_is_encrypted_is_decrypted_with_the_same_password_only() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 40]).Sample(
            (secret, password, other) =>
            {
                if (PrivateKey.TryFromBytes(secret) is not { } key)
                    return;

                byte[] json = EncryptedKey.Encrypt(key, password, KeyFileSample.LowestCost).ToJson();
                Assert.True(EncryptedKey.TryRead(json, out EncryptedKey? read).IsValid);
                Assert.True(read!.TryDecrypt(password, out PrivateKey? decrypted).IsValid);
                Assert.Equal(key.PublicKey, decrypted!.PublicKey);
                Assert.Equal(password.AsSpan().SequenceEqual(other), read.TryDecrypt(other, out _).IsValid);
            },
            iter: 100);

    [Fact]
    public void Text_is_taken_as_its_UTF_8_unnormalised()
    {
        const string Composed = "caf\u00e9 \U0001f511";
        EncryptedKey key = EncryptedKey.Encrypt(KeyFileSample.PrivateKey, Composed, KeyFileSample.LowestCost);
        Assert.True(key.TryDecrypt(Encoding.UTF8.GetBytes(Composed), out _).IsValid);
        Assert.True(key.TryDecrypt(Composed, out _).IsValid);
        Assert.Equal(KeyStoreError.WrongPassword, key.TryDecrypt("cafe\u0301 \U0001f511", out _).Error);
        Assert.ThrowsAny<ArgumentException>(() => key.TryDecrypt("\ud800", out _));
        Assert.ThrowsAny<ArgumentException>(() => EncryptedKey.Encrypt(KeyFileSample.PrivateKey, "\ud800"));
    }

    [Fact]
    public void Salt_counter_and_id_are_new_each_time()
    {
        EncryptedKey first = EncryptedKey.Encrypt(KeyFileSample.PrivateKey, KeyFileSample.Password, KeyFileSample.LowestCost);
        EncryptedKey second = EncryptedKey.Encrypt(KeyFileSample.PrivateKey, KeyFileSample.Password, KeyFileSample.LowestCost);
        Assert.NotEqual(first.Derivation.Salt, second.Derivation.Salt);
        Assert.NotEqual(first.Iv, second.Iv);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((32, 16, 4), (first.Derivation.Salt.Length, first.Iv.Length, first.Id!.Value.Version));
    }

    [Fact]
    public void The_cost_is_Geths_standard_unless_another_is_asked_for()
    {
        EncryptedKey key = EncryptedKey.Encrypt(KeyFileSample.PrivateKey, KeyFileSample.Password);
        Assert.Equal(ScryptParameters.Standard, Assert.IsType<ScryptDerivation>(key.Derivation).Parameters);
        EncryptedKey light = EncryptedKey.Encrypt(KeyFileSample.PrivateKey, KeyFileSample.Password, ScryptParameters.Light);
        Assert.Contains("\"dklen\":32,\"n\":4096,\"p\":6,\"r\":8,", Encoding.UTF8.GetString(light.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_key_is_not_encrypted()
    {
        PrivateKey key = KeyFileSample.PrivateKey;
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => EncryptedKey.Encrypt(key, KeyFileSample.Password, KeyFileSample.LowestCost));
    }

    [Fact]
    public void Names_in_any_case_prefixed_digits_numbers_as_text_and_unknown_properties_are_read()
    {
        string mac = Property("mac");
        string json = KeyFileSample.Json
            .Replace("\"crypto\"", "\"unknown\":{\"a\":[1,{}]},\"Crypto\"", StringComparison.Ordinal)
            .Replace("\"kdfparams\"", "\"KdfParams\"", StringComparison.Ordinal)
            .Replace("\"scrypt\"", "\"Scrypt\"", StringComparison.Ordinal)
            .Replace(mac, "0x" + mac.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("\"version\":3", "\"VERSION\":\"3\"", StringComparison.Ordinal);
        AssertOpens(json);
    }

    [Theory]
    [InlineData("address")]
    [InlineData("id")]
    public void Address_and_id_may_be_absent(string name)
    {
        JsonObject json = JsonNode.Parse(KeyFileSample.Json)!.AsObject();
        json.Remove(name);
        AssertOpens(json.ToJsonString());
        json[name] = null;
        AssertOpens(json.ToJsonString());
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] json = Encoding.UTF8.GetBytes(KeyFileSample.Json);
        EachCase.Holds(Enumerable.Range(0, json.Length), length => $"{length} bytes", length =>
        {
            Assert.Equal(KeyStoreError.Malformed, EncryptedKey.TryRead(json.AsSpan(0, length), out EncryptedKey? key).Error);
            Assert.Null(key);
        });
    }

    [Fact]
    public void Altered_bytes_never_throw_and_never_give_another_key()
    {
        byte[] json = Encoding.UTF8.GetBytes(KeyFileSample.Json);
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                byte[] altered = [.. json];
                foreach ((int place, byte value) in changes)
                    altered[place] = value;

                AssertRefusedOrTheSame(altered);
            },
            iter: 20_000);
    }

    [Fact]
    public void Every_property_of_another_kind_is_refused_or_has_no_effect()
    {
        string[] kinds =
        [
            "null", "true", "\"\"", "\"0x\"", "\"x\"", "\"\\ud800\"", "-1", "0", "1",
            "3.5", "1e400", "99999999999999999999", "[]", "[[]]", "{}", "{\"n\":{}}",
        ];
        string[] paths = ["", "address", "crypto", "id", "version"];
        string[] inCrypto = ["cipher", "ciphertext", "cipherparams", "cipherparams.iv", "kdf", "kdfparams", "mac"];
        string[] inParameters = ["dklen", "n", "r", "p", "salt"];
        EachCase.Holds(
            from path in paths.Concat(inCrypto.Select(name => $"crypto.{name}")).Concat(inParameters.Select(name => $"crypto.kdfparams.{name}"))
            from kind in kinds
            select (path, kind),
            change => $"{change.path} = {change.kind}",
            change => AssertRefusedOrTheSame(Encoding.UTF8.GetBytes(With(change.path, change.kind))));
    }

    private static string Property(string name) => (string)JsonNode.Parse(KeyFileSample.Json)!["crypto"]![name]!;

    private static string With(string path, string value)
    {
        if (path.Length == 0)
            return value;

        const string Marker = "\"to be replaced\"";
        JsonNode json = JsonNode.Parse(KeyFileSample.Json)!;
        string[] names = path.Split('.');
        JsonNode owner = names[..^1].Aggregate(json, (node, name) => node[name]!);
        owner[names[^1]] = "to be replaced";
        return json.ToJsonString().Replace(Marker, value, StringComparison.Ordinal);
    }

    private static void AssertOpens(string json)
    {
        ValidationResult verdict = EncryptedKey.TryRead(Encoding.UTF8.GetBytes(json), out EncryptedKey? key);
        Assert.True(verdict.IsValid, verdict.ToString());
        Assert.True(key!.TryDecrypt(KeyFileSample.Password, out PrivateKey? privateKey).IsValid);
        Assert.Equal(KeyFileSample.PrivateKey.PublicKey, privateKey!.PublicKey);
    }

    private static void AssertRefusedOrTheSame(byte[] json)
    {
        ValidationResult verdict = EncryptedKey.TryRead(json, out EncryptedKey? key);
        Assert.Equal(verdict.IsValid, key is not null);
        if (key is not { Derivation: ScryptDerivation { Parameters: { N: <= 1024, P: <= 1024 } } })
            return;

        ValidationResult opened = key.TryDecrypt(KeyFileSample.Password, out PrivateKey? privateKey);
        Assert.Equal(opened.IsValid, privateKey is not null);
        // The initial counter is not under the authentication code: what it alters has another address.
        if (privateKey is not null && key.Address is not null)
            Assert.Equal(KeyFileSample.PrivateKey.PublicKey, privateKey.PublicKey);
    }
}
