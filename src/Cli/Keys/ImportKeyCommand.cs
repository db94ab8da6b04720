using System.Buffers;
using System.CommandLine;
using System.Security.Cryptography;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;

namespace DerChain.Cli.Keys;

/// <summary><c>derchain keys import</c>: takes a private key over from a file, in digits or encrypted.</summary>
internal static class ImportKeyCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A private key as 64 hexadecimal digits, or a key file (Web3 Secret Storage, version 3) with its password.",
        };
        Option<string?> folder = KeyOptions.KeyStore();
        Option<string?> passwordFile = KeyOptions.PasswordFile();
        Option<bool> light = KeyOptions.Light();
        Option<bool> json = Options.Json();
        var command = new Command(
            "import", "Store a private key from a file under a password: a new one for digits, the same one for a key file, which is encrypted anew.")
        {
            file,
            folder,
            passwordFile,
            light,
            json,
        };
        command.SetAction(line =>
        {
            KeyStore store = KeyOptions.Open(line.GetValue(folder));
            ScryptParameters cost = KeyOptions.Cost(line.GetValue(light));
            EncryptedKey key = Read(terminal, line.GetRequiredValue(file), line.GetValue(passwordFile), cost);
            StoredKey.Add(store, key).Write(terminal, line.GetValue(json));
        });
        return command;
    }

    private static EncryptedKey Read(Terminal terminal, string path, string? passwordFile, ScryptParameters cost)
    {
        byte[] content = SecretFile.Read(path, EncryptedKey.MaxJsonBytes);
        try
        {
            ReadOnlySpan<byte> trimmed = content.AsSpan().Trim(" \t\r\n"u8);
            if (trimmed.StartsWith("{"u8))
            {
                EncryptedKey found = KeyFiles.Require(path, EncryptedKey.TryRead(trimmed, out EncryptedKey? read), read);
                using Password itsPassword = Password.Ask(terminal, passwordFile, $"Password of {path}: ");
                using PrivateKey decrypted = KeyFiles.Decrypt(path, found, itsPassword);
                return EncryptedKey.Encrypt(decrypted, itsPassword.Utf8, cost);
            }

            using PrivateKey key = ReadDigits(path, trimmed);
            using Password password = Password.Choose(terminal, passwordFile);
            return EncryptedKey.Encrypt(key, password.Utf8, cost);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static PrivateKey ReadDigits(string path, ReadOnlySpan<byte> digits)
    {
        if (digits.StartsWith("0x"u8))
            digits = digits[2..];

        Span<byte> secret = stackalloc byte[PrivateKey.Length];
        bool areDigits = digits.Length == 2 * PrivateKey.Length
            && Convert.FromHexString(digits, secret, out _, out _) == OperationStatus.Done;
        PrivateKey? key = areDigits ? PrivateKey.TryFromBytes(secret) : null;
        CryptographicOperations.ZeroMemory(secret);
        return key ?? throw new UserErrorException(areDigits
            ? $"The number in '{path}' is no private key of secp256k1."
            : $"'{path}' holds neither a private key of 64 hexadecimal digits nor a key file.");
    }
}
