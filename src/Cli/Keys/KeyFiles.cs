using System.Diagnostics.CodeAnalysis;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Validation;

namespace DerChain.Cli.Keys;

/// <summary>Key files that a command cannot do without: what is wrong with one is said with its path.</summary>
internal static class KeyFiles
{
    /// <summary>What was read.</summary>
    /// <exception cref="UserErrorException">It could not be read.</exception>
    public static T Require<T>(string path, ValidationResult verdict, [NotNull] T? value)
        where T : class => value ?? throw new UserErrorException($"'{path}': {verdict.Message}");

    /// <summary>The private key.</summary>
    /// <exception cref="UserErrorException">The password is wrong, or the file was altered.</exception>
    public static PrivateKey Decrypt(string path, EncryptedKey encrypted, Password password) =>
        Require(path, encrypted.TryDecrypt(password.Utf8, out PrivateKey? key), key);
}
