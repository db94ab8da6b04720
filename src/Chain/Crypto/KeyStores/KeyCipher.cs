using System.Buffers.Binary;
using System.Security.Cryptography;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>AES-128 in counter mode (NIST SP 800-38A, 6.5) and the message authentication code of Web3 Secret Storage.</summary>
internal static class KeyCipher
{
    public const int IvLength = 16;
    private const int HalfKeyLength = KeyDerivation.KeyLength / 2;

    /// <summary>Encrypts or decrypts, which is the same, up to 32 bytes with the first half of the derived key.</summary>
    public static void Apply(ReadOnlySpan<byte> derivedKey, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> keyStream = stackalloc byte[2 * IvLength];
        UInt128 counter = BinaryPrimitives.ReadUInt128BigEndian(iv);
        BinaryPrimitives.WriteUInt128BigEndian(keyStream, counter);
        BinaryPrimitives.WriteUInt128BigEndian(keyStream[IvLength..], unchecked(counter + 1));
        using var aes = Aes.Create();
        aes.SetKey(derivedKey[..HalfKeyLength]);
        aes.EncryptEcb(keyStream, keyStream, PaddingMode.None);
        for (int index = 0; index < input.Length; index++)
            output[index] = (byte)(input[index] ^ keyStream[index]);

        CryptographicOperations.ZeroMemory(keyStream);
    }

    /// <summary>Keccak-256 of the second half of the derived key, then the ciphertext.</summary>
    public static Hash256 Mac(ReadOnlySpan<byte> derivedKey, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> input = stackalloc byte[HalfKeyLength + ciphertext.Length];
        derivedKey[HalfKeyLength..].CopyTo(input);
        ciphertext.CopyTo(input[HalfKeyLength..]);
        Hash256 mac = Keccak256.Hash(input);
        CryptographicOperations.ZeroMemory(input);
        return mac;
    }
}
