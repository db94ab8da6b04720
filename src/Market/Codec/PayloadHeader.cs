using System.Buffers.Binary;
using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>The first word of a payload: magic, format version, record kind, two zero bytes, row count and body length (both big-endian), zeros.</summary>
internal readonly record struct PayloadHeader(RecordKind Kind, uint RowCount, uint BodyLength)
{
    private const int VersionOffset = 4;
    private const int KindOffset = 5;
    private const int FirstReservedOffset = 6;
    private const int RowCountOffset = 8;
    private const int BodyLengthOffset = 12;
    private const int SecondReservedOffset = 16;

    private static ReadOnlySpan<byte> Magic => "DERC"u8;

    public void Write(Span<byte> word)
    {
        word[..RecordCodec.WordLength].Clear();
        Magic.CopyTo(word);
        word[VersionOffset] = RecordCodec.FormatVersion;
        word[KindOffset] = (byte)Kind;
        BinaryPrimitives.WriteUInt32BigEndian(word[RowCountOffset..], RowCount);
        BinaryPrimitives.WriteUInt32BigEndian(word[BodyLengthOffset..], BodyLength);
    }

    /// <summary>Reads the first word; null gives the header, anything else what is wrong with it.</summary>
    public static RecordError? Read(ReadOnlySpan<byte> word, out PayloadHeader header)
    {
        header = default;
        if (!word.StartsWith(Magic)) return new(RecordErrorCode.MagicMissing, "The payload does not begin with the bytes DERC.");
        if (word[VersionOffset] != RecordCodec.FormatVersion)
            return new(RecordErrorCode.VersionUnknown, $"Format version {word[VersionOffset]} is not {RecordCodec.FormatVersion}.");
        var kind = (RecordKind)word[KindOffset];
        if (kind is < RecordKind.DayAheadBid or > RecordKind.PaymentAcknowledgement)
            return new(RecordErrorCode.KindUnknown, $"Record kind {word[KindOffset]} is unknown.");
        if (word[FirstReservedOffset..RowCountOffset].ContainsAnyExcept((byte)0)
            || word[SecondReservedOffset..RecordCodec.WordLength].ContainsAnyExcept((byte)0))
            return new(RecordErrorCode.ReservedByteNotZero, "A reserved byte of the first word is not zero.");
        header = new PayloadHeader(
            kind,
            BinaryPrimitives.ReadUInt32BigEndian(word[RowCountOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(word[BodyLengthOffset..]));
        return null;
    }
}
