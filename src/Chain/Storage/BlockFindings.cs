using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Storage;

/// <summary>What this node found out when it verified a block, kept so that it need not find it out again.</summary>
/// <param name="TotalDifficulty">Sum of the difficulties from genesis to the block.</param>
/// <param name="RuleStateHash">Hash of the encoded state of the transaction rule after the block; zero where there is no rule.</param>
/// <param name="Senders">Recovered sender of each transaction.</param>
internal sealed record BlockFindings(UInt256 TotalDifficulty, Hash256 RuleStateHash, ImmutableArray<Address> Senders)
{
    /// <summary>RLP with a checksum over the block's hash and itself: unlike header and body, no root commits to these values.</summary>
    public byte[] Encode(Hash256 blockHash)
    {
        using var writer = new RlpWriter(80 + Senders.Length * 21);
        int list = writer.StartList();
        writer.Write(TotalDifficulty);
        writer.Write(RuleStateHash);
        int senders = writer.StartList();
        foreach (Address sender in Senders)
            writer.Write(sender);

        writer.EndList(senders);
        writer.EndList(list);
        return ChecksummedValue.Encode(blockHash.ToBytes(), writer.Written);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <returns>Null where the bytes were damaged or belong to another block.</returns>
    public static BlockFindings? TryDecode(Hash256 blockHash, ReadOnlySpan<byte> encoded)
    {
        if (!ChecksummedValue.TryDecode(blockHash.ToBytes(), encoded, out ReadOnlySpan<byte> rlp))
            return null;

        var reader = new RlpReader(rlp);
        RlpReader fields = reader.ReadList();
        UInt256 totalDifficulty = fields.ReadUInt256();
        Hash256 ruleStateHash = fields.ReadHash256();
        RlpReader items = fields.ReadList();
        var senders = ImmutableArray.CreateBuilder<Address>();
        while (items.HasMore)
            senders.Add(items.ReadAddress());

        fields.Close(items);
        reader.Close(fields);
        return reader.Finish() == RlpError.None ? new BlockFindings(totalDifficulty, ruleStateHash, senders.DrainToImmutable()) : null;
    }
}
