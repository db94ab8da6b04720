namespace DerChain.Chain;

/// <summary>Settings of a <see cref="Blockchain"/> that change its speed and memory, never a verdict.</summary>
public sealed record BlockchainOptions
{
    /// <summary>Threads that recover senders side by side when a block is imported; at least 1. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>State nodes kept decoded in memory, about 300 bytes each; at least 1,000. Default: 50,000.</summary>
    public int CachedStateNodes { get; init; } = 50_000;

    /// <summary>Throws where a setting is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1, nameof(Threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(CachedStateNodes, 1_000, nameof(CachedStateNodes));
    }
}
