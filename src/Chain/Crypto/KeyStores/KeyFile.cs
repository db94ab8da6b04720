using DerChain.Chain.Validation;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>A file of a key store.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Key">The encrypted key. Null where the file cannot be read as one.</param>
/// <param name="Verdict">Why it cannot be read; otherwise valid.</param>
/// <threadsafety>Immutable.</threadsafety>
public sealed record KeyFile(string Path, EncryptedKey? Key, ValidationResult Verdict)
{
    /// <summary>Reads a file, of at most <see cref="EncryptedKey.MaxJsonBytes"/>.</summary>
    /// <returns>The key, or why there is none: a <see cref="KeyStoreError"/>; where the file itself cannot be read,
    /// <see cref="KeyStoreError.Unreadable"/>.</returns>
    public static KeyFile Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            var content = new byte[EncryptedKey.MaxJsonBytes + 1];
            int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            ValidationResult verdict = EncryptedKey.TryRead(content.AsSpan(0, length), out EncryptedKey? key);
            return new KeyFile(path, key, verdict);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new KeyFile(path, null, ValidationResult.Fail(KeyStoreError.Unreadable, exception.Message));
        }
    }
}
