using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Cli.Statement;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.EndToEnd.Tests.Statement;

/// <summary>A statement of a few intervals, by both versions, with its division among two prosumers.</summary>
internal static class SampleStatement
{
    public static readonly TradingDay Day = new(new DateOnly(2021, 7, 15), "America/Los_Angeles");

    public static readonly Hash256 Award = Keccak256.Hash([1]);

    private static readonly AwardRow DayAhead = new(default, 80_000_000, -300_000, 10_000_000, 120_000);

    private static readonly StatementSubject Subject = new(
        new AggregationId("AGG_1"), new MarketInterval(Day.StartUnixSeconds, (int)(Day.EndUnixSeconds - Day.StartUnixSeconds)), 1, null);

    public static StatementDocument Document()
    {
        var first = new SettlementStatement(Subject, Lines(shortW: 120_000));
        var second = new SettlementStatement(Subject with { Version = 2, Supersedes = Keccak256.Hash([2]) }, Lines(shortW: 30_000));
        ProsumerContribution[] prosumers =
        [
            new(Address.Parse("0x00000000000000000000000000000000000000b1"), new ParticipantId("dp_1"), 3_600_000_000, 40_000, 12_345, 0, SettlementAmount.FromUsd(1.5m)),
            new(Address.Parse("0x00000000000000000000000000000000000000b2"), new ParticipantId("dp_2"), 3_600_000_000, 40_000, 40_000, 0, SettlementAmount.Zero),
        ];
        return new StatementDocument(second, Day, new ParticipantId("ISO"), new ParticipantId("AGG"))
        {
            Allocation = StatementAllocation.Of(second, prosumers, AllocationRule.VerifiedContribution, new SettlementOptions { FeePpm = 100_000 }),
            Earlier = first,
        };
    }

    // The hours ending at 18 and 19 as one long interval each.
    private static IEnumerable<StatementLine> Lines(long shortW) => Day.Hours.Skip(17).Take(2).SelectMany((hour, index) => SettlementLines.Of(
        new SettlementInterval(hour, DayAhead, null, null, 0, index == 0 ? shortW : 0) { Evidence = new SettlementEvidence(Award, null, null, null) },
        new SettlementOptions()));
}
