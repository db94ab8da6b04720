using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>The readings of many prosumers for one interval, kept beside the chain: their root, so that each can be shown and none can be changed. Every
/// leaf holds its prosumer's own signature. Aggregator to ISO (docs/spec/market.md, 1.7).</summary>
/// <param name="aggregation">The market resource whose devices report.</param>
/// <param name="interval">The interval of the readings.</param>
/// <param name="root">Root of the leaves (docs/spec/evidence.md).</param>
/// <param name="leafCount">Number of leaves, ≥ 1.</param>
public sealed class TelemetryBatch(AggregationId aggregation, MarketInterval interval, Hash256 root, int leafCount) : MarketRecord(RecordKind.TelemetryBatch)
{
    /// <summary>The market resource whose devices report.</summary>
    public AggregationId Aggregation { get; } = aggregation;

    /// <summary>The interval of the readings.</summary>
    public MarketInterval Interval { get; } = interval;

    /// <summary>Root of the leaves.</summary>
    public Hash256 Root { get; } = root;

    /// <summary>Number of leaves.</summary>
    public int LeafCount { get; } = leafCount;

    /// <inheritdoc/>
    public override int RowCount => 1;
}

/// <summary>A record whose rows are kept beside the chain, each under a salt of its own: any of them can be shown, or erased while the proofs of the rest
/// hold. Sender and receiver as for the record itself (docs/spec/evidence.md).</summary>
/// <param name="committedKind">Kind of the record, 1 to 8.</param>
/// <param name="root">Root of the salted leaves.</param>
/// <param name="leafCount">Number of leaves, ≥ 1.</param>
public sealed class RecordCommitment(RecordKind committedKind, Hash256 root, int leafCount) : MarketRecord(RecordKind.RecordCommitment)
{
    /// <summary>Kind of the record.</summary>
    public RecordKind CommittedKind { get; } = committedKind;

    /// <summary>Root of the salted leaves.</summary>
    public Hash256 Root { get; } = root;

    /// <summary>Number of leaves.</summary>
    public int LeafCount { get; } = leafCount;

    /// <inheritdoc/>
    public override int RowCount => 1;

    /// <summary>True for the kinds whose content may be kept from the chain: those of Tables I to IV and the activation of reserve.</summary>
    public static bool IsCommittable(RecordKind kind) => kind is >= RecordKind.DayAheadBid and <= RecordKind.ReserveActivation;
}

/// <summary>The key of a sealed record, wrapped for one reader.</summary>
/// <param name="Reader">Account of the reader.</param>
/// <param name="WrappedKey">48 bytes: the key encrypted, and its tag.</param>
public sealed record SealedKey(Address Reader, ReadOnlyMemory<byte> WrappedKey)
{
    /// <summary>Length of a wrapped key in bytes.</summary>
    public const int WrappedLength = 48;
}

/// <summary>A record that only its named readers can read. The role matrix sees sender, receiver and kind (docs/spec/evidence.md).</summary>
/// <param name="sealedKind">Kind of the record inside, 1 to 8.</param>
/// <param name="ephemeralKey">33 bytes: the public key, compressed, that the readers' keys were agreed with.</param>
/// <param name="readers">The readers in ascending order of account.</param>
/// <param name="nonce">12 bytes.</param>
/// <param name="ciphertext">The record's payload encrypted, and its tag of 16 bytes.</param>
public sealed class SealedRecord(
    RecordKind sealedKind, ReadOnlyMemory<byte> ephemeralKey, ImmutableArray<SealedKey> readers, ReadOnlyMemory<byte> nonce, ReadOnlyMemory<byte> ciphertext)
    : MarketRecord(RecordKind.SealedRecord)
{
    /// <summary>Length of the ephemeral key in bytes.</summary>
    public const int EphemeralKeyLength = 33;

    /// <summary>Length of the nonce in bytes.</summary>
    public const int NonceLength = 12;

    /// <summary>Shortest ciphertext in bytes: the tag.</summary>
    public const int MinCiphertextLength = 16;

    /// <summary>Kind of the record inside.</summary>
    public RecordKind SealedKind { get; } = sealedKind;

    /// <summary>The ephemeral public key, compressed.</summary>
    public ReadOnlyMemory<byte> EphemeralKey { get; } = ephemeralKey;

    /// <summary>The readers in ascending order of account.</summary>
    public ImmutableArray<SealedKey> Readers { get; } = readers;

    /// <summary>The nonce.</summary>
    public ReadOnlyMemory<byte> Nonce { get; } = nonce;

    /// <summary>The record encrypted, and its tag.</summary>
    public ReadOnlyMemory<byte> Ciphertext { get; } = ciphertext;

    /// <inheritdoc/>
    public override int RowCount => Readers.Length;
}
