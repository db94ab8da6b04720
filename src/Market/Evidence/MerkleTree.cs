using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Hashing;
using DerChain.Chain.Primitives;

namespace DerChain.Market.Evidence;

/// <summary>A binary hash tree over a list of byte strings: one root commits to all leaves and their order, and a short proof shows one of them.</summary>
/// <remarks>The tree of RFC 9162, 2.1, with Keccak-256: a leaf is hashed after a byte 0, a node after a byte 1, so that neither can stand for the other, and a list
/// of n leaves splits at the largest power of two below n. Layout: docs/spec/evidence.md.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int NodeBytes = 1 + (2 * Hash256.Length);

    // The hashes of each level, leaves first. A last node without a sibling goes up as it is.
    private readonly ImmutableArray<ImmutableArray<Hash256>> _levels;

    private MerkleTree(ImmutableArray<ImmutableArray<Hash256>> levels) => _levels = levels;

    /// <summary>The hash that commits to all leaves.</summary>
    public Hash256 Root => _levels[^1][0];

    /// <summary>Number of leaves, ≥ 1.</summary>
    public int Count => _levels[0].Length;

    /// <summary>The tree over some leaves.</summary>
    /// <param name="leafHashes">Hash of each leaf (<see cref="HashLeaf"/>), in order.</param>
    /// <exception cref="ArgumentException">There is no leaf.</exception>
    public static MerkleTree Over(IEnumerable<Hash256> leafHashes)
    {
        ImmutableArray<Hash256> level = [.. leafHashes];
        if (level.IsEmpty)
            throw new ArgumentException("A tree has at least one leaf.", nameof(leafHashes));

        var levels = ImmutableArray.CreateBuilder<ImmutableArray<Hash256>>();
        levels.Add(level);
        while (level.Length > 1)
        {
            level = Above(level);
            levels.Add(level);
        }

        return new MerkleTree(levels.ToImmutable());
    }

    /// <summary>The hash of a leaf.</summary>
    public static Hash256 HashLeaf(ReadOnlySpan<byte> leaf)
    {
        var sponge = new KeccakSponge();
        sponge.Append([LeafPrefix]);
        sponge.Append(leaf);
        return sponge.Finish();
    }

    /// <summary>The hashes beside the way from a leaf to the root, from below.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public ImmutableArray<Hash256> ProofOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var path = ImmutableArray.CreateBuilder<Hash256>();
        foreach (ImmutableArray<Hash256> level in _levels[..^1])
        {
            if ((index ^ 1) < level.Length)
                path.Add(level[index ^ 1]);

            index >>= 1;
        }

        return path.ToImmutable();
    }

    /// <summary>The root that a proof leads to: the leaf is in the tree if and only if it is the tree's root.</summary>
    /// <param name="leafHash">Hash of the leaf.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="count">Number of leaves.</param>
    /// <param name="path">As <see cref="ProofOf"/> gives it.</param>
    /// <returns>Null where the proof has not the length that index and count ask for.</returns>
    public static Hash256? RootOf(Hash256 leafHash, int index, int count, ReadOnlySpan<Hash256> path)
    {
        if (index < 0 || index >= count)
            return null;

        Hash256 hash = leafHash;
        int used = 0;
        for (int width = count; width > 1; width = (width + 1) / 2, index >>= 1)
        {
            if ((index ^ 1) >= width)
                continue;

            if (used == path.Length)
                return null;

            Hash256 sibling = path[used++];
            hash = (index & 1) == 0 ? HashNode(hash, sibling) : HashNode(sibling, hash);
        }

        return used == path.Length ? hash : null;
    }

    internal static Hash256 HashNode(Hash256 left, Hash256 right)
    {
        Span<byte> bytes = stackalloc byte[NodeBytes];
        WriteNode(bytes, left, right);
        return Keccak256.Hash(bytes);
    }

    private static void WriteNode(Span<byte> bytes, Hash256 left, Hash256 right)
    {
        bytes[0] = NodePrefix;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Hash256.Length)..]);
    }

    // The pairs of a level, hashed in one batch.
    private static ImmutableArray<Hash256> Above(ImmutableArray<Hash256> level)
    {
        int pairs = level.Length / 2;
        var bytes = new byte[pairs * NodeBytes];
        var nodes = new ReadOnlyMemory<byte>[pairs];
        for (int index = 0; index < pairs; index++)
        {
            WriteNode(bytes.AsSpan(index * NodeBytes), level[2 * index], level[(2 * index) + 1]);
            nodes[index] = bytes.AsMemory(index * NodeBytes, NodeBytes);
        }

        var above = new Hash256[pairs + (level.Length % 2)];
        above[^1] = level[^1];
        Keccak256.HashMany(nodes, above.AsSpan(0, pairs));
        return ImmutableCollectionsMarshal.AsImmutableArray(above);
    }
}
