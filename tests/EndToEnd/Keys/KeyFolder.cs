using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Keys;

/// <summary>A folder with a password file, and a key store that is not there yet.</summary>
internal sealed class KeyFolder : IDisposable
{
    public const string Password = "correct horse";
    public const string Digits = "8db185e31c0cd39fdfb04737671e2cfb6e7b81506214eff6399fe1953ee6c141";
    public const string Address = "0x1899a98824005dDFf362a699845964D08963bC5a";

    private readonly TemporaryFolder _folder = new();

    public KeyFolder() => PasswordFile = Write("password", $"{Password}\r\nanother line\n");

    public string PasswordFile { get; }

    public string KeyStore => _folder.File("keys");

    public string[] KeyFiles => Directory.GetFiles(KeyStore);

    public string Write(string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);
        return _folder.File(name);
    }

    /// <summary>The key of <see cref="Digits"/>, encrypted at the lowest cost.</summary>
    public string WriteKeyFile(string password = Password)
    {
        using PrivateKey key = PrivateKey.FromBytes(Convert.FromHexString(Digits));
        File.WriteAllBytes(_folder.File("key.json"), EncryptedKey.Encrypt(key, password, new ScryptParameters(2, 1, 1)).ToJson());
        return _folder.File("key.json");
    }

    /// <summary>Runs a command of <c>keys</c> on the key store.</summary>
    public CommandLine Run(params string[] args) => CommandLine.Run(["keys", .. args, "--keystore", KeyStore]);

    /// <summary>Runs a command of <c>keys</c> on the key store, with the password in the file.</summary>
    public CommandLine RunWithPassword(params string[] args) => Run([.. args, "--password-file", PasswordFile]);

    public CommandLine RunTyping(string typed, params string[] args) => CommandLine.RunTyping(typed, ["keys", .. args, "--keystore", KeyStore]);

    public void Dispose() => _folder.Dispose();
}
