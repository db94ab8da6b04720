using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>Layout of extra data: 32 bytes of vanity, at checkpoints the signers of 20 bytes each in ascending order, 65 bytes of seal (EIP-225).</summary>
public static class CliqueExtraData
{
    /// <summary>Bytes a signer may fill as it likes.</summary>
    public const int VanityLength = 32;

    /// <summary>Bytes of the seal: r (32), s (32) and recovery id (1, value 0 or 1).</summary>
    public const int SealLength = Signature.Length;

    /// <summary>Vanity, signers and an empty seal.</summary>
    /// <param name="vanity">At most 32 bytes; zeros fill the rest.</param>
    /// <param name="signers">The signers of a checkpoint in ascending order; empty in other blocks.</param>
    public static byte[] Unsealed(ReadOnlySpan<byte> vanity, ImmutableArray<Address> signers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vanity.Length, VanityLength, nameof(vanity));
        var extraData = new byte[VanityLength + signers.Length * Address.Length + SealLength];
        vanity.CopyTo(extraData);
        for (int i = 0; i < signers.Length; i++)
            signers[i].CopyTo(extraData.AsSpan(VanityLength + i * Address.Length));

        return extraData;
    }

    /// <summary>Extra data of a genesis whose blocks these authorities seal.</summary>
    /// <exception cref="ArgumentException">No authority is given, or one twice.</exception>
    public static byte[] ForGenesis(IEnumerable<Address> authorities)
    {
        ImmutableArray<Address> signers = [.. authorities.Order()];
        if (signers.IsEmpty || signers.Distinct().Count() != signers.Length)
            throw new ArgumentException("A genesis names at least one authority, and each once.", nameof(authorities));

        return Unsealed([], signers);
    }

    /// <summary>The signers that a checkpoint lists. The length is that of a checkpoint.</summary>
    internal static ImmutableArray<Address> Signers(ReadOnlySpan<byte> extraData)
    {
        ReadOnlySpan<byte> list = extraData[VanityLength..^SealLength];
        var signers = ImmutableArray.CreateBuilder<Address>(list.Length / Address.Length);
        for (; list.Length >= Address.Length; list = list[Address.Length..])
            signers.Add(Address.FromBytes(list[..Address.Length]));

        return signers.MoveToImmutable();
    }

    /// <summary>Hash that the signer signs: of the header with its extra data cut by the seal.</summary>
    public static Hash256 SealHash(BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.HashWith(header.ExtraData.Span[..^SealLength]);
    }

    /// <summary>The header with its seal.</summary>
    public static BlockHeader Seal(BlockHeader header, PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(key);
        byte[] extraData = header.ExtraData.ToArray();
        key.Sign(SealHash(header)).CopyTo(extraData.AsSpan(extraData.Length - SealLength));
        return header with { ExtraData = extraData };
    }
}
