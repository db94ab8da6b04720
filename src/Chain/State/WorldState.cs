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
    private readonly Dictionary<Address, Account> _read = [];
    private readonly Dictionary<Address, byte[]> _keys = [];
    private readonly HashSet<Address> _changed = [];

    /// <summary>The account of an address; <see cref="Account.Empty"/> where there is none.</summary>
    public Account Get(Address address)
    {
        if (_read.TryGetValue(address, out Account? known))
            return known;

        byte[]? encoded = _trie.Get(Key(address));
        Account account = encoded is null
            ? Account.Empty
            : Account.TryDecode(encoded) ?? throw new StoreCorruptException($"The state entry of {address} is not an account.");
        _read[address] = account;
        return account;
    }

    /// <summary>Sets the account of an address.</summary>
    public void Set(Address address, Account account)
    {
        _read[address] = account;
        _changed.Add(address);
    }

    /// <summary>The root after all changes, and the trie nodes that are new.</summary>
    /// <param name="clearEmptyAccounts">From EIP-158 on: changed accounts that are empty cease to exist.</param>
    /// <param name="newNodes">Receives hash and RLP of the new nodes.</param>
    public Hash256 ComputeRoot(bool clearEmptyAccounts, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        foreach (Address address in _changed)
        {
            Account account = _read[address];
            _trie.Set(Key(address), clearEmptyAccounts && account.IsEmpty ? [] : account.Encode());
        }

        _changed.Clear();
        return _trie.ComputeRoot(newNodes);
    }

    private byte[] Key(Address address)
    {
        if (!_keys.TryGetValue(address, out byte[]? key))
        {
            key = Keccak256.Hash(address.ToBytes()).ToBytes();
            _keys.Add(address, key);
        }

        return key;
    }
}
