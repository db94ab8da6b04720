using CsCheck;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

/// <summary>A golden hour by docs/spec/market.md, 2.6, computed with exact decimals in Python.</summary>
public sealed class DayTotalsTests
{
    private const long MicroUsd = GoldenHour.MicroUsd;

    [Fact]
    public void The_golden_hour_settles_to_the_golden_amounts()
    {
        DayTotals totals = DayTotals.Of(GoldenHour.Intervals);

        Assert.Equal(-24.0000000m, totals.DayAheadEnergy);
        Assert.Equal(-1.0000000m, totals.FifteenMinuteEnergy);
        Assert.Equal(4.8958333m, Math.Round(totals.DispatchedEnergy, 7));
        Assert.Equal(-0.9900000m, totals.UninstructedEnergy);
        Assert.Equal(1.2000000m, totals.DayAheadSpin);
        Assert.Equal(0.0900000m, totals.FifteenMinuteSpin);
        Assert.Equal(-0.0627000m, totals.NoPay);
        Assert.Equal(0m, totals.Deployment);
        Assert.Equal((0m, 0m), (totals.EventCharge, totals.RetroactiveCharge));
        Assert.Equal(-19.8668667m, Math.Round(totals.Total, 7));
        Assert.Equal(-19.87m, Math.Round(totals.Total, 2));
    }

    [Fact]
    public void With_equal_prices_the_energy_lines_add_up_to_the_metered_energy() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000].Array[5], Gen.Int[0, 500_000], Gen.Int[-150, 2_000]).Sample((watts, deployed, dollars) =>
        {
            long price = dollars * MicroUsd;
            var interval = new SettlementInterval(
                new MarketInterval(0, MarketInterval.DispatchSeconds),
                new AwardRow(default, price, watts[0], 0, 0),
                new AwardRow(default, price, watts[1], 0, 0),
                new DispatchRow(default, price, watts[2], price, deployed),
                watts[3] * 300 + watts[4],
                0);

            DayTotals totals = DayTotals.Of([interval]);

            decimal expected = price * (decimal)(watts[3] * 300 + watts[4]) / (3600m * 1_000_000 * 1_000_000);
            Assert.Equal(expected, totals.Total, 18);
        });

    [Fact]
    public void The_golden_energy_at_fifty_dollars_is_the_metered_energy()
    {
        SettlementInterval[] flat =
        [
            .. GoldenHour.Intervals.Select(interval => interval with
            {
                DayAhead = interval.DayAhead! with { EnergyPriceMicroUsdPerMWh = 50 * MicroUsd, SpinAwardW = 0 },
                FifteenMinute = interval.FifteenMinute! with { EnergyPriceMicroUsdPerMWh = 50 * MicroUsd, SpinAwardW = 0 },
                Dispatch = interval.Dispatch! with { EnergyPriceMicroUsdPerMWh = 50 * MicroUsd },
            }),
        ];

        Assert.Equal(-14.508333333m, Math.Round(DayTotals.Of(flat).Total, 9));
    }

    [Fact]
    public void Nothing_awarded_nothing_paid_and_nothing_rescinded() =>
        Assert.Equal(0m, DayTotals.Of([new SettlementInterval(new(0, MarketInterval.DispatchSeconds), null, null, null, 1_000_000, 5_000)]).Total);
}
