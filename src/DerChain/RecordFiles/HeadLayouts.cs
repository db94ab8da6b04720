using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>The columns that all rows of a message repeat.</summary>
internal static class HeadLayouts
{
    public const string RecordedAt = "recorded_at_utc";
    public const string Sender = "sender";
    public const string Receiver = "receiver";

    private static readonly ImmutableArray<string> SendingColumns = [RecordedAt, Sender, Receiver];

    public static readonly CellLayout<MessageHead> Activation = CellLayout<MessageHead>.Of(
        [.. SendingColumns, "aggregation", "activation", "period_start_utc", "period_seconds", "requested_w"],
        static row => new ActivationHead(ReadSending(row), row.Aggregation(), ReadActivation(row), ReadInterval(row), row.Whole<long>()),
        static (text, head) => WriteInterval(Write(text, head.Sent).Add(head.Aggregation.Value).Add(head.Activation.Value), head.Period)
            .Add<long>(head.RequestedW));

    public static readonly CellLayout<MessageHead> Control = CellLayout<MessageHead>.Of(
        [.. SendingColumns, "validity_start_utc", "validity_seconds", "reason", "activation"],
        static row => new ControlHead(ReadSending(row), ReadInterval(row), row.Word(FileWords.Reason), ReadOptionalActivation(row)),
        static (text, head) => WriteInterval(Write(text, head.Sent), head.Validity)
            .Add(FileWords.Reason.Of(head.Reason)).Add(head.Activation?.Value));

    public static readonly CellLayout<MessageHead> Telemetry = CellLayout<MessageHead>.Of(
        [.. SendingColumns, "interval_start_utc", "interval_seconds", "sequence", "device_time_utc", "quality"],
        static row => new TelemetryHead(
            ReadSending(row), ReadInterval(row), row.Whole<ulong>(), row.Instant(), row.Word(FileWords.Quality)),
        static (text, head) => WriteInterval(Write(text, head.Sent), head.Interval)
            .Add<ulong>(head.Sequence).AddInstant(head.DeviceTimeUnixSeconds).Add(FileWords.Quality.Of(head.Quality)));

    /// <summary>Head of bids, awards and dispatch.</summary>
    public static CellLayout<MessageHead> Trade(RecordKind kind) => CellLayout<MessageHead>.Of(
        [.. SendingColumns, "aggregation"],
        row => new TradeHead(kind, ReadSending(row), row.Aggregation()),
        static (RowText text, TradeHead head) => Write(text, head.Sent).Add(head.Aggregation.Value));

    private static Sending ReadSending(CsvReader row) => new(row.Instant(), row.Participant(), row.Participant());

    private static RowText Write(RowText text, Sending sent) =>
        text.AddInstant(sent.RecordedAtUnixSeconds).Add(sent.Sender.Value).Add(sent.Receiver.Value);

    private static MarketInterval ReadInterval(CsvReader row) => new(row.Instant(), row.Whole<int>());

    private static RowText WriteInterval(RowText text, MarketInterval interval) =>
        text.AddInstant(interval.StartUnixSeconds).Add<int>(interval.DurationSeconds);

    private static ActivationId ReadActivation(CsvReader row) => row.Name() is { } name ? new ActivationId(name) : default;

    private static ActivationId? ReadOptionalActivation(CsvReader row) => row.OptionalName() is { } name ? new ActivationId(name) : null;
}
