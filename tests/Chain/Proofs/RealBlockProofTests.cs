using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Proofs;

/// <summary>Transactions and receipts of blocks of public networks, proven against the headers that were sealed there.</summary>
public sealed class RealBlockProofTests
{
    [Fact]
    public void Every_transaction_of_a_real_block_is_proven_by_its_header() => EachCase.Holds(Blocks(), Name, block =>
    {
        BlockHeader header = HeaderOf(block);
        byte[][] items = Items(block, "transactions");
        for (int index = 0; index < items.Length; index++)
        {
            var made = new TransactionProof(header, index, OrderedTrie.Prove(items.Length, item => items[item], index));
            Assert.True(TransactionProof.TryDecode(made.Encode(), out TransactionProof? proof).IsValid);
            ValidationResult result = proof!.Verify(block.Hash("blockHash"), out Transaction? transaction);
            Assert.True(result.IsValid, result.ToString());
            Assert.Equal(index, proof.Index);
            Assert.Equal(items[index], transaction!.Encoded.ToArray());
        }

        ImmutableArray<ReadOnlyMemory<byte>> beyond = OrderedTrie.Prove(items.Length, item => items[item], items.Length);
        Assert.Equal(ChainError.IndexAbsent, new TransactionProof(header, items.Length, beyond).Verify(block.Hash("blockHash"), out _).Error);
    });

    [Fact]
    public void Every_receipt_of_a_real_block_is_proven_by_its_header() => EachCase.Holds(
        Blocks().Where(block => block.TryGetProperty("receipts", out _)), Name, block =>
        {
            byte[][] items = Items(block, "receipts");
            for (int index = 0; index < items.Length; index++)
            {
                var made = new ReceiptProof(HeaderOf(block), index, OrderedTrie.Prove(items.Length, item => items[item], index));
                Assert.True(ReceiptProof.TryDecode(made.Encode(), out ReceiptProof? proof).IsValid);
                ValidationResult result = proof!.Verify(block.Hash("blockHash"), out ProvenReceipt? receipt);
                Assert.True(result.IsValid, result.ToString());
                Assert.Equal(items[index], new Receipt(receipt!.Type, receipt.CumulativeGasUsed, receipt.IntermediateStateRoot, 0, 0UL).Encode());
            }
        });

    private static JsonElement.ArrayEnumerator Blocks() => Vectors.ReadJson("txroots.json").GetProperty("blocks").EnumerateArray();

    private static string Name(JsonElement block) => $"{block.Text("network")} {block.GetProperty("blockNumber")}";

    private static byte[][] Items(JsonElement block, string name) =>
        [.. block.GetProperty(name).EnumerateArray().Select(item => Hex.Parse(item.GetString()))];

    private static BlockHeader HeaderOf(JsonElement block)
    {
        Assert.True(BlockHeader.TryDecode(block.Bytes("header"), out BlockHeader? header).IsValid);
        return header!;
    }
}
