namespace DerChain.Testing.Simulation;

/// <summary>What happened in a simulated network, counted.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record SimulationResult
{
    /// <summary>Number of the highest head of a node that runs.</summary>
    public ulong Blocks { get; init; }

    /// <summary>Different blocks that some node adopted.</summary>
    public ulong AdoptedBlocks { get; init; }

    /// <summary>Those of them that their signer sealed in turn.</summary>
    public ulong InTurnBlocks { get; init; }

    /// <summary>Changes of a node's head that left blocks.</summary>
    public ulong Reorganisations { get; init; }

    /// <summary>The most blocks that one of them left.</summary>
    public int DeepestReorganisation { get; init; }

    /// <summary>Finality conflicts that nodes reported.</summary>
    public ulong Conflicts { get; init; }

    /// <summary>Times a node reported that its quorum was lost.</summary>
    public ulong QuorumLosses { get; init; }

    /// <summary>Times a node waited because its key had sealed the height on a branch that was left.</summary>
    public ulong SealedBefore { get; init; }

    /// <summary>Blocks of a number that their honest signer had sealed before, on a branch that was left.</summary>
    public ulong SealedAgain { get; init; }

    /// <summary>Crashes, those by a failing store included.</summary>
    public ulong Crashes { get; init; }

    /// <summary>Connections ended because what came by them broke a rule.</summary>
    public ulong Disconnections { get; init; }

    /// <summary>Transactions that a node accepted.</summary>
    public ulong Transactions { get; init; }

    /// <summary>Messages sent.</summary>
    public ulong Messages { get; init; }

    /// <summary>Events handled.</summary>
    public ulong Events { get; init; }

    /// <summary>Digest of all events: equal for equal runs.</summary>
    public ulong EventDigest { get; init; }

    /// <summary>Virtual time that passed.</summary>
    public ulong VirtualMilliseconds { get; init; }

    /// <summary>Share of adopted blocks that were sealed in turn, 0 to 1; 1 where there are none.</summary>
    public double InTurnShare => AdoptedBlocks == 0 ? 1 : (double)InTurnBlocks / AdoptedBlocks;
}
