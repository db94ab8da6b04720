using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>Root of a list: a trie whose keys are the RLP of the indices (Yellow Paper, section 4.3.2).</summary>
internal static class OrderedTrie
{
    /// <summary>The root of a list.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="writeItem">Writes the item at an index as one RLP string.</param>
    public static Hash256 Root(int count, Action<int, RlpWriter> writeItem) => TrieBuilder.Build(new ListEntries(count, writeItem), newNodes: null);

    /// <summary>The nodes from the root to the item at an index (<see cref="MerklePatriciaTrie.Prove"/>).</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="itemAt">Gives the item at an index.</param>
    /// <param name="index">The index.</param>
    public static ImmutableArray<ReadOnlyMemory<byte>> Prove(int count, Func<int, byte[]> itemAt, int index)
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        for (int item = 0; item < count; item++)
            trie.Set(Key(item), itemAt(item));

        trie.ComputeRoot([]);
        return trie.Prove(Key(index));
    }

    /// <summary>Key of an index: its RLP.</summary>
    public static byte[] Key(int index)
    {
        Span<byte> key = stackalloc byte[1 + sizeof(int)];
        return key[..ListEntries.WriteKey(index, key)].ToArray();
    }
}
