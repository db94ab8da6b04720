using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Trie;

namespace DerChain.Chain.Storage;

/// <summary>State nodes of a store, the recently used ones kept decoded. Bounded in number; a miss costs a read, never a wrong node.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class TrieNodeCache(IKeyValueStore store, int capacity) : ITrieNodeSource
{
    private readonly Lock _gate = new();
    private Dictionary<Hash256, TrieNode> _young = [];
    private Dictionary<Hash256, TrieNode> _old = [];

    /// <inheritdoc/>
    public TrieNode Load(Hash256 hash)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(hash, out TrieNode? node))
                return node;

            if (!_old.TryGetValue(hash, out node))
                node = Read(hash);

            Keep(hash, node);
            return node;
        }
    }

    /// <summary>Keeps nodes that were just committed, so that the next block need not read them.</summary>
    public void Add(IEnumerable<KeyValuePair<Hash256, byte[]>> nodes)
    {
        lock (_gate)
        {
            foreach ((Hash256 hash, byte[] encoded) in nodes)
                Keep(hash, Decode(hash, encoded));
        }
    }

    // Two generations: when the young one is full it becomes the old one, and what was old and unused is forgotten.
    private void Keep(Hash256 hash, TrieNode node)
    {
        if (_young.Count >= capacity / 2)
        {
            _old = _young;
            _young = [];
        }

        _young[hash] = node;
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
