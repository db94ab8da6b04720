using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>What all rows of a message share: each row of a file repeats it.</summary>
/// <param name="Kind">Kind of the record.</param>
/// <param name="Sent">When, by whom and to whom.</param>
internal abstract record MessageHead(RecordKind Kind, Sending Sent)
{
    /// <summary>Place among the messages of an instant (docs/record-files.md, "Order").</summary>
    public abstract int Rank { get; }

    /// <summary>What tells the messages apart that have the same instant, rank, sender and receiver.</summary>
    public abstract (ulong Number, string Name) Distinction { get; }

    /// <summary>The record with some rows.</summary>
    public abstract MarketRecord With(ReadOnlySpan<object> rows);

    /// <summary>The head of a message.</summary>
    public static MessageHead Of(ScenarioMessage message)
    {
        var sent = new Sending(message.RecordedAtUnixSeconds, message.Sender, message.Receiver);
        return message.Record switch
        {
            DayAheadBid bid => new TradeHead(bid.Kind, sent, bid.Aggregation),
            RealTimeBid bid => new TradeHead(bid.Kind, sent, bid.Aggregation),
            DayAheadAward award => new TradeHead(award.Kind, sent, award.Aggregation),
            FifteenMinuteAward award => new TradeHead(award.Kind, sent, award.Aggregation),
            DispatchInstruction dispatch => new TradeHead(dispatch.Kind, sent, dispatch.Aggregation),
            ReserveActivation call => new ActivationHead(sent, call.Aggregation, call.Activation, call.Period, call.RequestedW),
            ControlCommand command => new ControlHead(sent, command.Validity, command.Reason, command.Activation),
            Telemetry report => new TelemetryHead(sent, report.Interval, report.Sequence, report.DeviceTimeUnixSeconds, report.Quality),
            _ => throw new ArgumentException($"{message.Record.Kind} has no file.", nameof(message)),
        };
    }

    protected static ImmutableArray<T> Typed<T>(ReadOnlySpan<object> rows)
    {
        var typed = ImmutableArray.CreateBuilder<T>(rows.Length);
        foreach (object row in rows) typed.Add((T)row);
        return typed.MoveToImmutable();
    }
}

/// <summary>When a message is sent, and between whom.</summary>
internal sealed record Sending(long RecordedAtUnixSeconds, ParticipantId Sender, ParticipantId Receiver);

/// <summary>Head of a bid, an award or a dispatch.</summary>
internal sealed record TradeHead(RecordKind Kind, Sending Sent, AggregationId Aggregation) : MessageHead(Kind, Sent)
{
    public override int Rank => Kind switch
    {
        RecordKind.DayAheadBid => 1,
        RecordKind.DayAheadAward => 2,
        RecordKind.RealTimeBid => 3,
        RecordKind.FifteenMinuteAward => 4,
        _ => 5,
    };

    public override (ulong Number, string Name) Distinction => (0, Aggregation.Value);

    public override MarketRecord With(ReadOnlySpan<object> rows) => Kind switch
    {
        RecordKind.DayAheadBid => new DayAheadBid(Aggregation, Typed<BidBlock>(rows)),
        RecordKind.DayAheadAward => new DayAheadAward(Aggregation, Typed<AwardRow>(rows)),
        RecordKind.RealTimeBid => new RealTimeBid(Aggregation, Typed<BidBlock>(rows)),
        RecordKind.FifteenMinuteAward => new FifteenMinuteAward(Aggregation, Typed<AwardRow>(rows)),
        _ => new DispatchInstruction(Aggregation, Typed<DispatchRow>(rows)),
    };
}

/// <summary>Head of a call for reserve, which has nothing else.</summary>
internal sealed record ActivationHead(
    Sending Sent, AggregationId Aggregation, ActivationId Activation, MarketInterval Period, long RequestedW)
    : MessageHead(RecordKind.ReserveActivation, Sent)
{
    public override int Rank => 7;

    public override (ulong Number, string Name) Distinction => (0, Activation.Value);

    public override MarketRecord With(ReadOnlySpan<object> rows) => new ReserveActivation(Aggregation, Activation, Period, RequestedW);
}

/// <summary>Head of the commands to a prosumer.</summary>
internal sealed record ControlHead(Sending Sent, MarketInterval Validity, ControlReason Reason, ActivationId? Activation)
    : MessageHead(RecordKind.ControlCommand, Sent)
{
    public override int Rank => Reason == ControlReason.ReserveActivation ? 8 : 6;

    public override (ulong Number, string Name) Distinction => ((ulong)Reason, "");

    public override MarketRecord With(ReadOnlySpan<object> rows) =>
        new ControlCommand(Validity, Reason, Activation, Typed<ControlRow>(rows));
}

/// <summary>Head of the readings of a prosumer.</summary>
internal sealed record TelemetryHead(
    Sending Sent, MarketInterval Interval, ulong Sequence, long DeviceTimeUnixSeconds, TelemetryQuality Quality)
    : MessageHead(RecordKind.Telemetry, Sent)
{
    public override int Rank => 0;

    public override (ulong Number, string Name) Distinction => (Sequence, "");

    public override MarketRecord With(ReadOnlySpan<object> rows) =>
        new Telemetry(Interval, Sequence, DeviceTimeUnixSeconds, Quality, Typed<TelemetryRow>(rows));
}
