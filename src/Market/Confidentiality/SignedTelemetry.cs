using System.Buffers.Binary;
using System.Text;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Confidentiality;

/// <summary>What the signature of a prosumer under its readings in a batch is for: it holds for no other chain, aggregation or interval.</summary>
/// <param name="ChainId">Chain id (EIP-155).</param>
/// <param name="Aggregation">The market resource of the batch.</param>
/// <param name="Interval">The interval of the batch.</param>
public readonly record struct TelemetryPlace(ulong ChainId, AggregationId Aggregation, MarketInterval Interval)
{
    /// <summary>Hash that the prosumer signs: Keccak-256 of a fixed text, this place, and the hash of the payload (docs/spec/evidence.md, 4.2).</summary>
    public Hash256 SigningHash(ReadOnlySpan<byte> payload)
    {
        Span<byte> numbers = stackalloc byte[8 + 8 + 4 + 1];
        byte[] aggregation = Encoding.ASCII.GetBytes(Aggregation.Value ?? "");
        BinaryPrimitives.WriteUInt64BigEndian(numbers, ChainId);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], Interval.StartUnixSeconds);
        BinaryPrimitives.WriteInt32BigEndian(numbers[16..], Interval.DurationSeconds);
        numbers[20] = (byte)aggregation.Length;
        return Keccak256.Hash([.. "DerChain batched telemetry 1"u8, .. numbers, .. aggregation, .. Keccak256.Hash(payload).ToBytes()]);
    }
}

/// <summary>Readings of a prosumer as they stand in a leaf of a batch: the canonical payload, then the prosumer's own signature, so that the aggregator who
/// batches them cannot change them.</summary>
/// <param name="Telemetry">The readings.</param>
/// <param name="Sender">Account that signed them.</param>
public sealed record SignedTelemetry(Telemetry Telemetry, Address Sender)
{
    /// <summary>The content of a leaf: payload, and 65 bytes of signature.</summary>
    /// <param name="telemetry">The readings.</param>
    /// <param name="place">Chain, aggregation and interval of the batch.</param>
    /// <param name="key">Key of the prosumer.</param>
    /// <exception cref="ArgumentException">The readings break a rule of <see cref="RecordRules"/>.</exception>
    public static byte[] Sign(Telemetry telemetry, TelemetryPlace place, PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] payload = RecordCodec.Encode(telemetry);
        var content = new byte[payload.Length + Signature.Length];
        payload.CopyTo(content, 0);
        key.Sign(place.SigningHash(payload)).CopyTo(content.AsSpan(payload.Length));
        return content;
    }

    /// <summary>Reads the content of a leaf. Whatever the bytes are, this does not throw. That the sender is a prosumer of the aggregation is the registry's to say.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="place">Chain, aggregation and interval of the batch. Under another place a signature recovers to another account.</param>
    /// <returns>Null where the bytes are not canonical readings and a signature with low s.</returns>
    public static SignedTelemetry? TryRead(ReadOnlySpan<byte> content, TelemetryPlace place)
    {
        if (content.Length <= Signature.Length)
            return null;

        ReadOnlySpan<byte> payload = content[..^Signature.Length];
        var signature = Signature.FromBytes(content[^Signature.Length..]);
        if (!signature.IsLowS || signature.RecoveryId > 1 || !RecordCodec.TryDecode(payload, out MarketRecord? record, out _) || record is not Telemetry telemetry)
            return null;

        return signature.TryRecover(place.SigningHash(payload)) is { } key ? new SignedTelemetry(telemetry, key.Address) : null;
    }
}
