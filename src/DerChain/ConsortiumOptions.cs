using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain;

/// <summary>What a consortium is made of.</summary>
public sealed record ConsortiumOptions
{
    /// <summary>Chain id of transactions (EIP-155); 1 to 2^63 − 19.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Time of block 0 in seconds since 1970-01-01T00:00:00Z.</summary>
    public required ulong GenesisUnixSeconds { get; init; }

    /// <summary>Keys of the validators, at least one. Each seals with its key on its own copy of the chain. They stay the caller's.</summary>
    public required ImmutableArray<PrivateKey> Authorities { get; init; }

    /// <summary>Account of the system operator (ISO), which registers everyone else.</summary>
    public required Address SystemOperator { get; init; }

    /// <summary>Accounts that send transactions: each is given <see cref="InitialBalanceWei"/> to pay for gas. The system operator is among them.</summary>
    public required ImmutableArray<Address> FundedAccounts { get; init; }

    /// <summary>Opens the store of the validator at an index into <see cref="Authorities"/>; the consortium disposes of it. Default: a store in memory.</summary>
    public Func<int, IKeyValueStore> OpenStore { get; init; } = static _ => new MemoryStore();

    /// <summary>Balance of each funded account at the start, in wei. Default: 1,000 ether.</summary>
    public UInt256 InitialBalanceWei { get; init; } = (UInt256)1_000_000_000_000_000_000 * 1_000;

    /// <summary>Clique's least number of seconds between blocks; 0 seals on demand. Default: 0.</summary>
    public ulong PeriodSeconds { get; init; }

    /// <summary>Threads that sign, verify and import side by side; at least 1. Results do not depend on it. Default: 1.</summary>
    public int Threads { get; init; } = 1;
}
