using System.Runtime.InteropServices;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Trie;

namespace DerChain.Chain.State;

/// <summary>The accounts after some block, and the changes made to them since: an overlay on a secure trie, whose keys are hashes of addresses.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class WorldState(Hash256 root, ITrieNodeSource? nodes)
{
    private readonly MerklePatriciaTrie _trie = new(root, nodes);
    private readonly Dictionary<Address, Entry> _entries = [];
    private readonly List<Address> _changed = [];

    /// <summary>The account of an address; <see cref="Account.Empty"/> where there is none.</summary>
    public Account Get(Address address)
    {
        if (_entries.TryGetValue(address, out Entry known))
            return known.Account;

        Hash256 key = KeyOf(address);
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        key.CopyTo(bytes);
        byte[]? encoded = _trie.Get(bytes);
        Account account = encoded is null
            ? Account.Empty
            : Account.TryDecode(encoded) ?? throw new StoreCorruptException($"The state entry of {address} is not an account.");
        _entries.Add(address, new Entry(key, account, IsChanged: false));
        return account;
    }

    /// <summary>Sets the account of an address.</summary>
    public void Set(Address address, Account account)
    {
        ref Entry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, address, out bool isKnown);
        if (!entry.IsChanged)
            _changed.Add(address);

        entry = new Entry(isKnown ? entry.Key : KeyOf(address), account, IsChanged: true);
    }

    /// <summary>The root after all changes, and the trie nodes that are new.</summary>
    /// <param name="clearEmptyAccounts">From EIP-158 on: changed accounts that are empty cease to exist.</param>
    /// <param name="newNodes">Receives the new nodes, encoded.</param>
    public Hash256 ComputeRoot(bool clearEmptyAccounts, List<TrieNode> newNodes)
    {
        Span<byte> key = stackalloc byte[Hash256.Length];
        foreach (Address address in _changed)
        {
            ref Entry entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, address);
            entry.Key.CopyTo(key);
            _trie.Set(key, clearEmptyAccounts && entry.Account.IsEmpty ? [] : entry.Account.Encode());
            entry = entry with { IsChanged = false };
        }

        _changed.Clear();
        return _trie.ComputeRoot(newNodes);
    }

    private static Hash256 KeyOf(Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        address.CopyTo(bytes);
        return Keccak256.Hash(bytes);
    }

    private readonly record struct Entry(Hash256 Key, Account Account, bool IsChanged);
}
