using System.CommandLine;
using DerChain.Chain.Crypto.KeyStores;

namespace DerChain.Cli.Keys;

/// <summary>Options of several <c>keys</c> commands.</summary>
internal static class KeyOptions
{
    private const string FolderVariable = "DERCHAIN_KEYSTORE";

    /// <summary><c>--keystore</c>: the folder of key files.</summary>
    public static Option<string?> KeyStore() =>
        Options.Path("--keystore", $"Folder of the key files. Default: what {FolderVariable} names, else ~/.derchain/keystore.");

    /// <summary><c>--password-file</c>: a password is never an argument, where every user of the machine could read it.</summary>
    public static Option<string?> PasswordFile() =>
        Options.Path("--password-file", "File whose first line is the password. Default: asked for on the terminal.");

    /// <summary><c>--light</c>: a weaker derivation.</summary>
    public static Option<bool> Light() => new("--light")
    {
        Description = "Encrypt with Geth's light scrypt (n = 4096, p = 6): quick, little memory, and that much easier to guess the password of.",
    };

    /// <summary>The key store that the options name.</summary>
    public static KeyStore Open(string? folder)
    {
        string named = folder ?? Environment.GetEnvironmentVariable(FolderVariable) ?? "";
        return new KeyStore(named.Length > 0 ? named : Path.Combine(HomeFolder(), ".derchain", "keystore"));
    }

    /// <summary>The cost that the options name.</summary>
    public static ScryptParameters Cost(bool light) => light ? ScryptParameters.Light : ScryptParameters.Standard;

    private static string HomeFolder()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? home : throw new UserErrorException($"There is no home folder for keys: give --keystore or set {FolderVariable}.");
    }
}
