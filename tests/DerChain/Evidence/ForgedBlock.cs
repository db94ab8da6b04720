using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Evidence;

namespace DerChain.Tests.Evidence;

/// <summary>A header whose roots are those of one transaction and one receipt of the forger's choice, each in a trie of a single node.</summary>
internal static class ForgedBlock
{
    public static InclusionReceipt Of(BlockHeader model, byte[] transaction, byte[] receipt)
    {
        byte[] transactionNode = LeafOfFirst(transaction);
        byte[] receiptNode = LeafOfFirst(receipt);
        return new InclusionReceipt
        {
            Ancestors = [],
            Header = model with { TransactionsRoot = Keccak256.Hash(transactionNode), ReceiptsRoot = Keccak256.Hash(receiptNode) },
            TransactionIndex = 0,
            TransactionNodes = [transactionNode],
            ReceiptNodes = [receiptNode],
            Descendants = [],
        };
    }

    /// <summary>The receipt of a transaction of type 2, with a status of 1 or, failed, of nothing.</summary>
    public static byte[] Receipt(bool failed) =>
        [2, .. List([.. failed ? String([]) : [1], .. String([0x52, 0x08]), .. String(new byte[256]), 0xc0])];

    // Index 0 is encoded as 0x80: a leaf of two half bytes.
    private static byte[] LeafOfFirst(byte[] value) => List([.. String([0x20, 0x80]), .. String(value)]);

    private static byte[] String(byte[] content) => [.. Prefix(0x80, content.Length), .. content];

    private static byte[] List(byte[] content) => [.. Prefix(0xc0, content.Length), .. content];

    private static byte[] Prefix(int offset, int length) => length switch
    {
        <= 55 => [(byte)(offset + length)],
        <= 255 => [(byte)(offset + 56), (byte)length],
        _ => [(byte)(offset + 57), (byte)(length >> 8), (byte)(length & 0xff)],
    };
}
