using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Market.Codec;
using DerChain.Market.Records;

namespace DerChain.Evidence;

/// <summary>What a receipt proves: this transaction was executed in this block, and the block is final, as far as the trust that it was verified with holds.</summary>
/// <param name="BlockNumber">Height of the block.</param>
/// <param name="BlockHash">Hash of the block.</param>
/// <param name="BlockUnixSeconds">The block's timestamp.</param>
/// <param name="TransactionIndex">Position of the transaction in the block, from 0.</param>
/// <param name="Transaction">The transaction: recipient, value, payload.</param>
/// <param name="Sender">Account that signed it.</param>
public sealed record ProvenTransaction(
    ulong BlockNumber, Hash256 BlockHash, ulong BlockUnixSeconds, int TransactionIndex, Transaction Transaction, Address Sender)
{
    /// <summary>The market record that the transaction carries, or null where it carries none.</summary>
    public MarketRecord? Record { get; } =
        RecordCodec.TryDecode(Transaction.Content.Data.Span, out MarketRecord? record, out _) ? record : null;

    /// <summary>The leaf that the record commits to, where the receipt proves one.</summary>
    public ReceiptLeaf? Leaf { get; init; }

    /// <summary>The authorities that sealed the block and those after it, in order; empty where the block is trusted by its hash.</summary>
    public ImmutableArray<Address> Sealers { get; init; } = [];
}
