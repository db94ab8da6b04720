using System.Text;
using System.Text.Json;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;

namespace DerChain.Chain.Tests.Crypto.KeyStores;

public sealed class KeyStoreVectorTests
{
    // Costs above this are derived once, not twice.
    private const int CheapWork = 1 << 17;

    [Fact]
    public void Key_files_of_others_open_with_their_password_and_are_written_again_with_the_same_ciphertext() => EachCase.Holds(
        Vectors.ReadJson("keystore.json").GetProperty("cases").EnumerateArray(), test => test.Text("name"), test =>
        {
            byte[] password = test.Find("password_hex") is null ? Encoding.UTF8.GetBytes(test.Text("password")) : test.Bytes("password_hex");
            Assert.True(EncryptedKey.TryRead(Json(test), out EncryptedKey? key) is { IsValid: true }, "It cannot be read.");
            Assert.True(key!.TryDecrypt(password, out PrivateKey? privateKey) is { IsValid: true }, "It cannot be decrypted.");
            if (test.Find("privateKey") is not null)
                Assert.Equal(LeftPadded(test.Bytes("privateKey")), SecretOf(privateKey!));
            if (test.Find("address") is not null)
                Assert.Equal(test.Address("address"), privateKey!.Address);

            AssertEncryptsAlike(key, privateKey!, password);
        });

    [Fact]
    public void A_key_file_that_was_read_is_written_with_the_same_content() => EachCase.Holds(
        Vectors.ReadJson("keystore.json").GetProperty("cases").EnumerateArray(), test => test.Text("name"), test =>
        {
            EncryptedKey.TryRead(Json(test), out EncryptedKey? key);
            byte[] written = key!.ToJson();
            Assert.True(EncryptedKey.TryRead(written, out EncryptedKey? again).IsValid);
            Assert.Equal(written, again!.ToJson());
            Assert.Equal(key.Address, again.Address);
            Assert.Equal(key.Id, again.Id);
            Assert.Equal(key.Mac, again.Mac);
            Assert.Equal(key.Derivation.Salt, again.Derivation.Salt);
        });

    private static byte[] Json(JsonElement test) => Encoding.UTF8.GetBytes(test.GetProperty("json").GetRawText());

    private static byte[] LeftPadded(byte[] secret) => [.. new byte[PrivateKey.Length - secret.Length], .. secret];

    private static byte[] SecretOf(PrivateKey key)
    {
        var secret = new byte[PrivateKey.Length];
        key.ExportSecretTo(secret);
        return secret;
    }

    private static void AssertEncryptsAlike(EncryptedKey key, PrivateKey privateKey, byte[] password)
    {
        if (key.Ciphertext.Length < PrivateKey.Length || key.Derivation is not ScryptDerivation { Parameters: { } cost })
            return;
        if (cost.N * cost.R * cost.P > CheapWork)
            return;

        EncryptedKey again = EncryptedKey.Encrypt(
            privateKey, password, cost, new EncryptionRandomness(key.Derivation.Salt, key.Iv, key.Id ?? Guid.Empty));
        Assert.Equal(key.Ciphertext, again.Ciphertext);
        Assert.Equal(key.Mac, again.Mac);
    }
}
