using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Storage;

/// <summary>Receipts as the store holds them: what does not follow from the block, that is cumulative gas and, before Byzantium, the state root.</summary>
internal static class StoredReceipts
{
    public static byte[] Encode(ImmutableArray<Receipt> receipts)
    {
        using var writer = new RlpWriter(16 + receipts.Length * 8);
        int list = writer.StartList();
        foreach (Receipt receipt in receipts)
        {
            int item = writer.StartList();
            writer.Write(receipt.CumulativeGasUsed);
            if (receipt.IntermediateStateRoot is { } root)
                writer.Write(root);

            writer.EndList(item);
        }

        writer.EndList(list);
        return writer.ToArray();
    }

    /// <summary>The receipts of a block, or null where the bytes are not such a list of its length.</summary>
    public static ImmutableArray<Receipt>? TryDecode(byte[] encoded, Block block)
    {
        UInt256 baseFee = block.Header.BaseFeePerGas ?? UInt256.Zero;
        var reader = new RlpReader(encoded);
        RlpReader items = reader.ReadList();
        var receipts = ImmutableArray.CreateBuilder<Receipt>(block.Transactions.Length);
        ulong gasBefore = 0;
        foreach (Transaction transaction in block.Transactions)
        {
            RlpReader item = items.ReadList();
            ulong cumulativeGas = item.ReadUInt64();
            Hash256? root = item.HasMore ? item.ReadHash256() : null;
            items.Close(item);
            if (items.Error != RlpError.None || cumulativeGas < gasBefore)
                return null;

            UnsignedTransaction content = transaction.Content;
            UInt256 price = GasRules.EffectiveGasPrice(content, baseFee);
            receipts.Add(new Receipt(content.Type, cumulativeGas, root, cumulativeGas - gasBefore, price));
            gasBefore = cumulativeGas;
        }

        reader.Close(items);
        return reader.Finish() == RlpError.None ? receipts.DrainToImmutable() : null;
    }
}
