using System.Globalization;
using System.Numerics;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The forms of all fields.</summary>
internal static class FieldForms
{
    private const string NotName = "a name: 1 to 40 characters of A-Z a-z 0-9 . _ : -";

    public static readonly FieldForm<long> Int64 = Whole<long>();

    public static readonly FieldForm<int> Int32 = Whole<int>();

    public static readonly FieldForm<uint> UInt32 = Whole<uint>();

    public static readonly FieldForm<ulong> UInt64 = Whole<ulong>();

    public static readonly FieldForm<byte> Byte = Whole<byte>();

    public static readonly FieldForm<bool> Boolean = new(static value => value ? "true" : "false", bool.TryParse, "true or false", IsQuoted: false);

    public static readonly FieldForm<Address> Address = new(
        static value => value.ToString(), DerChain.Chain.Primitives.Address.TryParse, "an address: 0x and 40 digits in lower case");

    public static readonly FieldForm<Hash256> Hash = new(static value => value.ToString(), Hash256.TryParse, "a hash: 0x and 64 digits in lower case");

    public static readonly FieldForm<FileHash> FileHash = new(
        static value => value.Value.ToString()[2..],
        static (ReadOnlySpan<char> text, out FileHash value) =>
        {
            bool isHash = Hash256.TryParse(text, out Hash256 hash);
            value = new FileHash(hash);
            return isHash;
        },
        "a SHA-256: 64 digits in lower case");

    public static readonly FieldForm<ReadOnlyMemory<byte>> Bytes = new(
        static value => Hex.Format(value.Span),
        static (ReadOnlySpan<char> text, out ReadOnlyMemory<byte> value) =>
        {
            bool isHex = Hex.TryParse(text, out byte[] bytes);
            value = bytes;
            return isHex;
        },
        "bytes: 0x and two digits in lower case for each");

    public static readonly FieldForm<ResourceId> Resource = Name(static text => new ResourceId(text), static value => value.Value);

    public static readonly FieldForm<ParticipantId> Participant = Name(static text => new ParticipantId(text), static value => value.Value);

    public static readonly FieldForm<AggregationId> Aggregation = Name(static text => new AggregationId(text), static value => value.Value);

    public static readonly FieldForm<ActivationId> Activation = Name(static text => new ActivationId(text), static value => value.Value);

    public static readonly FieldForm<RecordKind> RecordKind = Names<RecordKind>();

    public static readonly FieldForm<ResourceKind> ResourceKind = Names<ResourceKind>();

    public static readonly FieldForm<StorageMode> StorageMode = Names<StorageMode>();

    public static readonly FieldForm<ControlReason> ControlReason = Names<ControlReason>();

    public static readonly FieldForm<CorrectionReason> CorrectionReason = Names<CorrectionReason>();

    public static readonly FieldForm<ParticipantRole> ParticipantRole = Names<ParticipantRole>();

    public static readonly FieldForm<QualityParameter> QualityParameter = Names<QualityParameter>();

    public static readonly FieldForm<QualityCheck> QualityCheck = Names<QualityCheck>();

    public static readonly FieldForm<QualityVerdict> QualityVerdict = Names<QualityVerdict>();

    public static readonly FieldForm<QualityUnit> QualityUnit = Names<QualityUnit>();

    public static readonly FieldForm<SettlementLine> SettlementLine = Names<SettlementLine>();

    public static readonly FieldForm<TelemetryQuality> TelemetryQuality = Word(new Words<TelemetryQuality>(
        (Market.Records.TelemetryQuality.Good, "Good"),
        (Market.Records.TelemetryQuality.Estimated, "Estimated"),
        (Market.Records.TelemetryQuality.ClockUnsynchronised, "ClockUnsynchronised"),
        (Market.Records.TelemetryQuality.Estimated | Market.Records.TelemetryQuality.ClockUnsynchronised, "EstimatedAndClockUnsynchronised")));

    public static FieldForm<T> Word<T>(Words<T> words)
        where T : struct => new(words.Of, words.TryParse, $"one of {words}");

    private static FieldForm<T> Names<T>()
        where T : struct, Enum => Word(new Words<T>([.. Enum.GetValues<T>().Select(static value => (value, value.ToString()))]));

    private static FieldForm<T> Whole<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(
            static value => value.ToString(null, CultureInfo.InvariantCulture),
            static (ReadOnlySpan<char> text, out T value) => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {T.MinValue} to {T.MaxValue}"),
            IsQuoted: false);

    private static FieldForm<T> Name<T>(Func<string, T> make, Func<T, string> nameOf)
        where T : struct => new(
            nameOf,
            (ReadOnlySpan<char> text, out T value) =>
            {
                bool isName = Identifier.IsValid(text);
                value = isName ? make(text.ToString()) : default;
                return isName;
            },
            NotName);
}
