using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.State;
using DerChain.Chain.Trie;

namespace DerChain.Chain;

/// <summary>Block 0 of a genesis and the state nodes behind it. Those of a contract's storage are not kept: nothing reads them.</summary>
internal sealed class GenesisBlock
{
    private GenesisBlock(Block block, IReadOnlyList<KeyValuePair<Hash256, byte[]>> stateNodes)
    {
        Block = block;
        StateNodes = stateNodes;
    }

    public Block Block { get; }

    public IReadOnlyList<KeyValuePair<Hash256, byte[]>> StateNodes { get; }

    public static GenesisBlock Create(Genesis genesis)
    {
        var nodes = new List<KeyValuePair<Hash256, byte[]>>();
        Hash256 stateRoot = SecureRoot(
            [.. genesis.Accounts.Keys.Select(static address => Keccak256.Hash(address.ToBytes()))],
            [.. genesis.Accounts.Values],
            static account => Encode(account),
            nodes);
        return new GenesisBlock(new Block(HeaderOf(genesis, stateRoot), []), nodes);
    }

    /// <summary>The header of block 0 over a state.</summary>
    public static BlockHeader HeaderOf(Genesis genesis, Hash256 stateRoot) => new()
    {
        ParentHash = genesis.ParentHash,
        Beneficiary = genesis.Beneficiary,
        StateRoot = stateRoot,
        TransactionsRoot = MerklePatriciaTrie.EmptyRoot,
        ReceiptsRoot = MerklePatriciaTrie.EmptyRoot,
        Difficulty = genesis.Difficulty,
        Number = 0,
        GasLimit = genesis.GasLimit,
        GasUsed = genesis.GasUsed,
        Timestamp = genesis.Timestamp,
        ExtraData = genesis.ExtraData,
        MixHash = genesis.MixHash,
        Nonce = genesis.Nonce,
        BaseFeePerGas = genesis.BaseFeePerGas ?? (genesis.Spec.IsLondon(0) ? Genesis.DefaultBaseFeePerGas : null),
    };

    private static byte[] Encode(GenesisAccount account) =>
        new Account(account.Nonce, account.Balance, StorageRoot(account), Keccak256.Hash(account.Code.Span)).Encode();

    private static Hash256 StorageRoot(GenesisAccount account)
    {
        KeyValuePair<Hash256, Hash256>[] entries = [.. account.Storage.Where(static entry => !entry.Value.IsZero)];
        return SecureRoot(
            [.. entries.Select(static entry => Keccak256.Hash(entry.Key.ToBytes()))],
            [.. entries.Select(static entry => entry.Value)],
            static value => EncodeSlot(value),
            newNodes: []);
    }

    // The value of a slot is an integer: the RLP of its bytes without leading zeros.
    private static byte[] EncodeSlot(Hash256 value)
    {
        using var writer = new RlpWriter(Hash256.Length + 1);
        writer.Write(UInt256.FromBigEndian(value.ToBytes()));
        return writer.ToArray();
    }

    private static Hash256 SecureRoot<T>(
        Hash256[] hashedKeys, T[] values, Func<T, byte[]> encode, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        Array.Sort(hashedKeys, values);
        return TrieBuilder.Build(new HashedEntries(hashedKeys, place => encode(values[place])), newNodes);
    }
}
