using CsCheck;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

/// <summary>C and E1: reserve that was paid and not there, by docs/spec/market.md, 2.6.</summary>
public sealed class ReserveChargeTests
{
    // 150 kW at 10.4 dollars.
    private static readonly SettlementInterval Paid = GoldenHour.Intervals[6];

    [Fact]
    public void The_golden_event_is_charged_the_golden_amount()
    {
        // 31.65 kW over half an hour at 10 dollars.
        IEnumerable<SettlementInterval> intervals = Enumerable.Range(0, 6).Select(static t =>
            GoldenHour.Intervals[0] with { Interval = GoldenHour.At(t), UndeliveredWattSeconds = 31_650 * 300 });

        DayTotals totals = DayTotals.Of(intervals);

        Assert.Equal(-0.15825m, totals.EventCharge);
        Assert.Equal(0m, totals.NoPay);
    }

    [Theory]
    [InlineData(6_000, 5_000, SettlementLine.NoPay, -6_000)]
    [InlineData(6_000, 6_000, SettlementLine.NoPay, -6_000)]
    [InlineData(6_000, 7_000, SettlementLine.EventCharge, -7_000)]
    [InlineData(0, 7_000, SettlementLine.EventCharge, -7_000)]
    [InlineData(900_000, 0, SettlementLine.NoPay, -150_000)]
    [InlineData(0, 900_000, SettlementLine.EventCharge, -150_000)]
    public void The_larger_of_unavailable_and_undelivered_stands_alone(long shortW, long undeliveredW, SettlementLine line, long watts)
    {
        StatementLine charge = Assert.Single(Charges(Paid with { ShortW = shortW, UndeliveredWattSeconds = undeliveredW * 300 }, new SettlementOptions()));

        Assert.Equal((line, watts * 300), (charge.Line, charge.QuantityWattSeconds));
        Assert.Equal(SettlementAmount.Of(watts * 300, 10_400_000), charge.Amount);
    }

    [Theory]
    [InlineData(500_000, SettlementLine.NoPay, -30_000L * 300 * 10_400_000)]
    [InlineData(2_000_000, SettlementLine.EventCharge, -80_000L * 300 * 10_400_000)]
    [InlineData(10_000_000, SettlementLine.EventCharge, -150_000L * 300 * 10_400_000)]
    public void The_penalty_factor_multiplies_what_is_undelivered_up_to_what_was_paid(int factorPpm, SettlementLine line, long units)
    {
        var options = new SettlementOptions { PenaltyFactorPpm = factorPpm };

        StatementLine charge = Assert.Single(Charges(Paid with { ShortW = 30_000, UndeliveredWattSeconds = 40_000 * 300 }, options));

        Assert.Equal((line, units), (charge.Line, (long)charge.Amount.Units));
    }

    [Fact]
    public void A_part_of_an_interval_is_charged_for_its_seconds()
    {
        // An activation that ends 90 s into the interval and misses 100 kW.
        StatementLine charge = Assert.Single(Charges(Paid with { ShortW = 0, UndeliveredWattSeconds = 100_000 * 90 }, new SettlementOptions()));

        Assert.Equal(SettlementAmount.Of(-100_000 * 90, 10_400_000), charge.Amount);
    }

    [Fact]
    public void Without_award_or_payment_nothing_is_taken_back()
    {
        SettlementInterval missing = Paid with { ShortW = 50_000, UndeliveredWattSeconds = 50_000 * 300 };
        AwardRow none = GoldenHour.DayAhead with { SpinAwardW = 0 };

        Assert.Empty(Charges(missing with { DayAhead = none, FifteenMinute = none }, new SettlementOptions()));
        Assert.Empty(Charges(missing with { DayAhead = null, FifteenMinute = null }, new SettlementOptions()));
        Assert.Empty(Charges(
            missing with { DayAhead = GoldenHour.DayAhead with { SpinPriceMicroUsdPerMWh = 0 }, FifteenMinute = null }, new SettlementOptions()));
    }

    [Fact]
    public void No_more_is_taken_back_than_the_interval_was_paid_and_only_once() =>
        Gen.Select(SettlementGen.Interval, Gen.Int[0, 10_000_000], Gen.Bool).Sample(static (interval, factorPpm, isTotal) =>
        {
            var options = new SettlementOptions { PenaltyFactorPpm = factorPpm, Awards = isTotal ? AwardSemantics.Total : AwardSemantics.Incremental };
            SettlementAmount paid = SettlementAmount.Sum(SettlementLines.Of(interval, options)
                .Where(static line => line.Line is SettlementLine.DayAheadSpin or SettlementLine.FifteenMinuteSpin)
                .Select(static line => line.Amount));
            StatementLine[] charges = [.. Charges(interval, options)];

            Assert.True(charges.Length <= 1);
            Assert.All(charges, charge => Assert.InRange(charge.Amount.Units, -Int128.Max(0, paid.Units), Int128.Zero));
        });

    private static IEnumerable<StatementLine> Charges(SettlementInterval interval, SettlementOptions options) =>
        SettlementLines.Of(interval, options).Where(static line => line.Line is SettlementLine.NoPay or SettlementLine.EventCharge);
}
