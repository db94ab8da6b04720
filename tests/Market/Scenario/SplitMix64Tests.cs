using CsCheck;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_sequence_is_the_published_one_and_the_references()
    {
        // First values of seed 1234567, as published with the algorithm.
        var published = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL],
            [published.NextUInt64(), published.NextUInt64(), published.NextUInt64()]);

        // Seed 42, as the Python reference draws it.
        var reference = new SplitMix64(42);
        Assert.Equal(
            [0xbdd732262feb6e95UL, 0x28efe333b266f103UL, 0x47526757130f9f52UL],
            [reference.NextUInt64(), reference.NextUInt64(), reference.NextUInt64()]);
        Assert.Equal(4.720953582618188, reference.Uniform(3, 8));
        Assert.Equal(3.190150842701231, reference.Uniform(3, 8));
        Assert.Equal(7.694355928847729, reference.Normal(7.6, 0.9), 1e-14);
        Assert.Equal(7.278628202363442, reference.Normal(7.6, 0.9), 1e-14);
        Assert.Equal(7.846666233446588, reference.Normal(7.6, 0.9), 1e-14);
    }

    [Fact]
    public void Uniform_stays_in_its_range() => Gen.ULong.Sample(seed =>
    {
        var random = new SplitMix64(seed);
        for (var i = 0; i < 20; i++)
        {
            Assert.InRange(random.Uniform(), 0.0, 1.0 - (1.0 / (1L << 53)));
        }
    });

    [Fact]
    public void Normal_has_its_mean_and_deviation()
    {
        var random = new SplitMix64(7);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.Normal(10.0, 2.0)).ToArray();
        var mean = draws.Average();
        Assert.Equal(10.0, mean, 0.03);
        Assert.Equal(2.0, Math.Sqrt(draws.Average(draw => (draw - mean) * (draw - mean))), 0.03);
    }
}
