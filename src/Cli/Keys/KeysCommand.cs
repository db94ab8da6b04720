using System.CommandLine;

namespace DerChain.Cli.Keys;

/// <summary><c>derchain keys</c>: private keys under passwords, in a folder of key files that Geth can use too.</summary>
internal static class KeysCommand
{
    public static Command Create(Terminal terminal) => new(
        "keys", "Make, import and list private keys, encrypted in files that Geth and wallets read.")
    {
        NewKeyCommand.Create(terminal),
        ImportKeyCommand.Create(terminal),
        ListKeysCommand.Create(terminal),
        KeyAddressCommand.Create(terminal),
    };
}
