using DerChain.Chain.Primitives;
using DerChain.Market.Records;

namespace DerChain.Market.Evidence;

/// <summary>What a record says of the leaves that it commits to.</summary>
/// <param name="Root">Root of their tree (<see cref="MerkleTree"/>).</param>
/// <param name="Count">How many there are.</param>
public readonly record struct LeafRoot(Hash256 Root, int Count)
{
    /// <summary>The leaves of a record; null where it commits to none.</summary>
    public static LeafRoot? Of(MarketRecord record) => record switch
    {
        _ => null,
    };
}
