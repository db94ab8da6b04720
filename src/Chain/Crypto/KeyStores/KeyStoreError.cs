namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>Why an encrypted key (Web3 Secret Storage, version 3) cannot be read or decrypted. The values are stable.</summary>
public enum KeyStoreError
{
    /// <summary>The text is longer than <see cref="EncryptedKey.MaxJsonBytes"/>.</summary>
    TooLarge = 1,

    /// <summary>The text is not JSON, or a property is missing, of the wrong type, not hexadecimal or of the wrong length.</summary>
    Malformed = 2,

    /// <summary>The version is not 3.</summary>
    UnsupportedVersion = 3,

    /// <summary>The cipher is not <c>aes-128-ctr</c>.</summary>
    UnsupportedCipher = 4,

    /// <summary>The key derivation is neither <c>scrypt</c> nor <c>pbkdf2</c> with <c>hmac-sha256</c>.</summary>
    UnsupportedKeyDerivation = 5,

    /// <summary>The parameters of the key derivation are impossible, or cost more than a key file may.</summary>
    KeyDerivationOutOfRange = 6,

    /// <summary>The authentication code is not that of password and ciphertext: the password is wrong, or the file was altered.</summary>
    WrongPassword = 7,

    /// <summary>What was decrypted is not a number from 1 to the order of secp256k1 less 1.</summary>
    InvalidPrivateKey = 8,

    /// <summary>The address in the file is not that of the key.</summary>
    AddressMismatch = 9,

    /// <summary>The file cannot be opened or read; the message is the operating system's.</summary>
    Unreadable = 10,
}
