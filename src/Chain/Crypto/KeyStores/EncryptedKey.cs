using System.Security.Cryptography;
using System.Text;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>A private key under a password: Web3 Secret Storage, version 3, the format of the key files of Geth, ethers and others.</summary>
/// <remarks>
/// A password is taken as the bytes of its UTF-8, as Geth takes it: composed and decomposed letters ("é") are different passwords.
/// Decryption at the usual cost takes about a second and 256 MiB; what a file may ask for is bounded (<see cref="ScryptParameters"/>;
/// PBKDF2 up to 2^24 iterations).
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class EncryptedKey
{
    /// <summary>The longest JSON that is read: 64 KiB.</summary>
    public const int MaxJsonBytes = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal EncryptedKey(Guid? id, Address? address, KeyDerivation derivation, byte[] iv, byte[] ciphertext, Hash256 mac)
    {
        Id = id;
        Address = address;
        Derivation = derivation;
        Iv = iv;
        Ciphertext = ciphertext;
        Mac = mac;
    }

    /// <summary>The file's UUID. Null where the file has none.</summary>
    public Guid? Id { get; }

    /// <summary>The account that the file names: a claim until the key is decrypted. Null where the file names none.</summary>
    public Address? Address { get; }

    internal KeyDerivation Derivation { get; }

    internal byte[] Iv { get; }

    internal byte[] Ciphertext { get; }

    internal Hash256 Mac { get; }

    /// <summary>Reads the JSON of a key file. Nothing is derived or decrypted.</summary>
    /// <param name="utf8Json">JSON in UTF-8. Names are read in any case, unknown ones are ignored; hexadecimal digits may follow <c>0x</c>.</param>
    /// <param name="key">The key where the verdict is valid, otherwise null.</param>
    /// <returns>Valid, or a <see cref="KeyStoreError"/> up to <see cref="KeyStoreError.KeyDerivationOutOfRange"/>.</returns>
    public static ValidationResult TryRead(ReadOnlySpan<byte> utf8Json, out EncryptedKey? key) => KeyFileReader.TryRead(utf8Json, out key);

    /// <summary>Encrypts a key with salt, initial counter and id from the operating system's source of randomness.</summary>
    /// <param name="privateKey">The key; it stays the caller's.</param>
    /// <param name="password">The password; lone surrogates are refused.</param>
    /// <param name="cost">Null is <see cref="ScryptParameters.Standard"/>.</param>
    /// <exception cref="ArgumentException">The password is not valid UTF-16.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public static EncryptedKey Encrypt(PrivateKey privateKey, ReadOnlySpan<char> password, ScryptParameters? cost = null)
    {
        byte[] bytes = ToUtf8(password);
        try
        {
            return Encrypt(privateKey, bytes, cost);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Encrypts a key with salt, initial counter and id from the operating system's source of randomness.</summary>
    /// <param name="privateKey">The key; it stays the caller's.</param>
    /// <param name="passwordUtf8">The password's bytes.</param>
    /// <param name="cost">Null is <see cref="ScryptParameters.Standard"/>.</param>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public static EncryptedKey Encrypt(PrivateKey privateKey, ReadOnlySpan<byte> passwordUtf8, ScryptParameters? cost = null) =>
        Encrypt(privateKey, passwordUtf8, cost ?? ScryptParameters.Standard, EncryptionRandomness.Draw());

    /// <summary>Decrypts the key.</summary>
    /// <param name="password">The password; lone surrogates are refused.</param>
    /// <param name="privateKey">The key where the verdict is valid, otherwise null. It is the caller's to dispose of.</param>
    /// <returns>Valid, or <see cref="KeyStoreError.WrongPassword"/>, <see cref="KeyStoreError.InvalidPrivateKey"/> or
    /// <see cref="KeyStoreError.AddressMismatch"/>.</returns>
    /// <exception cref="ArgumentException">The password is not valid UTF-16.</exception>
    public ValidationResult TryDecrypt(ReadOnlySpan<char> password, out PrivateKey? privateKey)
    {
        byte[] bytes = ToUtf8(password);
        try
        {
            return TryDecrypt(bytes, out privateKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Decrypts the key.</summary>
    /// <param name="passwordUtf8">The password's bytes.</param>
    /// <param name="privateKey">The key where the verdict is valid, otherwise null. It is the caller's to dispose of.</param>
    /// <returns>Valid, or <see cref="KeyStoreError.WrongPassword"/>, <see cref="KeyStoreError.InvalidPrivateKey"/> or
    /// <see cref="KeyStoreError.AddressMismatch"/>.</returns>
    public ValidationResult TryDecrypt(ReadOnlySpan<byte> passwordUtf8, out PrivateKey? privateKey)
    {
        Span<byte> derivedKey = stackalloc byte[KeyDerivation.KeyLength];
        Span<byte> scalar = stackalloc byte[PrivateKey.Length];
        privateKey = null;
        try
        {
            Derivation.DeriveKey(passwordUtf8, derivedKey);
            if (!CryptographicOperations.FixedTimeEquals(KeyCipher.Mac(derivedKey, Ciphertext).ToBytes(), Mac.ToBytes()))
                return ValidationResult.Fail(KeyStoreError.WrongPassword, "The password is wrong, or the key file was altered.");

            // Some old tools wrote keys without their leading zeros.
            scalar.Clear();
            KeyCipher.Apply(derivedKey, Iv, Ciphertext, scalar[^Ciphertext.Length..]);
            return Check(PrivateKey.TryFromBytes(scalar), out privateKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derivedKey);
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>The JSON of the key, in UTF-8, as Geth writes it; always the same bytes for the same encrypted key.</summary>
    public byte[] ToJson() => KeyFileWriter.Write(this);

    internal static EncryptedKey Encrypt(
        PrivateKey privateKey, ReadOnlySpan<byte> passwordUtf8, ScryptParameters cost, EncryptionRandomness randomness)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        Span<byte> derivedKey = stackalloc byte[KeyDerivation.KeyLength];
        Span<byte> scalar = stackalloc byte[PrivateKey.Length];
        try
        {
            privateKey.ExportSecretTo(scalar);
            var derivation = new ScryptDerivation(cost, randomness.Salt);
            derivation.DeriveKey(passwordUtf8, derivedKey);
            var ciphertext = new byte[PrivateKey.Length];
            KeyCipher.Apply(derivedKey, randomness.Iv, scalar, ciphertext);
            Hash256 mac = KeyCipher.Mac(derivedKey, ciphertext);
            return new EncryptedKey(randomness.Id, privateKey.Address, derivation, randomness.Iv, ciphertext, mac);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derivedKey);
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    private ValidationResult Check(PrivateKey? decrypted, out PrivateKey? privateKey)
    {
        privateKey = null;
        if (decrypted is null)
            return ValidationResult.Fail(KeyStoreError.InvalidPrivateKey, "The key file holds no private key of secp256k1.");

        if (Address is { } expected && expected != decrypted.Address)
        {
            var mismatch = ValidationResult.Fail(
                KeyStoreError.AddressMismatch, $"The key file names the address {expected}; its key has {decrypted.Address}.");
            decrypted.Dispose();
            return mismatch;
        }

        privateKey = decrypted;
        return ValidationResult.Valid;
    }

    private static byte[] ToUtf8(ReadOnlySpan<char> password)
    {
        byte[] bytes = GC.AllocateArray<byte>(StrictUtf8.GetByteCount(password), pinned: true);
        StrictUtf8.GetBytes(password, bytes);
        return bytes;
    }
}
