using System.Collections.Immutable;
using System.CommandLine;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Keys;

/// <summary><c>derchain keys address</c>: decrypts a key, which proves the password, and tells its address.</summary>
internal static class KeyAddressCommand
{
    public static Command Create(Terminal terminal)
    {
        var key = new Argument<string>("FILE|ADDRESS") { Description = "A key file, or an address whose key is in the key store." };
        Option<string?> folder = KeyOptions.KeyStore();
        Option<string?> passwordFile = KeyOptions.PasswordFile();
        Option<bool> json = Options.Json();
        var command = new Command("address", "Decrypt a key, to prove its password, and print its address and file.")
        {
            key,
            folder,
            passwordFile,
            json,
        };
        command.SetAction(line =>
        {
            KeyFile file = Find(line.GetRequiredValue(key), () => KeyOptions.Open(line.GetValue(folder)));
            EncryptedKey encrypted = KeyFiles.Require(file.Path, file.Verdict, file.Key);
            using Password password = Password.Ask(terminal, line.GetValue(passwordFile), $"Password of {file.Path}: ");
            using PrivateKey decrypted = KeyFiles.Decrypt(file.Path, encrypted, password);
            new StoredKey(decrypted.Address, file.Path).Write(terminal, line.GetValue(json));
        });
        return command;
    }

    private static KeyFile Find(string fileOrAddress, Func<KeyStore> open)
    {
        if (File.Exists(fileOrAddress) || !Address.TryParse(fileOrAddress, out _))
            return KeyFile.Read(fileOrAddress);

        Address address = AddressText.Parse(fileOrAddress);
        KeyStore store = open();
        ImmutableArray<KeyFile> found = store.Find(address);
        return found switch
        {
            [var file] => file,
            [] => throw new UserErrorException($"There is no key of {address.ToChecksumString()} in '{store.Folder}'."),
            _ => throw new UserErrorException(
                $"{found.Length} files have the address {address.ToChecksumString()}; name one, such as '{found[0].Path}'."),
        };
    }
}
