using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators.Protocol;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests;

/// <summary>A branch that a test seals by hand with the keys of a network's authorities. Authorities are counted in the order of their addresses, as Clique
/// counts them: authority i is in turn at numbers with number mod N = i.</summary>
internal sealed class Branch
{
    private readonly SimulatedNetwork _network;
    private readonly CliqueEngine _engine;
    private readonly Blockchain _chain;
    private readonly List<Block> _blocks = [];

    public Branch(SimulatedNetwork network)
    {
        _network = network;
        _engine = new CliqueEngine(network.Genesis.Spec);
        _chain = Blockchain.Open(new MemoryStore(), network.Genesis, _engine);
    }

    public IReadOnlyList<Block> Blocks => _blocks;

    public Block Head => _blocks[^1];

    public BlockHeader Genesis => _chain.FindHeader(_chain.GenesisHash)!;

    /// <summary>The first authorities of a network in the order in which Clique counts them.</summary>
    public static SimulatedNode[] InOrder(SimulatedNetwork network) =>
        [.. network.Nodes.Take(network.Options.Validators).OrderBy(static node => node.Address)];

    /// <summary>Another branch that begins with the same blocks.</summary>
    public Branch Fork()
    {
        var fork = new Branch(_network);
        foreach (Block block in _blocks)
            fork.Import(block);

        return fork;
    }

    /// <summary>Blocks by these authorities, one each, a period after the other.</summary>
    public Branch Seal(params IEnumerable<int> authorities)
    {
        foreach (int authority in authorities)
            Import(SealNext(authority));

        return this;
    }

    /// <summary>A block that votes.</summary>
    public Branch SealVote(int authority, Address account, bool authorizes)
    {
        Import(SealNext(authority, account, authorizes ? CliqueSnapshot.NonceAuthorize : CliqueSnapshot.NonceDrop));
        return this;
    }

    /// <summary>A block that holds a transaction.</summary>
    public Branch SealWith(int authority, Transaction transaction)
    {
        Import(SealNext(authority, default, 0, transaction));
        return this;
    }

    /// <summary>The next block by an authority, not added.</summary>
    public Block SealNext(int authority, Address beneficiary = default, ulong nonce = 0, params IEnumerable<Transaction> transactions)
    {
        SimulatedNode node = InOrder(_network)[authority];
        BlockHeader head = _chain.Head.Header;
        CliqueSnapshot snapshot = _engine.SnapshotAt(head, _chain.Head.Hash, _chain.FindHeader);
        ulong difficulty = snapshot.IsInTurn(head.Number + 1, node.Address) ? CliqueEngine.InTurnDifficulty : CliqueEngine.OutOfTurnDifficulty;
        ulong timestamp = head.Timestamp + _engine.Parameters.PeriodSeconds;
        Block unsealed = _chain.Assemble(
            new BlockTemplate(node.Address, timestamp, difficulty, beneficiary, nonce, CliqueExtraData.Unsealed([], [])),
            transactions.Select(static transaction => new RecoveredTransaction(transaction, transaction.RecoverSender()!.Value)));
        return Alter(unsealed, authority, static header => header);
    }

    /// <summary>A block altered and sealed again by an authority.</summary>
    public Block Alter(Block block, int authority, Func<BlockHeader, BlockHeader> change) =>
        new(CliqueExtraData.Seal(change(block.Header), _network.AuthorityKey(InOrder(_network)[authority].Index)), block.Transactions);

    /// <summary>Shows the branch to nodes, as a peer that sends its blocks one by one.</summary>
    public void ShowTo(params IEnumerable<SimulatedNode> nodes)
    {
        foreach (SimulatedNode node in nodes)
        {
            SimulatedPeer peer = _network.ConnectPeer(node);
            foreach (Block block in _blocks)
                peer.Send(Message(block));
        }
    }

    public static byte[] Message(Block block) => MessageCodec.Encode(new NewBlockMessage(block.Encode()));

    private void Import(Block block)
    {
        ImportResult result = _chain.Import(block, ulong.MaxValue / 1000);
        Assert.True(result.Outcome == ImportOutcome.NewHead, $"{result.Outcome} {result.Verdict}");
        _blocks.Add(block);
    }
}
