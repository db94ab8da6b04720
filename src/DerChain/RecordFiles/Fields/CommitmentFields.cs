using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of the records that carry other records, or stand for them.</summary>
internal static class CommitmentFields
{
    // As Correction.IsCorrectable has it. A correction's own fields are prefixed where a record it may carry has a field of the name.
    private static readonly Alternatives<MarketRecord> Correctable = new(
        isOptional: false,
        Alternative<MarketRecord>.Of<DayAheadBid>(TradeFields.DayAheadBid),
        Alternative<MarketRecord>.Of<RealTimeBid>(TradeFields.RealTimeBid),
        Alternative<MarketRecord>.Of<DayAheadAward>(TradeFields.DayAheadAward),
        Alternative<MarketRecord>.Of<FifteenMinuteAward>(TradeFields.FifteenMinuteAward),
        Alternative<MarketRecord>.Of<DispatchInstruction>(TradeFields.DispatchInstruction),
        Alternative<MarketRecord>.Of<ControlCommand>(ControlFields.ControlCommand),
        Alternative<MarketRecord>.Of<Telemetry>(TelemetryFields.Telemetry));

    public static Correction Correction(RecordFields fields, Correction? correction) => new(
        fields.Hash("corrects", correction?.Corrects),
        fields.Int32("revision", correction?.Revision),
        fields.Required("correctionReason", correction?.Reason, FieldForms.CorrectionReason),
        fields.OneOf("record", correction?.Record, Correctable)!);

    public static TelemetryBatch TelemetryBatch(RecordFields fields, TelemetryBatch? batch) => new(
        fields.Aggregation(batch?.Aggregation),
        fields.Interval(batch?.Interval),
        fields.Hash("root", batch?.Root),
        fields.Int32("leafCount", batch?.LeafCount));

    public static RecordCommitment RecordCommitment(RecordFields fields, RecordCommitment? commitment) => new(
        fields.Required("committedKind", commitment?.CommittedKind, FieldForms.RecordKind),
        fields.Hash("root", commitment?.Root),
        fields.Int32("leafCount", commitment?.LeafCount));

    // The readers are two lists, not rows: the ciphertext would be repeated with every row of CSV.
    public static SealedRecord SealedRecord(RecordFields fields, SealedRecord? record) => new(
        sealedKind: fields.Required("sealedKind", record?.SealedKind, FieldForms.RecordKind),
        ephemeralKey: fields.Bytes("ephemeralKey", record?.EphemeralKey),
        readers: Readers(
            fields.List("readers", record?.Readers.Select(static key => key.Reader).ToImmutableArray(), FieldForms.Address),
            fields.List("wrappedKeys", record?.Readers.Select(static key => key.WrappedKey).ToImmutableArray(), FieldForms.Bytes)),
        nonce: fields.Bytes("nonce", record?.Nonce),
        ciphertext: fields.Bytes("ciphertext", record?.Ciphertext));

    // Where there are more of the one than of the other, an empty address or key takes the place, which the rules or the hash refuse.
    private static ImmutableArray<SealedKey> Readers(ImmutableArray<Address> readers, ImmutableArray<ReadOnlyMemory<byte>> keys) =>
    [
        .. Enumerable.Range(0, Math.Max(readers.Length, keys.Length)).Select(index =>
            new SealedKey(readers.ElementAtOrDefault(index), keys.ElementAtOrDefault(index))),
    ];
}
