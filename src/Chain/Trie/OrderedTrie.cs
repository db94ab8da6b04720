using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>Root of a list: a trie whose keys are the RLP of the indices (Yellow Paper, section 4.3.2).</summary>
internal static class OrderedTrie
{
    /// <summary>Gives the item at an index.</summary>
    public delegate ReadOnlySpan<byte> ItemAt(int index);

    /// <summary>The root of <paramref name="count"/> items.</summary>
    public static Hash256 Root(int count, ItemAt itemAt) => Build(count, itemAt).ComputeRoot([]);

    /// <summary>The nodes from the root to the item at an index (<see cref="MerklePatriciaTrie.Prove"/>).</summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> Prove(int count, ItemAt itemAt, int index)
    {
        MerklePatriciaTrie trie = Build(count, itemAt);
        trie.ComputeRoot([]);
        return trie.Prove(Key(index));
    }

    /// <summary>Key of an index: its RLP.</summary>
    public static byte[] Key(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var key = new RlpWriter(16);
        key.Write((ulong)index);
        return key.ToArray();
    }

    private static MerklePatriciaTrie Build(int count, ItemAt itemAt)
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        var key = new RlpWriter(16);
        for (int index = 0; index < count; index++)
        {
            key.Clear();
            key.Write((ulong)index);
            trie.Set(key.Written, itemAt(index).ToArray());
        }

        return trie;
    }
}
