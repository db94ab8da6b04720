using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>Root of a list: a trie whose keys are the RLP of the indices (Yellow Paper, section 4.3.2).</summary>
internal static class OrderedTrie
{
    /// <summary>Gives the item at an index.</summary>
    public delegate ReadOnlySpan<byte> ItemAt(int index);

    /// <summary>The root of <paramref name="count"/> items.</summary>
    public static Hash256 Root(int count, ItemAt itemAt)
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        var key = new RlpWriter(16);
        for (int index = 0; index < count; index++)
        {
            key.Clear();
            key.Write((ulong)index);
            trie.Set(key.Written, itemAt(index).ToArray());
        }

        return trie.ComputeRoot([]);
    }
}
