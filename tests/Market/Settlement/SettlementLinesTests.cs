using CsCheck;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

/// <summary>Lines by docs/spec/market.md, 2.6.</summary>
public sealed class SettlementLinesTests
{
    private static readonly SettlementOptions Options = new();

    [Theory]
    [InlineData(SettlementLine.DispatchedEnergy, new[] { 0, 0, -.0791667, 0, 0, -.1, 2.5, 2.5, .075, 0, 0, 0 })]
    [InlineData(SettlementLine.UninstructedEnergy, new[] { -.045, 0, -.0158333, 0, -.055, 0, -.625, -.25, 0, -.0041667, 0, .005 })]
    [InlineData(SettlementLine.NoPay, new[] { 0, 0, 0, -.0041667, -.0083333, 0, 0, -.0052, 0, -.025, -.02, 0 })]
    public void Each_interval_of_the_golden_hour_has_the_golden_amounts(SettlementLine line, double[] usd) =>
        Assert.Equal(usd.Select(static value => (decimal)value), Enumerable.Range(0, 12).Select(t => Rounded(line, t, t + 1)));

    [Theory]
    [InlineData(SettlementLine.FifteenMinuteEnergy, new[] { 0, -.5, -.475, -.025 })]
    [InlineData(SettlementLine.FifteenMinuteSpin, new[] { 0, 0, .09, 0 })]
    [InlineData(SettlementLine.DayAheadEnergy, new[] { -6.0, -6, -6, -6 })]
    [InlineData(SettlementLine.DayAheadSpin, new[] { .3, .3, .3, .3 })]
    public void Each_quarter_of_the_golden_hour_has_the_golden_amounts(SettlementLine line, double[] usd) =>
        Assert.Equal(usd.Select(static value => (decimal)value), Enumerable.Range(0, 4).Select(f => Rounded(line, 3 * f, 3 * f + 3)));

    [Fact]
    public void The_golden_hour_has_the_golden_energy_shortfall_and_prices()
    {
        Assert.Equal(-0.2901667m, Math.Round(GoldenHour.Intervals.Sum(static interval => interval.MeteredWattSeconds) / 3.6e9m, 7));
        Assert.Equal(6_250, GoldenHour.Intervals.Average(static interval => interval.ShortW));
        Assert.Equal(
            [10_000_000, 10_000_000, 10_400_000, 10_000_000, 10_000_000],
            GoldenHour.Lines.Where(static line => line.Line == SettlementLine.NoPay).Select(static line => line.PriceMicroUsdPerMWh));
    }

    [Fact]
    public void A_line_of_no_quantity_is_left_out() =>
        Assert.All(GoldenHour.Lines, static line => Assert.NotEqual(0, line.QuantityWattSeconds));

    [Fact]
    public void An_amount_is_quantity_times_price() => SettlementGen.Interval.Sample(static interval =>
    {
        foreach (StatementLine line in SettlementLines.Of(interval, Options))
        {
            Int128 product = (Int128)line.QuantityWattSeconds * line.PriceMicroUsdPerMWh;
            // The price of a charge is rounded to a micro-dollar.
            long tolerance = line.Line is SettlementLine.NoPay or SettlementLine.EventCharge ? Math.Abs(line.QuantityWattSeconds) : 0;
            Assert.InRange(line.Amount.Units, product - tolerance, product + tolerance);
        }
    });

    [Fact]
    public void With_equal_prices_energy_and_deployment_add_up_to_the_metered_energy() =>
        Gen.Select(SettlementGen.Interval, Gen.Long[-2_000_000_000, 2_000_000_000], Gen.Bool).Sample(static (interval, price, isIncluded) =>
        {
            var options = new SettlementOptions { Deployment = isIncluded ? DeploymentSemantics.IncludedInEnergy : DeploymentSemantics.OnTopOfEnergy };
            IEnumerable<StatementLine> energy = SettlementLines.Of(SettlementGen.AtPrice(interval, price), options)
                .Where(static line => line.Line is <= SettlementLine.UninstructedEnergy or SettlementLine.Deployment);

            Assert.Equal(
                SettlementAmount.Of(interval.MeteredWattSeconds, price),
                SettlementAmount.Sum(energy.Select(static line => line.Amount)));
        });

