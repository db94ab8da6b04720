using System.Diagnostics.CodeAnalysis;
using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Turns a record into the input data of a transaction and back: a first word that says what follows, then the record in MessagePack, padded
/// with zeros to words of 32 bytes. One record has one encoding, and decoding refuses every other.</summary>
/// <remarks>Layout, byte by byte: docs/spec/record-codec.md.</remarks>
/// <threadsafety>Thread-safe.</threadsafety>
public static class RecordCodec
{
    /// <summary>Version of the format that is written and read.</summary>
    public const byte FormatVersion = 1;

    /// <summary>Length of a word in bytes: a payload is a sequence of bytes32.</summary>
    public const int WordLength = 32;

    /// <summary>Longest payload in bytes: 1 MiB.</summary>
    public const int MaxPayloadLength = 1 << 20;

    private const int TypicalBodyLength = 480;
    private const int LongestKeptBody = 1 << 16;

    // Of the thread that writes; a record is written whole before another begins.
    [ThreadStatic]
    private static CanonicalWriter? _body;

    /// <summary>The payload of a record; its length is a multiple of 32.</summary>
    /// <exception cref="ArgumentNullException">No record is given.</exception>
    /// <exception cref="ArgumentException"><see cref="RecordRules"/> refuses the record, or the payload would be longer than 1 MiB.</exception>
    public static byte[] Encode(MarketRecord record)
    {
        if (RecordRules.Check(record) is { } error) throw new ArgumentException(error.Message, nameof(record));
        CanonicalWriter body = _body ??= new CanonicalWriter(TypicalBodyLength);
        body.Clear();
        WriteBody(body, record);
        if (body.Capacity > LongestKeptBody) _body = null;

        int length = PayloadLength(body.Written.Length);
        if (length > MaxPayloadLength)
            throw new ArgumentException($"The payload would have {length} bytes; {MaxPayloadLength} is the most.", nameof(record));
        var payload = new byte[length];
        new PayloadHeader(record.Kind, (uint)record.RowCount, (uint)body.Written.Length).Write(payload);
        body.Written.CopyTo(payload.AsSpan(WordLength));
        return payload;
    }

    /// <summary>Reads a payload. Whatever the bytes are, this does not throw, and it allocates in proportion to the bytes that are there.</summary>
    /// <param name="payload">Input data of a transaction.</param>
    /// <param name="record">The record, where the payload is the canonical encoding of one that <see cref="RecordRules"/> admits.</param>
    /// <param name="error">Why the payload is refused, otherwise.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> payload, [NotNullWhen(true)] out MarketRecord? record, [NotNullWhen(false)] out RecordError? error)
    {
        record = null;
        error = CheckFrame(payload, out PayloadHeader header);
        if (error is not null) return false;

        var reader = new CanonicalReader(payload.Slice(WordLength, (int)header.BodyLength));
        MarketRecord read = ReadBody(ref reader, header.Kind);
        error = CheckBody(ref reader, header, read);
        if (error is not null) return false;
        record = read;
        return true;
    }

    /// <summary>Looks at the first word alone: the kind of record a payload says it holds. The rest may still be refused.</summary>
    public static bool TryReadKind(ReadOnlySpan<byte> payload, out RecordKind kind)
    {
        kind = default;
        if (payload.Length < WordLength || PayloadHeader.Read(payload[..WordLength], out PayloadHeader header) is not null) return false;
        kind = header.Kind;
        return true;
    }

    private static RecordError? CheckFrame(ReadOnlySpan<byte> payload, out PayloadHeader header)
    {
        header = default;
        if (payload.Length > MaxPayloadLength)
            return new(RecordErrorCode.PayloadTooLong, $"The payload has {payload.Length} bytes; {MaxPayloadLength} is the most.");
        if (payload.IsEmpty || payload.Length % WordLength != 0)
            return new(RecordErrorCode.PayloadNotInWords, $"The payload has {payload.Length} bytes, not a positive multiple of {WordLength}.");
        if (PayloadHeader.Read(payload[..WordLength], out header) is { } error) return error;
        if (header.BodyLength > MaxPayloadLength || PayloadLength((int)header.BodyLength) != payload.Length)
            return new(RecordErrorCode.BodyLengthWrong, $"A body of {header.BodyLength} bytes does not make a payload of {payload.Length} bytes.");
        return payload[(WordLength + (int)header.BodyLength)..].ContainsAnyExcept((byte)0)
            ? new(RecordErrorCode.PaddingNotZero, "A byte after the body is not zero.")
            : null;
    }

