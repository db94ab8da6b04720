using System.Numerics;
using DerChain.Chain.Primitives;

namespace DerChain.Market.Evidence;

/// <summary>The root of a <see cref="MerkleTree"/> over leaves that come one by one. It keeps one hash for each bit of their number.</summary>
/// <remarks>Of n leaves it keeps the roots of the complete trees that the ones of n in binary stand for, the largest first (RFC 9162, 2.1).</remarks>
/// <threadsafety>Single owner.</threadsafety>
public sealed class MerkleRoot
{
    private readonly Stack<Hash256> _complete = [];

    /// <summary>Number of leaves so far.</summary>
    public long Count { get; private set; }

    /// <summary>The hash that commits to all leaves so far; null where there is none.</summary>
    public Hash256? Value
    {
        get
        {
            Hash256? root = null;
            foreach (Hash256 tree in _complete) root = root is { } right ? MerkleTree.HashNode(tree, right) : tree;
            return root;
        }
    }

    /// <summary>Adds the next leaf.</summary>
    /// <param name="leafHash">Hash of the leaf (<see cref="MerkleTree.HashLeaf"/>).</param>
    public void Add(Hash256 leafHash)
    {
        Hash256 tree = leafHash;
        for (int full = BitOperations.TrailingZeroCount(~Count); full > 0; full--) tree = MerkleTree.HashNode(_complete.Pop(), tree);
        _complete.Push(tree);
        Count++;
    }
}
