using CsCheck;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

/// <summary>E2 by docs/spec/market.md, 2.6.</summary>
public sealed class RetroactiveChargeTests
{
    private const long Day = 86_400;
    private static readonly MarketInterval Event = new(40 * Day, 1_800);
    private static readonly SettlementOptions Options = new();

    [Fact]
    public void The_shortfall_is_forfeited_in_every_interval_since_the_event_before()
    {
        // 31.65 kW for the hour before, at 10 dollars; of an award of 20 kW no more than that.
        StatementLine? charge = RetroactiveCharge.Of(
            new EventShortfall(Event, 31_650, Event.StartUnixSeconds - 3_600, null), [.. Hour(120_000, 10), .. Hour(20_000, 8, hoursBefore: 2)], Options);
        StatementLine? both = RetroactiveCharge.Of(
            new EventShortfall(Event, 31_650, null, null), [.. Hour(120_000, 10), .. Hour(20_000, 8, hoursBefore: 2)], Options);

        Assert.Equal((SettlementLine.RetroactiveCharge, Event, -31_650L * 3_600), (charge!.Line, charge.Interval, charge.QuantityWattSeconds));
        Assert.Equal(-0.3165m, charge.Amount.Usd);
        Assert.Equal(-0.3165m - 0.16m, both!.Amount.Usd);
    }

    [Fact]
    public void The_look_back_ends_after_twenty_days()
    {
        long start = Event.StartUnixSeconds - 20 * Day;
        EarlierInterval[] earlier =
        [
            EarlierInterval.At(new MarketInterval(start - 300, 300), 100_000, 10_000_000), EarlierInterval.At(new MarketInterval(start, 300), 100_000, 10_000_000),
        ];

        Assert.Equal(-50_000 * 300, RetroactiveCharge.Of(new EventShortfall(Event, 50_000, null, null), earlier, Options)!.QuantityWattSeconds);
        Assert.Equal(-50_000 * 600, RetroactiveCharge.Of(new EventShortfall(Event, 50_000, null, null), earlier, Options with { LookBackDays = 21 })!.QuantityWattSeconds);
        Assert.Null(RetroactiveCharge.Of(new EventShortfall(Event, 50_000, null, null), earlier, Options with { LookBackDays = 0 }));
    }

    [Fact]
    public void An_event_under_ten_minutes_forfeits_nothing()
    {
        Assert.Null(RetroactiveCharge.Of(new EventShortfall(Event with { DurationSeconds = 599 }, 50_000, null, null), Hour(120_000, 10), Options));
        Assert.NotNull(RetroactiveCharge.Of(new EventShortfall(Event with { DurationSeconds = 600 }, 50_000, null, null), Hour(120_000, 10), Options));
        Assert.Null(RetroactiveCharge.Of(new EventShortfall(Event, 0, null, null), Hour(120_000, 10), Options));
    }

    [Fact]
    public void Intervals_of_the_event_and_after_it_are_not_earlier() =>
        Assert.Null(RetroactiveCharge.Of(
            new EventShortfall(Event, 50_000, null, null),
            [
                EarlierInterval.At(new MarketInterval(Event.StartUnixSeconds - 120, 300), 100_000, 10_000_000),
                EarlierInterval.At(new MarketInterval(Event.EndUnixSeconds, 300), 100_000, 10_000_000),
            ],
            Options));

    [Fact]
    public void What_was_taken_back_already_is_not_taken_back_again()
    {
        // The golden hour lost 5, 10, 6, 30 and 24 kW already. A shortfall of 10 kW adds to the first and the third of them.
        SettlementInterval[] hour = [.. GoldenHour.Intervals.Select(static interval => interval with
        {
            Interval = new MarketInterval(Event.StartUnixSeconds - 3_600 + interval.Interval.StartUnixSeconds, 300),
        })];
        IEnumerable<EarlierInterval> earlier = hour.Select(static interval => EarlierInterval.Of(interval, Options));

        StatementLine charge = RetroactiveCharge.Of(new EventShortfall(Event, 10_000, null, null), earlier, Options)!;

        // Ten kilowatts at 10 dollars in five intervals, 5 in one; at 10.4 dollars in two, 4 in one.
        decimal expected = (10 * 10 * 5 + 5 * 10 + 10 * 10.4m * 2 + 4 * 10.4m) / 1000 / 12;
        Assert.Equal(-Math.Round(expected, 12), Math.Round(charge.Amount.Usd, 12));
    }

    [Fact]
    public void Nothing_is_taken_back_twice_and_no_more_than_was_paid() =>
        Gen.Select(SettlementGen.Interval.Array[1, 8], Gen.Long[0, 1_200_000], Gen.Bool).Sample(static (generated, shortfallW, reversed) =>
        {
            EarlierInterval[] earlier =
            [
                .. generated.Select(static (interval, index) => EarlierInterval.Of(
                    interval with { Interval = new MarketInterval(Event.StartUnixSeconds - 300 * (index + 1), 300) }, Options)),
            ];
            SettlementAmount left = SettlementAmount.Sum(earlier.Select(static interval => interval.Payment - interval.TakenBack));

            var shortfall = new EventShortfall(Event, shortfallW, null, null);
            SettlementAmount first = RetroactiveCharge.Of(shortfall, earlier, Options)?.Amount ?? default;
            SettlementAmount again = RetroactiveCharge.Of(shortfall, reversed ? earlier.Reverse() : earlier, Options)?.Amount ?? default;

            Assert.InRange(first.Units, -left.Units, Int128.Zero);
            Assert.Equal(first, again);
        });

    [Fact]
    public void Intervals_that_overlap_are_misuse() =>
        Assert.Throws<ArgumentException>(static () =>
            RetroactiveCharge.Of(new EventShortfall(Event, 50_000, null, null), [.. Hour(120_000, 10), .. Hour(120_000, 10)], Options));

    private static IEnumerable<EarlierInterval> Hour(long watts, long dollars, int hoursBefore = 1) => Enumerable.Range(0, 12).Select(t =>
        EarlierInterval.At(new MarketInterval(Event.StartUnixSeconds - 3_600 * hoursBefore + 300 * t, 300), watts, dollars * 1_000_000));
}
