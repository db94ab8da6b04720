using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of the records that carry other records, or stand for them (docs/spec/market.md, 1.6 and 1.7).</summary>
internal static class CommitmentRules
{
    /// <summary>Most leaves that a root on the chain stands for.</summary>
    private const int MaxLeaves = 1 << 24;

    public static RecordError? Check(Correction correction) =>
        Range(NoRow, "Revision", correction.Revision, 1, int.MaxValue)
        ?? Known(NoRow, "Reason", correction.Reason <= CorrectionReason.ClericalError, (int)correction.Reason)
        ?? (correction.Record is null ? Error(RecordErrorCode.ValueMissing, NoRow, "Record is absent") : null)
        ?? CheckKind(correction.Record!.Kind, Correction.IsCorrectable(correction.Record.Kind))
        ?? RecordRules.Check(correction.Record);

    public static RecordError? Check(TelemetryBatch batch) =>
        Name(NoRow, "Aggregation", batch.Aggregation.Value)
        ?? Interval(NoRow, "Interval", batch.Interval)
        ?? Range(NoRow, "LeafCount", batch.LeafCount, 1, MaxLeaves);

    public static RecordError? Check(RecordCommitment commitment) =>
        CheckKind(commitment.CommittedKind, RecordCommitment.IsCommittable(commitment.CommittedKind))
        ?? Range(NoRow, "LeafCount", commitment.LeafCount, 1, MaxLeaves);

    public static RecordError? Check(SealedRecord record) =>
        CheckKind(record.SealedKind, RecordCommitment.IsCommittable(record.SealedKind))
        ?? Length(NoRow, "EphemeralKey", record.EphemeralKey, SealedRecord.EphemeralKeyLength)
        ?? Length(NoRow, "Nonce", record.Nonce, SealedRecord.NonceLength)
        ?? Range(NoRow, "Ciphertext.Length", record.Ciphertext.Length, SealedRecord.MinCiphertextLength, int.MaxValue)
        ?? Rows(record.Readers, static (row, key) => Length(row, "WrappedKey", key.WrappedKey, SealedKey.WrappedLength),
            static (left, right) => left.Reader.CompareTo(right.Reader));

    private static RecordError? CheckKind(RecordKind kind, bool isAllowed) =>
        isAllowed ? null : Error(RecordErrorCode.ValueNotAllowed, NoRow, $"A record of kind {(int)kind} cannot be carried so");
}
