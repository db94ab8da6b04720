using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Evidence;
using DerChain.Market.Records;

namespace DerChain.Evidence;

/// <summary>Whether the leaf of a receipt is among those that the transaction's record commits to.</summary>
internal static class ReceiptLeaves
{
    /// <summary>Checks a leaf; null is none, and holds.</summary>
    public static ValidationResult Check(ReceiptLeaf? leaf, MarketRecord? record)
    {
        if (leaf is null)
            return ValidationResult.Valid;

        if (record is null || LeafRoot.Of(record) is not { } committed)
            return ValidationResult.Fail(ReceiptError.NoLeaves, "The receipt proves a leaf, and its transaction carries no record that commits to leaves.");

        Hash256? root = MerkleTree.RootOf(MerkleTree.HashLeaf(leaf.Content.Span), leaf.Index, committed.Count, leaf.Path.AsSpan());
        return root == committed.Root
            ? ValidationResult.Valid
            : ValidationResult.Fail(
                ReceiptError.LeafNotProven, $"Leaf {leaf.Index} is not among the {committed.Count} that the record commits to by {committed.Root}.");
    }
}
