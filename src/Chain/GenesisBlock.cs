using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Trie;

namespace DerChain.Chain;

/// <summary>Block 0 of a genesis and the state nodes behind it.</summary>
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
        var state = new WorldState(MerklePatriciaTrie.EmptyRoot, nodes: null);
        foreach ((Address address, GenesisAccount account) in genesis.Accounts)
            state.Set(address, Account.Empty with { Balance = account.Balance, Nonce = account.Nonce });

        var nodes = new List<KeyValuePair<Hash256, byte[]>>();
        var header = new BlockHeader
        {
            ParentHash = Hash256.Zero,
            StateRoot = state.ComputeRoot(clearEmptyAccounts: false, nodes),
            TransactionsRoot = MerklePatriciaTrie.EmptyRoot,
            ReceiptsRoot = MerklePatriciaTrie.EmptyRoot,
            Difficulty = genesis.Difficulty,
            Number = 0,
            GasLimit = genesis.GasLimit,
            GasUsed = 0,
            Timestamp = genesis.Timestamp,
            ExtraData = genesis.ExtraData,
            BaseFeePerGas = genesis.BaseFeePerGas ?? (genesis.Spec.IsLondon(0) ? Genesis.DefaultBaseFeePerGas : null),
        };
        return new GenesisBlock(new Block(header, []), nodes);
    }
}
