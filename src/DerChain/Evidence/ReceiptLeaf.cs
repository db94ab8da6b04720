using System.Collections.Immutable;
using DerChain.Chain.Primitives;

namespace DerChain.Evidence;

/// <summary>A leaf of the tree whose root the record of a receipt's transaction holds: a line of a statement, a row of a batch, a verdict.</summary>
/// <param name="Content">The leaf's bytes; of a salted batch its salt and content.</param>
/// <param name="Index">Its place, from 0. How many leaves there are stands in the record.</param>
/// <param name="Path">The hashes beside the way to the root, from below (<see cref="Market.Evidence.MerkleTree.ProofOf"/>).</param>
public sealed record ReceiptLeaf(ReadOnlyMemory<byte> Content, int Index, ImmutableArray<Hash256> Path)
{
    /// <summary>Longest leaf: as long as the longest payload of a record, and a salt and signature beside it.</summary>
    public const int MaxContentBytes = (1024 * 1024) + 1024;

    /// <summary>Longest path: no tree has more than 2^31 leaves.</summary>
    public const int MaxPathLength = 31;
}
