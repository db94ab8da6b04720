using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Testing.Simulation.Checks;

/// <summary>What the checkers remember of one node.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class NodeWatch
{
    /// <summary>Hashes of its canonical chain, by number.</summary>
    public List<Hash256> Canonical { get; } = [];

    /// <summary>Block number by transaction, on its canonical chain.</summary>
    public Dictionary<Hash256, ulong> Included { get; } = [];

    /// <summary>Transactions that it has accepted and that were not on its chain at the last start.</summary>
    public List<Hash256> Accepted { get; } = [];

    /// <summary>Its final block.</summary>
    public BlockReference Finalized { get; set; }

    /// <summary>Its total difficulty.</summary>
    public UInt256 TotalDifficulty { get; set; }

    /// <summary>True while it carries out a reorganisation that its operator accepted.</summary>
    public bool MayReorganise { get; set; }

    /// <summary>What it said of itself last.</summary>
    public SealStatus LastStatus { get; set; }

    /// <summary>The conflict it reported last; null where it has none.</summary>
    public BlockReference? Conflict { get; set; }
}