    [Fact]
    public void Deployed_reserve_that_is_part_of_the_dispatch_is_not_paid_again()
    {
        SettlementInterval interval = GoldenHour.Intervals[0] with { Dispatch = new DispatchRow(default, 90_000_000, -300_000, 95_000_000, 50_000) };

        StatementLine[] onTop = [.. SettlementLines.Of(interval, Options)];
        StatementLine[] included = [.. SettlementLines.Of(interval, Options with { Deployment = DeploymentSemantics.IncludedInEnergy })];

        Assert.Equal(50_000 * 300, Assert.Single(onTop, static line => line.Line == SettlementLine.Deployment).QuantityWattSeconds);
        Assert.Equal(-56_000 * 300, Assert.Single(onTop, static line => line.Line == SettlementLine.UninstructedEnergy).QuantityWattSeconds);
        Assert.DoesNotContain(included, static line => line.Line == SettlementLine.Deployment);
        Assert.Equal(-6_000 * 300, Assert.Single(included, static line => line.Line == SettlementLine.UninstructedEnergy).QuantityWattSeconds);
    }

    [Fact]
    public void A_total_award_is_paid_for_what_it_adds_and_charged_for_what_it_takes_away()
    {
        var total = new SettlementOptions { Awards = AwardSemantics.Total };
        SettlementInterval more = GoldenHour.Intervals[6] with { FifteenMinute = GoldenHour.FifteenMinute[2] with { SpinAwardW = 150_000 } };
        SettlementInterval less = GoldenHour.Intervals[6] with { FifteenMinute = GoldenHour.FifteenMinute[2] with { SpinAwardW = 100_000 } };

        Assert.Equal(DayTotals.Of(GoldenHour.Intervals[6..7]), DayTotals.Of([more], total));
        Assert.Equal(-20_000 * 300, Assert.Single(SettlementLines.Of(less, total), static line => line.Line == SettlementLine.FifteenMinuteSpin).QuantityWattSeconds);
    }

    [Fact]
    public void Without_awards_the_schedule_of_the_market_before_stands()
    {
        SettlementInterval golden = GoldenHour.Intervals[3];
        SettlementLine[] noFifteenMinute = [.. LinesOf(golden with { FifteenMinute = null })];
        SettlementLine[] noDispatch = [.. LinesOf(golden with { Dispatch = null })];
        StatementLine dispatched = Assert.Single(
            SettlementLines.Of(golden with { FifteenMinute = null }, Options), static line => line.Line == SettlementLine.DispatchedEnergy);

        Assert.Equal(-20_000 * 300, dispatched.QuantityWattSeconds);
        Assert.Equal([SettlementLine.DayAheadEnergy, SettlementLine.DispatchedEnergy, SettlementLine.DayAheadSpin, SettlementLine.NoPay], noFifteenMinute);
        Assert.Equal(
            [SettlementLine.DayAheadEnergy, SettlementLine.FifteenMinuteEnergy, SettlementLine.DayAheadSpin, SettlementLine.NoPay], noDispatch);
        Assert.Empty(LinesOf(golden with { DayAhead = null, FifteenMinute = null, Dispatch = null }));
    }

    [Fact]
    public void Each_line_names_the_records_it_was_computed_from()
    {
        Chain.Primitives.Hash256[] records = [.. Enumerable.Range(1, 4).Select(static value => Chain.Crypto.Keccak256.Hash([(byte)value]))];
        SettlementInterval interval = GoldenHour.Intervals[7] with { Evidence = new SettlementEvidence(records[0], records[1], records[2], records[3]) };
        ILookup<SettlementLine, int> named = SettlementLines.Of(interval with { UndeliveredWattSeconds = 150_000 * 300 }, Options)
            .SelectMany(line => line.Evidence.Select(hash => (line.Line, Place: Array.IndexOf(records, hash))))
            .ToLookup(static pair => pair.Line, static pair => pair.Place);

        Assert.Equal([0], named[SettlementLine.DayAheadEnergy]);
        Assert.Equal([0, 1], named[SettlementLine.FifteenMinuteEnergy]);
        Assert.Equal([1, 2], named[SettlementLine.DispatchedEnergy]);
        Assert.Equal([2], named[SettlementLine.UninstructedEnergy]);
        Assert.Equal([0], named[SettlementLine.DayAheadSpin]);
        Assert.Equal([1], named[SettlementLine.FifteenMinuteSpin]);
        Assert.Equal([0, 1, 3], named[SettlementLine.EventCharge]);
    }

    private static IEnumerable<SettlementLine> LinesOf(SettlementInterval interval) => SettlementLines.Of(interval, Options).Select(static line => line.Line);

    private static decimal Rounded(SettlementLine line, int first, int end) => Math.Round(
        SettlementAmount.Sum(GoldenHour.Lines
            .Where(found => found.Line == line
                && found.Interval.StartUnixSeconds >= GoldenHour.At(first).StartUnixSeconds
                && found.Interval.StartUnixSeconds < GoldenHour.At(end).StartUnixSeconds)
            .Select(static found => found.Amount)).Usd,
        7);
}
