using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>A day of the case study as it stands on a chain of one block a second, with its registry.</summary>
internal sealed class JudgedDay
{
    private JudgedDay(MarketDay day, Dictionary<ParticipantId, Address> accounts)
    {
        Day = day.Day;
        Aggregator = accounts[day.Aggregator];
        Registry = Register(day, accounts);
        Entries = [.. day.Messages.Select((message, index) => new LedgerEntry(
            message.Record,
            accounts[message.Sender],
            accounts[message.Receiver],
            new RecordLocation((ulong)index + 1, default, message.RecordedAtUnixSeconds, 0, default)))];
    }

    public TradingDay Day { get; }

    public Address Aggregator { get; }

    public Registry Registry { get; }

    public ImmutableArray<LedgerEntry> Entries { get; }

    /// <summary>The trading day as one period.</summary>
    public MarketInterval Period => new(Day.StartUnixSeconds, (int)(Day.Hours[^1].EndUnixSeconds - Day.StartUnixSeconds));

    public static JudgedDay Of(CaseStudyOptions options)
    {
        MarketDay day = CaseStudy.Create(options);
        return new JudgedDay(day, day.Participants.Select((participant, index) => (participant.Id, index))
            .ToDictionary(static pair => pair.Id, static pair => AccountOf(pair.index)));
    }

    private static Registry Register(MarketDay day, Dictionary<ParticipantId, Address> accounts)
    {
        Address iso = accounts[day.SystemOperator];
        var rule = new MarketRule(iso);
        MarketRecord[] registrations =
        [
            new ParticipantRegistration(
            [
                .. day.Participants.Where(static participant => participant.Role != ParticipantRole.SystemOperator)
                    .Select(participant => new ParticipantRow(
                        accounts[participant.Id], participant.Id, participant.Role, participant.Aggregator is { } id ? accounts[id] : null))
                    .OrderBy(static row => row.Account),
            ]),
            new ResourceRegistration(
            [
                .. day.Resources.Select(resource => new ResourceRow(resource.Id, resource.Kind, accounts[resource.Owner], resource.NameplateW))
                    .OrderBy(static row => row.Resource),
            ]),
        ];
        return (Registry)registrations.Aggregate(
            rule.InitialState,
            (TransactionRuleState state, MarketRecord record) => rule.Apply(state, 0, iso, iso, RecordCodec.Encode(record)).Next!);
    }

    private static Address AccountOf(int index)
    {
        var bytes = new byte[Address.Length];
        (bytes[^2], bytes[^1]) = ((byte)((index + 1) >> 8), (byte)(index + 1));
        return Address.FromBytes(bytes);
    }
}
