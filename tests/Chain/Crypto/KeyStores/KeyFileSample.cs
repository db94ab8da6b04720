using System.Text;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;

namespace DerChain.Chain.Tests.Crypto.KeyStores;

/// <summary>A key under the password "correct horse" at the lowest cost, with known salt, initial counter and id.</summary>
internal static class KeyFileSample
{
    public const string Password = "correct horse";

    public static ScryptParameters LowestCost { get; } = new(2, 1, 1);

    public static PrivateKey PrivateKey => TestChain.Key("key file");

    public static EncryptedKey Encrypted { get; } = Encrypt(PrivateKey);

    public static string Json { get; } = Encoding.UTF8.GetString(Encrypted.ToJson());

    public static EncryptedKey Encrypt(PrivateKey key) => EncryptedKey.Encrypt(
        key,
        Encoding.UTF8.GetBytes(Password),
        LowestCost,
        new EncryptionRandomness(
            [.. Enumerable.Range(0, 32).Select(value => (byte)value)],
            [.. Enumerable.Repeat((byte)0xff, 16)],
            Guid.Parse("3198bc9c-6672-4ab3-9995-4942343ae5b6")));
}
