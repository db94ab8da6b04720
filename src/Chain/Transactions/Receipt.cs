using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Transactions;

/// <summary>What a transaction's execution left behind. Without contracts there are no logs, and every included transaction succeeds.</summary>
/// <param name="Type">Form of the transaction (EIP-2718).</param>
/// <param name="CumulativeGasUsed">Gas used in the block up to and with this transaction.</param>
/// <param name="IntermediateStateRoot">State root after the transaction; only before Byzantium (EIP-658), else null.</param>
/// <param name="GasUsed">Gas used by this transaction. Not part of the encoding.</param>
/// <param name="EffectiveGasPrice">Price per gas paid, in wei. Not part of the encoding.</param>
public sealed record Receipt(
    TransactionType Type, ulong CumulativeGasUsed, Hash256? IntermediateStateRoot, ulong GasUsed, UInt256 EffectiveGasPrice)
{
    /// <summary>The encoding whose trie the receipts root commits to: status 1 (or the root), cumulative gas, bloom, no logs.</summary>
    public byte[] Encode()
    {
        using var writer = new RlpWriter(300);
        Write(writer);
        return writer.ToArray();
    }

    /// <summary>Writes the encoding.</summary>
    internal void Write(RlpWriter writer)
    {
        if (Type != TransactionType.Legacy)
            writer.WriteEncoded([(byte)Type]);

        int list = writer.StartList();
        if (IntermediateStateRoot is { } root)
            writer.Write(root);
        else
            writer.Write(1UL);

        writer.Write(CumulativeGasUsed);
        writer.Write(Bloom.Empty.Bytes.Span);
        writer.EndList(writer.StartList());
        writer.EndList(list);
    }
}
