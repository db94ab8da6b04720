using DerChain.Chain.Storage;

namespace DerChain;

/// <summary>How a market day is recorded. Seed, chain id and validators decide the chain's hashes; the rest does not.</summary>
public sealed record MarketDayOptions
{
    /// <summary>Chain id of a scenario unless another is named.</summary>
    public const ulong DefaultChainId = 222_200;

    /// <summary>Seed from which every key follows.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Chain id of transactions. Default: 222,200.</summary>
    public ulong ChainId { get; init; } = DefaultChainId;

    /// <summary>Number of validators, at least 1. Default: 3.</summary>
    public int Validators { get; init; } = 3;

    /// <summary>Threads that sign, verify and import side by side; at least 1. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Opens the store of a validator, from 0 on. Default: stores in memory.</summary>
    public Func<int, IKeyValueStore> OpenStore { get; init; } = static _ => new MemoryStore();
}
