using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Records;

namespace DerChain.Market.Ledger;

/// <summary>Where on the chain a record stands: what proves it.</summary>
/// <param name="BlockNumber">Height of the block.</param>
/// <param name="BlockHash">Hash of the block.</param>
/// <param name="BlockUnixSeconds">The block's timestamp.</param>
/// <param name="TransactionIndex">Position of the transaction in the block, from 0.</param>
/// <param name="TransactionHash">Hash of the transaction.</param>
public sealed record RecordLocation(
    ulong BlockNumber, Hash256 BlockHash, long BlockUnixSeconds, int TransactionIndex, Hash256 TransactionHash);

/// <summary>A record as it was read back from the chain: who signed it, for whom, and where it stands.</summary>
/// <param name="Record">The record.</param>
/// <param name="Sender">Account that signed the transaction.</param>
/// <param name="Receiver">Account the transaction was sent to.</param>
/// <param name="Location">Where it stands.</param>
public sealed record LedgerEntry(MarketRecord Record, Address Sender, Address Receiver, RecordLocation Location)
{
    /// <summary>What names the record wherever another refers to it: Keccak-256 of its payload. Computed where the record was not read from a block.</summary>
    public Hash256 RecordHash => PayloadHash ?? Keccak256.Hash(RecordCodec.Encode(Record));

    /// <summary>Hash of the payload that the record was read from.</summary>
    internal Hash256? PayloadHash { get; init; }
}
