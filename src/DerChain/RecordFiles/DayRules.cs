using System.Globalization;
using DerChain.Chain.Crypto;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Whether the ledger of a day will take its messages: the rules of records, of times and, in a dry run, of the market.</summary>
/// <remarks>Each verdict is null, or a sentence that begins with the name of a field where one is at fault.</remarks>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class DayRules
{
    private const int DaySeconds = 86_400;

    // What a transaction has besides its payload: fees, nonce, receiver, signature and their lengths.
    private const int EnvelopeBytes = 256;

    private static readonly int MostPayloadBytes = new PoolOptions().MaxTransactionBytes - EnvelopeBytes;

    private readonly MarketDay _day;
    private readonly Dictionary<ParticipantId, Address> _accounts;
    private readonly MarketRule _rule;
    private readonly long _earliest;
    private readonly long _latest;
    private TransactionRuleState _registry;

    /// <summary>Registers everyone, as the recording of the day does.</summary>
    /// <param name="day">The day; its messages are not looked at.</param>
    /// <param name="seed">Seed from which the accounts follow.</param>
    public DayRules(MarketDay day, ulong seed)
    {
        _day = day;
        _accounts = day.Participants.ToDictionary(static participant => participant.Id, participant => AccountOf(participant.Id, seed));
        Address systemOperator = _accounts[day.SystemOperator];
        _rule = new MarketRule(systemOperator);
        _registry = _rule.InitialState;
        int registrations = 0;
        foreach (MarketRecord record in DayRegistrations.Of(day, participant => _accounts[participant]))
        {
            registrations++;
            RegistrationError ??= CheckRecord(record) ?? Apply(record, 0, systemOperator, systemOperator);
        }

        _earliest = day.Day.InstantAt(day.Day.Date.AddDays(-1), MarketDayRun.RegistrationTime) + registrations;
        _latest = Math.Min(day.Day.EndUnixSeconds + DaySeconds, MarketInterval.LatestUnixSeconds);
    }

    /// <summary>Why the market refuses the participants and devices; null where it does not.</summary>
    public string? RegistrationError { get; }

    /// <summary>Why the ledger would not take a message; null where it will.</summary>
    public string? Check(ScenarioMessage message) =>
        CheckRecord(message.Record)
        ?? CheckTimes(message)
        ?? CheckParticipant("Sender", message.Sender)
        ?? CheckParticipant("Receiver", message.Receiver)
        ?? Apply(message.Record, message.RecordedAtUnixSeconds, _accounts[message.Sender], _accounts[message.Receiver]);

    private static Address AccountOf(ParticipantId participant, ulong seed)
    {
        using PrivateKey key = ScenarioKeys.Derive(seed, participant.Value);
        return key.Address;
    }

    private static string? CheckRecord(MarketRecord record) => RecordRules.Check(record)?.Message;

    private string? CheckTimes(ScenarioMessage message)
    {
        if (message.RecordedAtUnixSeconds < _earliest || message.RecordedAtUnixSeconds > _latest)
            return $"RecordedAt {Instant(message.RecordedAtUnixSeconds)} is not between {Instant(_earliest)}, when everyone is registered, "
                + $"and {Instant(_latest)}.";
        foreach ((string field, MarketInterval interval) in IntervalsOf(message.Record))
            if (!_day.Day.Contains(interval.StartUnixSeconds))
                return $"{field} starts at {Instant(interval.StartUnixSeconds)}, which is not in the trading day.";
        return null;
    }

    private static IEnumerable<(string Field, MarketInterval Interval)> IntervalsOf(MarketRecord record) => record switch
    {
        DayAheadBid bid => bid.Rows.Select(static row => ("Interval", row.Interval)),
        RealTimeBid bid => bid.Rows.Select(static row => ("Interval", row.Interval)),
        DayAheadAward award => award.Rows.Select(static row => ("Interval", row.Interval)),
        FifteenMinuteAward award => award.Rows.Select(static row => ("Interval", row.Interval)),
        DispatchInstruction dispatch => dispatch.Rows.Select(static row => ("Interval", row.Interval)),
        ReserveActivation call => [("Period", call.Period)],
        ControlCommand command => [("Validity", command.Validity)],
        Telemetry report => [("Interval", report.Interval)],
        _ => [],
    };

    private string? CheckParticipant(string field, ParticipantId participant) =>
        _accounts.ContainsKey(participant) ? null : $"{field} {participant} is not a participant of the day.";

    private string? Apply(MarketRecord record, long recordedAtUnixSeconds, Address sender, Address receiver)
    {
        if (EncodedOrNull(record) is not { } payload || payload.Length > MostPayloadBytes)
            return $"A record of {record.RowCount} rows does not fit into a transaction of {MostPayloadBytes} bytes of payload.";
        TransactionRuleResult result = _rule.Apply(_registry, (ulong)recordedAtUnixSeconds, sender, receiver, payload);
        _registry = result.Next ?? _registry;
        return result.Violation;
    }

    // The rules of the record hold, so that all the codec can find is that the payload is longer than it makes any.
    private static byte[]? EncodedOrNull(MarketRecord record)
    {
        try
        {
            return RecordCodec.Encode(record);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Instant(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString(Cells.InstantFormat, CultureInfo.InvariantCulture);
}
