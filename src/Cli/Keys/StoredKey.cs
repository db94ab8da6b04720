using System.Text.Json;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Keys;

/// <summary>A key of the store, as it is told to the user: its address and file, never the key.</summary>
internal sealed record StoredKey(Address Address, string Path)
{
    /// <summary>Adds a key to the store.</summary>
    /// <exception cref="UserErrorException">The address is there already.</exception>
    public static StoredKey Add(KeyStore store, EncryptedKey key)
    {
        Address address = key.Address!.Value;
        return store.TryAdd(key, TimeProvider.System.GetUtcNow(), out string path)
            ? new StoredKey(address, path)
            : throw new UserErrorException($"The key of {address.ToChecksumString()} is there already, in '{path}'; nothing was stored.");
    }

    public void Write(Terminal terminal, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(Write);
            return;
        }

        terminal.Output.WriteLine($"address  {Address.ToChecksumString()}");
        terminal.Output.WriteLine($"file     {Path}");
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("address", Address.ToChecksumString());
        json.WriteString("file", Path);
    }
}
