using System.Security.Cryptography;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>What is random in an encrypted key, drawn in this one place. A salt or initial counter is never used for a second key.</summary>
/// <param name="Salt">32 bytes.</param>
/// <param name="Iv">16 bytes.</param>
/// <param name="Id">UUID, version 4 (RFC 9562).</param>
internal sealed record EncryptionRandomness(byte[] Salt, byte[] Iv, Guid Id)
{
    private const int SaltLength = 32;

    /// <summary>Draws from the operating system's source of randomness.</summary>
    public static EncryptionRandomness Draw()
    {
        byte[] id = RandomNumberGenerator.GetBytes(16);
        id[6] = (byte)((id[6] & 0x0f) | 0x40);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new EncryptionRandomness(
            RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(KeyCipher.IvLength), new Guid(id, bigEndian: true));
    }
}
