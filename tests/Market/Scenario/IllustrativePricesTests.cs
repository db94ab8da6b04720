using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

public sealed class IllustrativePricesTests
{
    [Fact]
    public void Real_time_prices_scatter_about_the_day_ahead_ones()
    {
        var prices = IllustrativePrices.Draw(20210718);
        Assert.Equal((24, 24), (prices.DayAheadEnergy.Length, prices.DayAheadSpin.Length));
        Assert.Equal((96, 288), (prices.FifteenMinuteEnergy.Length, prices.DispatchEnergy.Length));
        Assert.Equal((42_000_000, 4_000_000), (prices.DayAheadEnergy[0], prices.DayAheadSpin[0]));

        // First draw of the reference's generator for this seed: 1.2066308589547654.
        Assert.Equal(Math.Round(42e6 * (1 + (0.08 * 1.2066308589547654))), prices.FifteenMinuteEnergy[0]);
        Assert.All(
            prices.FifteenMinuteEnergy,
            (price, quarter) => Assert.InRange((double)price / prices.DayAheadEnergy[quarter / 4], 0.6, 1.4));
    }

    [Fact]
    public void Spikes_and_negative_prices_come_as_often_as_specified()
    {
        var prices = Enumerable.Range(0, 200).SelectMany(seed => IllustrativePrices.Draw((ulong)seed).DispatchEnergy).ToArray();
        var negative = prices.Where(price => price < 0).ToArray();
        var spikes = prices.Where(price => price >= 250_000_000).ToArray();
        Assert.Equal(0.01, (double)negative.Length / prices.Length, 0.002);
        Assert.Equal(0.02, (double)spikes.Length / prices.Length, 0.002);
        Assert.All(negative, price => Assert.InRange(price, -21_000_000, -1_000_000));
        Assert.All(spikes, price => Assert.InRange(price, 250_000_000, 500_000_000));
    }
}
