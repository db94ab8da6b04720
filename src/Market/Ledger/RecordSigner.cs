using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Market.Codec;
using DerChain.Market.Records;

namespace DerChain.Market.Ledger;

/// <summary>Writes records into transactions of one chain: the record's canonical bytes are the input data, the participants are sender and recipient.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class RecordSigner
{
    private readonly ulong _chainId;

    /// <summary>A signer for a chain.</summary>
    /// <param name="chainId">Chain the transactions are for (EIP-155).</param>
    public RecordSigner(ulong chainId) => _chainId = chainId;

    /// <summary>Highest price per gas that a transaction offers, in wei. Default: 10 gwei, ten times the base fee a chain starts with.</summary>
    public UInt256 MaxFeePerGas { get; init; } = 10_000_000_000;

    /// <summary>Tip to the sealer per gas, in wei. Default: 0.1 gwei.</summary>
    public UInt256 MaxPriorityFeePerGas { get; init; } = 100_000_000;

    /// <summary>Puts a record into a signed transaction of type 2, whose gas limit is what it needs.</summary>
    /// <param name="record">The record.</param>
    /// <param name="receiver">Account of the participant it is for.</param>
    /// <param name="nonce">Number of transactions the sender has sent before.</param>
    /// <param name="key">Key of the sender.</param>
    /// <exception cref="ArgumentException">The record breaks a rule of <see cref="RecordRules"/>.</exception>
    public Transaction Sign(MarketRecord record, Address receiver, ulong nonce, PrivateKey key) =>
        SignPayload(RecordCodec.Encode(record), receiver, nonce, key);

    /// <summary>Puts a payload into a signed transaction of type 2, whose gas limit is what it needs.</summary>
    /// <param name="payload">Canonical bytes of a record (<see cref="RecordCodec.Encode"/>).</param>
    /// <param name="receiver">Account of the participant it is for.</param>
    /// <param name="nonce">Number of transactions the sender has sent before.</param>
    /// <param name="key">Key of the sender.</param>
    public Transaction SignPayload(ReadOnlyMemory<byte> payload, Address receiver, ulong nonce, PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var transaction = new UnsignedTransaction
        {
            ChainId = _chainId,
            Nonce = nonce,
            MaxFeePerGas = MaxFeePerGas,
            MaxPriorityFeePerGas = MaxPriorityFeePerGas,
            GasLimit = 0,
            To = receiver,
            Data = payload,
        };
        return (transaction with { GasLimit = GasRules.IntrinsicGas(transaction, isIstanbul: true) }).Sign(key);
    }
}