    private static RecordError? CheckBody(ref CanonicalReader reader, PayloadHeader header, MarketRecord record)
    {
        if (reader.Failed) return new(RecordErrorCode.BodyNotCanonical, $"{reader.Failure}.");
        if (reader.Remaining > 0) return new(RecordErrorCode.BodyTooLong, $"The body goes on for {reader.Remaining} bytes after the record.");
        if (record.RowCount != header.RowCount)
            return new(RecordErrorCode.RowCountWrong, $"The first word counts {header.RowCount} rows, the body has {record.RowCount}.");
        return RecordRules.Check(record);
    }

    private static int PayloadLength(int bodyLength) => WordLength + (bodyLength + WordLength - 1) / WordLength * WordLength;

    internal static void WriteBody(CanonicalWriter writer, MarketRecord record)
    {
        switch (record)
        {
            case DayAheadBid bid: TradeLayout.Write(writer, bid); break;
            case RealTimeBid bid: TradeLayout.Write(writer, bid); break;
            case DayAheadAward award: TradeLayout.Write(writer, award); break;
            case FifteenMinuteAward award: TradeLayout.Write(writer, award); break;
            case DispatchInstruction dispatch: TradeLayout.Write(writer, dispatch); break;
            case ControlCommand command: ControlLayout.Write(writer, command); break;
            case Telemetry telemetry: TelemetryLayout.Write(writer, telemetry); break;
            case ReserveActivation activation: TradeLayout.Write(writer, activation); break;
            case ParticipantRegistration registration: RegistrationLayout.Write(writer, registration); break;
            case ResourceRegistration registration: RegistrationLayout.Write(writer, registration); break;
            case Correction correction: CommitmentLayout.Write(writer, correction); break;
            case TelemetryBatch batch: CommitmentLayout.Write(writer, batch); break;
            case RecordCommitment commitment: CommitmentLayout.Write(writer, commitment); break;
            case SealedRecord @sealed: CommitmentLayout.Write(writer, @sealed); break;
            case QualityRuleSet rules: AttestationLayout.Write(writer, rules); break;
            case Attestation attestation: AttestationLayout.Write(writer, attestation); break;
            case StatementIssue statement: MoneyLayout.Write(writer, statement); break;
            case Allocation allocation: MoneyLayout.Write(writer, allocation); break;
            case PaymentAcknowledgement acknowledgement: MoneyLayout.Write(writer, acknowledgement); break;
            default: throw new ArgumentException($"No layout for {record.GetType().Name}.", nameof(record));
        }
    }

    internal static MarketRecord ReadBody(ref CanonicalReader reader, RecordKind kind) => kind switch
    {
        RecordKind.DayAheadBid => TradeLayout.ReadDayAheadBid(ref reader),
        RecordKind.RealTimeBid => TradeLayout.ReadRealTimeBid(ref reader),
        RecordKind.DayAheadAward => TradeLayout.ReadDayAheadAward(ref reader),
        RecordKind.FifteenMinuteAward => TradeLayout.ReadFifteenMinuteAward(ref reader),
        RecordKind.DispatchInstruction => TradeLayout.ReadDispatchInstruction(ref reader),
        RecordKind.ControlCommand => ControlLayout.Read(ref reader),
        RecordKind.Telemetry => TelemetryLayout.Read(ref reader),
        RecordKind.ReserveActivation => TradeLayout.ReadReserveActivation(ref reader),
        RecordKind.ParticipantRegistration => RegistrationLayout.ReadParticipantRegistration(ref reader),
        RecordKind.ResourceRegistration => RegistrationLayout.ReadResourceRegistration(ref reader),
        RecordKind.Correction => CommitmentLayout.ReadCorrection(ref reader),
        RecordKind.TelemetryBatch => CommitmentLayout.ReadTelemetryBatch(ref reader),
        RecordKind.RecordCommitment => CommitmentLayout.ReadRecordCommitment(ref reader),
        RecordKind.SealedRecord => CommitmentLayout.ReadSealedRecord(ref reader),
        RecordKind.QualityRuleSet => AttestationLayout.ReadQualityRuleSet(ref reader),
        RecordKind.Attestation => AttestationLayout.ReadAttestation(ref reader),
        RecordKind.StatementIssue => MoneyLayout.ReadStatementIssue(ref reader),
        RecordKind.Allocation => MoneyLayout.ReadAllocation(ref reader),
        RecordKind.PaymentAcknowledgement => MoneyLayout.ReadPaymentAcknowledgement(ref reader),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No layout for this kind."),
    };
}
