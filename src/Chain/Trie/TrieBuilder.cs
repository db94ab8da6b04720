using DerChain.Chain.Primitives;

namespace DerChain.Chain.Trie;

/// <summary>Builds a trie from all its entries at once, from the leaves up. A node is encoded once and let go, so that a million entries take seconds,
/// and not much more memory than their nodes.</summary>
internal sealed class TrieBuilder
{
    private readonly Hash256[] _keys;
    private readonly Func<int, byte[]> _valueAt;
    private readonly List<KeyValuePair<Hash256, byte[]>> _newNodes;

    private TrieBuilder(Hash256[] keys, Func<int, byte[]> valueAt, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        _keys = keys;
        _valueAt = valueAt;
        _newNodes = newNodes;
    }

    /// <summary>The root of the trie of these entries.</summary>
    /// <param name="keys">The keys, ascending, each once.</param>
    /// <param name="valueAt">The value of the key at an index; not empty.</param>
    /// <param name="newNodes">Receives hash and RLP of every node that stands on its own.</param>
    public static Hash256 Build(Hash256[] keys, Func<int, byte[]> valueAt, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        if (keys.Length == 0)
            return MerklePatriciaTrie.EmptyRoot;

        TrieNode root = new TrieBuilder(keys, valueAt, newNodes).Node(0, keys.Length, depth: 0);
        byte[] encoded = root.Encode(newNodes);
        if (!root.StandsAlone)
            newNodes.Add(new(root.Hash, encoded));

        return root.Hash;
    }

    // The node of the entries from start to end, which share their first steps, as many as depth.
    private TrieNode Node(int start, int end, int depth)
    {
        byte[] path = PathOf(start);
        if (end - start == 1)
            return new LeafNode(path[depth..], _valueAt(start));

        int fork = depth + Nibbles.CommonPrefix(path.AsSpan(depth), PathOf(end - 1).AsSpan(depth));
        TrieNode branch = Branch(start, end, fork);
        if (fork == depth)
            return branch;

        TrieNode.Encode([branch], _newNodes);
        return new ExtensionNode(path[depth..fork], Reference(branch));
    }

    private BranchNode Branch(int start, int end, int depth)
    {
        var children = new TrieNode?[BranchNode.Width];
        while (start < end)
        {
            int step = _keys[start].Nibble(depth);
            int next = start + 1;
            while (next < end && _keys[next].Nibble(depth) == step)
                next++;

            children[step] = Node(start, next, depth + 1);
            start = next;
        }

        TrieNode.Encode([.. children.OfType<TrieNode>()], _newNodes);
        for (int step = 0; step < BranchNode.Width; step++)
            children[step] = children[step] is { } child ? Reference(child) : null;

        return new BranchNode(children, value: null);
    }

    private static TrieNode Reference(TrieNode encoded) => encoded.StandsAlone ? new HashNode(encoded.Hash) : encoded;

    private byte[] PathOf(int index) => Nibbles.FromBytes(_keys[index].ToBytes());
}
