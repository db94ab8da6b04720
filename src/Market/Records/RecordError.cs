namespace DerChain.Market.Records;

/// <summary>Rule that a payload or a record broke. Codes below 100 are of the encoding (docs/spec/record-codec.md), codes from 100 of the record.
/// The values never change.</summary>
public enum RecordErrorCode
{
    /// <summary>The payload is longer than <c>RecordCodec.MaxPayloadLength</c>.</summary>
    PayloadTooLong = 1,

    /// <summary>The payload's length is not a positive multiple of 32 bytes.</summary>
    PayloadNotInWords = 2,

    /// <summary>The first word does not begin with the bytes <c>DERC</c>.</summary>
    MagicMissing = 3,

    /// <summary>The format version is not one this library reads.</summary>
    VersionUnknown = 4,

    /// <summary>The record kind is not a member of <see cref="RecordKind"/>.</summary>
    KindUnknown = 5,

    /// <summary>A reserved byte of the first word is not zero.</summary>
    ReservedByteNotZero = 6,

    /// <summary>The body length of the first word does not give the payload's number of words.</summary>
    BodyLengthWrong = 7,

    /// <summary>A byte after the body is not zero.</summary>
    PaddingNotZero = 8,

    /// <summary>The body is not the canonical MessagePack form of the record kind: wrong type, wrong number of fields, an integer that is not in its
    /// shortest form or does not fit its field, a name outside the rule of <see cref="Quantities.Identifier"/>, or an end inside a value.</summary>
    BodyNotCanonical = 9,

    /// <summary>The body goes on after the record.</summary>
    BodyTooLong = 10,

    /// <summary>The row count of the first word is not the number of rows of the body.</summary>
    RowCountWrong = 11,

    /// <summary>A record has 1 to <see cref="RecordRules.MaxRows"/> rows.</summary>
    RowCountOutOfRange = 100,

    /// <summary>Rows do not ascend strictly in the record's order (docs/spec/market.md, 1.2 to 1.5), or two rows have the same key.</summary>
    RowsNotInOrder = 101,

    /// <summary>An interval's start or duration is out of range (<see cref="Quantities.MarketInterval"/>).</summary>
    IntervalOutOfRange = 102,

    /// <summary>An interval does not have the length of its market: an hour, fifteen minutes or five minutes.</summary>
    IntervalLengthWrong = 103,

    /// <summary>A number is outside the range its field documents.</summary>
    ValueOutOfRange = 104,

    /// <summary>A lower limit is not below its upper limit.</summary>
    LimitsInverted = 105,

    /// <summary>The mode of a command disagrees with the sign of its power: charge ≤ 0, discharge ≥ 0, idle = 0 (docs/spec/market.md, 1.4).</summary>
    ModeDisagreesWithPower = 106,

    /// <summary>A value is not a member of its enumeration.</summary>
    EnumerationUnknown = 107,

    /// <summary>A row or a name is absent.</summary>
    ValueMissing = 108,

    /// <summary>An activation id is present if and only if the reason of a command is the activation of reserve (docs/spec/market.md, 1.4).</summary>
    ActivationDisagreesWithReason = 109,

    /// <summary>A field that must be null in this record is not, or the other way round.</summary>
    ValueNotAllowed = 110,
}

/// <summary>Why a payload or a record is refused.</summary>
/// <param name="Code">The rule it broke.</param>
/// <param name="Message">One sentence that names the row (from 0), the field and the value.</param>
public sealed record RecordError(RecordErrorCode Code, string Message);
