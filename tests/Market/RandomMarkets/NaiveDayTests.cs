using CsCheck;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Verification agrees with a second, naive one on every interval (docs/spec/market.md, 2.2 and 2.3).</summary>
public sealed class NaiveDayTests
{
    private const double OneWatt = 0.001;

    [Fact]
    public void Energy_and_reserve_are_those_of_a_naive_second_implementation() => MarketGen.Market.Sample(static market =>
    {
        DayResult day = new MarketRecords(market, new Naming(0)).Verify();
        var naive = new NaiveDay(market);
        for (int index = 0; index < RandomMarket.Intervals; index++)
        {
            IntervalResult interval = day.Intervals[index];
            (decimal watts, bool isEstimated) = naive.Metered(index);
            Assert.Equal((double)watts / 1e3, interval.Energy.MeteredKw, OneWatt);
            Assert.Equal(isEstimated, interval.IsEstimated);
            Assert.Equal((double)naive.Coverage(index), interval.Energy.Coverage, 1e-9);
            Assert.Equal(naive.Verdict(index), interval.Energy.Verdict);
            Assert.Equal(naive.ObligationW(index) / 1e3, interval.Reserve.ObligationKw, 1e-9);
            Assert.Equal((double)naive.Shown(index) / 1e3, interval.Reserve.ShownKw, OneWatt);
        }
    }, iter: 1_000);
}
