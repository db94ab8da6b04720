using System.Security.Cryptography;
using DerChain.Chain.Crypto;
using DerChain.Market.Records;

namespace DerChain.Market.Confidentiality;

/// <summary>What is random in a sealed record. Nothing of it is used for a second record: whoever has it can read the record.</summary>
/// <param name="EphemeralKey">The key that the readers' keys are agreed with; it stays the caller's to dispose of.</param>
/// <param name="ContentKey">32 bytes: the key of the record.</param>
/// <param name="Nonce">12 bytes.</param>
public sealed record SealingEntropy(PrivateKey EphemeralKey, ReadOnlyMemory<byte> ContentKey, ReadOnlyMemory<byte> Nonce)
{
    /// <summary>Length of the key of a record in bytes.</summary>
    public const int ContentKeyLength = 32;

    /// <summary>Draws from the operating system's source of randomness.</summary>
    public static SealingEntropy Draw() => new(
        PrivateKey.Generate(), RandomNumberGenerator.GetBytes(ContentKeyLength), RandomNumberGenerator.GetBytes(SealedRecord.NonceLength));

    /// <summary>What it is for, never the keys.</summary>
    public override string ToString() => "entropy of a sealed record";
}
