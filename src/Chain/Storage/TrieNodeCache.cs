using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Trie;

namespace DerChain.Chain.Storage;

/// <summary>State nodes of a store, the recently used ones kept decoded. Bounded in number; a miss costs a read, never a wrong node.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class TrieNodeCache(IKeyValueStore store, int capacity) : ITrieNodeSource
{
    private readonly RecentlyUsed<TrieNode> _recent = new(capacity);

    /// <inheritdoc/>
    public TrieNode Load(Hash256 hash)
    {
        if (_recent.Find(hash) is { } known)
            return known;

        TrieNode node = Read(hash);
        _recent.Add(hash, node);
        return node;
    }

    /// <summary>Keeps nodes that were just committed, so that the next block need not read them. Their trie is not used any more.</summary>
    public void Keep(IEnumerable<TrieNode> nodes)
    {
        foreach (TrieNode node in nodes)
        {
            node.Detach();
            _recent.Add(node.Hash, node);
        }
    }

    private TrieNode Read(Hash256 hash)
    {
        byte[] encoded = store.Get(ChainSchema.StateNode(hash))
            ?? throw new StoreCorruptException($"The state node {hash} is missing from the store.");
        return Keccak256.Hash(encoded) == hash
            ? Decode(hash, encoded)
            : throw new StoreCorruptException($"The state node {hash} was altered: its content has another hash.");
    }

    private static TrieNode Decode(Hash256 hash, byte[] encoded) =>
        TrieNode.TryDecode(encoded) ?? throw new StoreCorruptException($"The state node {hash} is not a trie node.");
}
