using System.Collections.Immutable;
using CsCheck;
using DerChain.Market.Quantities;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>What changes nothing: names, the order of records within five minutes, and the length of readings (docs/spec/market.md, 2).</summary>
public sealed class RelabellingTests
{
    private const int Cases = 1_000;

    [Fact]
    public void Other_names_change_nothing_but_names() => Gen.Select(MarketGen.Market, Gen.Int[1, 6]).Sample(static (market, turn) =>
    {
        (Naming before, Naming after) = (new(0), new(turn));
        Assert.Equal(DayValues.Of(new MarketRecords(market, before).Verify(), before), DayValues.Of(new MarketRecords(market, after).Verify(), after));
    }, iter: Cases);

    [Fact]
    public void The_order_of_records_within_five_minutes_changes_nothing() => Gen.Select(MarketGen.Market, Gen.ULong).Sample(static (market, seed) =>
    {
        var naming = new Naming(0);
        var records = new MarketRecords(market, naming);
        Assert.Equal(DayValues.Of(records.Verify(), naming), DayValues.Of(records.Verify(records.Reordered(new Dice(seed))), naming));
    }, iter: Cases);

    [Fact]
    public void A_reading_in_parts_of_the_same_values_changes_nothing() => Gen.Select(MarketGen.Market, Gen.ULong).Sample(static (given, seed) =>
    {
        var naming = new Naming(0);
        RandomMarket market = given.WithoutDepartures();
        RandomMarket split = market with { Reports = Split(market, new Dice(seed)) };
        Assert.Equal(DayValues.Of(new MarketRecords(market, naming).Verify(), naming), DayValues.Of(new MarketRecords(split, naming).Verify(), naming));
    }, iter: Cases);

    // In an activation readings by the minute are measured otherwise than those by five minutes, so that only the former are split there.
    private static ImmutableArray<Report> Split(RandomMarket market, Dice dice)
    {
        Dictionary<(int, MarketInterval), int[]> cuts = [];
        var split = ImmutableArray.CreateBuilder<Report>();
        foreach (Report report in market.Reports)
        {
            bool isWhole = market.IsUnderActivation(report.Interval) && report.Interval.DurationSeconds > 60;
            if (!cuts.TryGetValue((report.Site, report.Interval), out int[]? ends))
                cuts.Add((report.Site, report.Interval), ends = isWhole ? [report.Interval.DurationSeconds] : Ends(report.Interval.DurationSeconds, dice));
            int start = 0;
            foreach (int end in ends)
            {
                split.Add(report with { Interval = new(report.Interval.StartUnixSeconds + start, end - start) });
                start = end;
            }
        }
        return split.ToImmutable();
    }

    private static int[] Ends(int seconds, Dice dice) => dice.OneOf(0, 1, 2) switch
    {
        0 => [seconds],
        1 => [.. Enumerable.Range(1, (seconds + 59) / 60).Select(minute => Math.Min(seconds, minute * 60))],
        _ => [.. Enumerable.Range(1, seconds / 5).Select(static slot => slot * 5).Where(end => end == seconds || dice.Percent(20))],
    };
}
