using System.CommandLine;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;

namespace DerChain.Cli.Keys;

/// <summary><c>derchain keys new</c>: makes a private key and stores it under a password.</summary>
internal static class NewKeyCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> folder = KeyOptions.KeyStore();
        Option<string?> passwordFile = KeyOptions.PasswordFile();
        Option<bool> light = KeyOptions.Light();
        Option<bool> json = Options.Json();
        var command = new Command("new", "Make a private key and store it under a password; prints its address and file.")
        {
            folder,
            passwordFile,
            light,
            json,
        };
        command.SetAction(line =>
        {
            KeyStore store = KeyOptions.Open(line.GetValue(folder));
            using Password password = Password.Choose(terminal, line.GetValue(passwordFile));
            using PrivateKey key = PrivateKey.Generate();
            EncryptedKey encrypted = EncryptedKey.Encrypt(key, password.Utf8, KeyOptions.Cost(line.GetValue(light)));
            StoredKey.Add(store, encrypted).Write(terminal, line.GetValue(json));
        });
        return command;
    }
}
