using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the fields of the records that carry other records, or stand for them (docs/spec/record-codec.md).</summary>
internal static class CommitmentLayout
{
    private const int CorrectionFields = 5;
    private const int BatchFields = 5;
    private const int CommitmentFields = 3;
    private const int SealedFields = 5;
    private const int ReaderFields = 2;

    public static void Write(CanonicalWriter writer, Correction correction)
    {
        writer.WriteArrayHeader(CorrectionFields);
        writer.Write(correction.Corrects);
        writer.Write(correction.Revision);
        writer.Write((byte)correction.Reason);
        writer.Write((byte)correction.Record.Kind);
        RecordCodec.WriteBody(writer, correction.Record);
    }

    public static Correction ReadCorrection(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(CorrectionFields);
        return new Correction(reader.ReadHash(), reader.ReadInt32(), (CorrectionReason)reader.ReadByte(), ReadCorrected(ref reader));
    }

    public static void Write(CanonicalWriter writer, TelemetryBatch batch)
    {
        writer.WriteArrayHeader(BatchFields);
        writer.WriteName(batch.Aggregation.Value);
        writer.Write(batch.Interval);
        writer.Write(batch.Root);
        writer.Write(batch.LeafCount);
    }

    public static TelemetryBatch ReadTelemetryBatch(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BatchFields);
        return new TelemetryBatch(reader.ReadAggregationId(), reader.ReadInterval(), reader.ReadHash(), leafCount: reader.ReadInt32());
    }

    public static void Write(CanonicalWriter writer, RecordCommitment commitment)
    {
        writer.WriteArrayHeader(CommitmentFields);
        writer.Write((byte)commitment.CommittedKind);
        writer.Write(commitment.Root);
        writer.Write(commitment.LeafCount);
    }

    public static RecordCommitment ReadRecordCommitment(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(CommitmentFields);
        return new RecordCommitment((RecordKind)reader.ReadByte(), reader.ReadHash(), leafCount: reader.ReadInt32());
    }

    public static void Write(CanonicalWriter writer, SealedRecord record)
    {
        writer.WriteArrayHeader(SealedFields);
        writer.Write((byte)record.SealedKind);
        writer.Write(record.EphemeralKey.Span);
        RowLayout.Write(writer, record.Readers, WriteReader);
        writer.Write(record.Nonce.Span);
        writer.Write(record.Ciphertext.Span);
    }

    public static SealedRecord ReadSealedRecord(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(SealedFields);
        return new SealedRecord(
            (RecordKind)reader.ReadByte(), reader.ReadByteString(), RowLayout.Read(ref reader, ReadReader), reader.ReadByteString(), reader.ReadByteString());
    }

    private static MarketRecord ReadCorrected(ref CanonicalReader reader)
    {
        var kind = (RecordKind)reader.ReadByte();
        if (Correction.IsCorrectable(kind)) return RecordCodec.ReadBody(ref reader, kind);
        reader.Fail($"a record of kind {(byte)kind} cannot be corrected");
        return null!;
    }

    private static void WriteReader(CanonicalWriter writer, SealedKey key)
    {
        writer.WriteArrayHeader(ReaderFields);
        writer.Write(key.Reader);
        writer.Write(key.WrappedKey.Span);
    }

    private static SealedKey ReadReader(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(ReaderFields);
        return new SealedKey(reader.ReadAddress(), reader.ReadByteString());
    }
}
