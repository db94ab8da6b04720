using DerChain.Chain;
using DerChain.Chain.Audit;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.KillTarget;

namespace DerChain.EndToEnd.Tests.Kills;

/// <summary>A store whose writers are killed, and every block that they acknowledged.</summary>
internal sealed class KilledStore(string path)
{
    private readonly SortedDictionary<ulong, Hash256> _acknowledged = [];

    public string Path => path;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Takes a line of number and hash.</summary>
    public void Acknowledge(string line)
    {
        string[] parts = line.Split(' ');
        _acknowledged[ulong.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)] = Hash256.Parse(parts[1]);
    }

    /// <summary>Opens the store, and requires that it is whole and holds every acknowledged block.</summary>
    /// <returns>Number of the head.</returns>
    public ulong Check()
    {
        using IKeyValueStore store = KillChain.OpenStore(path);
        StoreIdentity? identity = StoreIdentity.Read(store);
        if (identity is null)
        {
            Assert.Empty(_acknowledged);
            return 0;
        }

        Blockchain chain = Blockchain.Open(store, KillChain.Genesis, new CliqueEngine(KillChain.Genesis.Spec));
        foreach ((ulong number, Hash256 hash) in _acknowledged)
        {
            Block? block = chain.FindBlock(number);
            Assert.True(block?.Hash == hash, $"Block {number} {hash} was acknowledged; the store has {block?.Hash} there, and its head is {chain.Head.Header.Number}.");
        }

        AuditReport report = ChainAudit.Run(store, identity, new CliqueEngine(identity.Genesis.Spec), rule: null, threads: 1, progress: null, default);
        Assert.True(report.Finding is null, $"{report.Finding}");
        return chain.Head.Header.Number;
    }
}
