using System.Collections.Immutable;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Blocks;

/// <summary>An account that exists from the start.</summary>
/// <param name="Balance">Balance in wei.</param>
/// <param name="Nonce">Nonce; 0 for an account that has sent nothing.</param>
/// <remarks>Code and storage are hashed into the state root, so that the genesis hash is Geth's. Nothing runs the code: a transaction to it is refused.</remarks>
public sealed record GenesisAccount(UInt256 Balance, ulong Nonce = 0)
{
    /// <summary>Code of a contract. Default: none.</summary>
    public ReadOnlyMemory<byte> Code { get; init; }

    /// <summary>Storage of a contract: slot to value. A value of zero is no entry. Default: empty.</summary>
    public ImmutableSortedDictionary<Hash256, Hash256> Storage { get; init; } = ImmutableSortedDictionary<Hash256, Hash256>.Empty;
}

/// <summary>Block 0 and the rules of the chain that follows: what all validators must agree on beforehand.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record Genesis
{
    /// <summary>Default gas limit: 60 million.</summary>
    public const ulong DefaultGasLimit = 60_000_000;

    /// <summary>Base fee of block 0 and 1 in wei: 1 gwei (EIP-1559, INITIAL_BASE_FEE).</summary>
    public const ulong DefaultBaseFeePerGas = 1_000_000_000;

    /// <summary>The rules.</summary>
    public required ChainSpec Spec { get; init; }

    /// <summary>Time of block 0 in seconds since 1970-01-01T00:00:00Z.</summary>
    public required ulong Timestamp { get; init; }

    /// <summary>Extra data of block 0: under Clique 32 bytes of vanity, the signers in ascending order, 65 zero bytes.</summary>
    public required ReadOnlyMemory<byte> ExtraData { get; init; }

    /// <summary>Gas limit of block 0, 5,000 to 2^63 − 1. Default: 60 million.</summary>
    public ulong GasLimit { get; init; } = DefaultGasLimit;

    /// <summary>Difficulty of block 0, below 2^255. Default: 1.</summary>
    public UInt256 Difficulty { get; init; } = UInt256.One;

    /// <summary>Parent hash of block 0. Default: zero.</summary>
    public Hash256 ParentHash { get; init; }

    /// <summary>Beneficiary of block 0 (Geth's <c>coinbase</c>). Default: zero.</summary>
    public Address Beneficiary { get; init; }

    /// <summary>Mix hash of block 0. Default: zero.</summary>
    public Hash256 MixHash { get; init; }

    /// <summary>Nonce of block 0, 8 bytes as a big-endian number. Default: 0.</summary>
    public ulong Nonce { get; init; }

    /// <summary>Gas used by block 0. Default: 0.</summary>
    public ulong GasUsed { get; init; }

    /// <summary>Base fee of block 0 in wei, below 2^255. Null stands for 1 gwei where London is active from the start, else for none. A given one stands
    /// in the header also before London, as in Geth.</summary>
    public UInt256? BaseFeePerGas { get; init; }

    /// <summary>Accounts that exist from the start, in ascending order of address.</summary>
    public ImmutableSortedDictionary<Address, GenesisAccount> Accounts { get; init; } = ImmutableSortedDictionary<Address, GenesisAccount>.Empty;
}
