using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Transactions;

/// <summary>What a transaction says, before it is signed.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record UnsignedTransaction
{
    /// <summary>Form of the transaction. Default: <see cref="TransactionType.DynamicFee"/>.</summary>
    public TransactionType Type { get; init; } = TransactionType.DynamicFee;

    /// <summary>Chain the transaction is for (EIP-155), 1 to 2^63 − 19; null only in a legacy transaction without replay protection.</summary>
    public required ulong? ChainId { get; init; }

    /// <summary>Number of transactions the sender has sent before. The "nonce" of the paper's block.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Highest tip to the sealer per gas, in wei. In legacy and access-list transactions the gas price.</summary>
    public required UInt256 MaxPriorityFeePerGas { get; init; }

    /// <summary>Highest price per gas, base fee included, in wei. In legacy and access-list transactions the gas price.</summary>
    public required UInt256 MaxFeePerGas { get; init; }

    /// <summary>Highest amount of gas the transaction may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>The recipient; null asks for the creation of a contract, which this ledger refuses.</summary>
    public required Address? To { get; init; }

    /// <summary>Amount transferred, in wei.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Input data; market records are whole words of 32 bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Declared accounts and slots (EIP-2930); empty in legacy transactions.</summary>
    public ImmutableArray<AccessListEntry> AccessList { get; init; } = [];

    /// <summary>The hash that the sender signs (EIP-155, EIP-2930, EIP-1559).</summary>
    public Hash256 SigningHash() => TransactionCodec.SigningHash(this);

    /// <summary>Signs the transaction.</summary>
    /// <exception cref="ArgumentException">The chain id is missing although the type has one, or is out of range.</exception>
    public Transaction Sign(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (ChainId is null ? Type != TransactionType.Legacy : ChainId is 0 or > TransactionCodec.MaxChainId)
            throw new ArgumentException($"The chain id of a signed transaction is 1 to {TransactionCodec.MaxChainId}.");

        return Transaction.Create(this, key.Sign(SigningHash()));
    }
}
