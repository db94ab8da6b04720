using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using static DerChain.Market.Records.QualityVerdict;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>The sun, and Q11 and Q12 at, below and above each threshold (docs/spec/market.md, 3).</summary>
public sealed class SolarChecksTests
{
    private const int Hour = 3_600;

    private static readonly QualityRules Rules = QualityRules.Default;
    private static readonly SunPosition Night = new(IsNight: true, IsHigh: false, 0);
    private static readonly SunPosition Twilight = new(IsNight: false, IsHigh: false, 0);

    /// <summary>A sky that gives 800 W per kW of nameplate.</summary>
    private static readonly SunPosition Day = new(IsNight: false, IsHigh: true, 800_000);

    // Sunrise on that day was 05:54, sunset 20:04 by the almanac.
    [Theory]
    [InlineData(-12, true, false)]
    [InlineData(-7, true, false)]
    [InlineData(-5, false, true)]
    [InlineData(0, false, true)]
    [InlineData(7, false, true)]
    [InlineData(9, true, false)]
    public void The_sun_rises_and_sets(int hoursFromNoon, bool isNight, bool isHigh)
    {
        SunPosition sun = Rules.Sun.Over(new MarketInterval(Samples.Noon + (hoursFromNoon * Hour), 300));
        Assert.Equal((isNight, isHigh), (sun.IsNight, sun.IsHigh));
        Assert.Equal(isHigh, sun.ClearSkyPpm > 0);
    }

    [Fact]
    public void The_sun_stands_where_the_rules_say()
    {
        QualityRules sydney = QualityRulesTests.With(
            (QualityParameter.LatitudeMicroDegrees, -33_870_000), (QualityParameter.LongitudeMicroDegrees, 151_210_000));
        Assert.True(sydney.Sun.Over(Samples.Dispatch).IsNight);
        Assert.False(sydney.Sun.Over(new MarketInterval(Samples.Noon + (7 * Hour), 300)).IsNight);
    }

    [Theory]
    [InlineData(20, 3_000, Pass)]
    [InlineData(21, 3_000, Warn)]
    [InlineData(60, 3_000, Warn)]
    [InlineData(61, 3_000, Fail)]
    [InlineData(50, 10_000, Pass)]
    [InlineData(51, 10_000, Warn)]
    [InlineData(200, 10_000, Warn)]
    [InlineData(201, 10_000, Fail)]
    public void Q11_panels_give_nothing_at_night(long powerW, long nameplateW, QualityVerdict expected)
    {
        Assert.Equal(expected, SolarChecks.AtNight(powerW, nameplateW, Night, Rules).Verdict);
        Assert.Equal(NotEvaluated, SolarChecks.AtNight(powerW, nameplateW, Twilight, Rules).Verdict);
    }

    [Theory]
    [InlineData(10_400, 800_000, Pass)]
    [InlineData(10_500, 900_000, Pass)]
    [InlineData(10_501, 900_000, Fail)]
    [InlineData(1_300, 100_000, Pass)]
    [InlineData(1_301, 100_000, Fail)]
    [InlineData(50, 0, Pass)]
    [InlineData(51, 0, Fail)]
    public void Q12_panels_give_no_more_than_nameplate_and_clear_sky(long powerW, long clearSkyPpm, QualityVerdict expected) =>
        Assert.Equal(expected, SolarChecks.Ceiling(powerW, 10_000, Day with { ClearSkyPpm = clearSkyPpm }, Rules).Verdict);

    [Theory]
    [InlineData(9_000, Pass)]
    [InlineData(9_001, Fail)]
    public void Q12_a_quarter_of_an_hour_has_no_edge_of_a_cloud(long meanW, QualityVerdict expected) =>
        Assert.Equal(expected, SolarChecks.MeanCeiling(meanW, SolarChecks.ClearSky(10_000, Day), 10_000, Rules).Verdict);

    [Fact]
    public void The_mean_moves_over_adjoining_readings_of_any_length()
    {
        var mean = new SolarMean();
        Assert.Null(mean.Add(new MarketInterval(0, 300), 300, 1_000, 900));
        Assert.Null(mean.Add(new MarketInterval(300, 300), 600, 1_000, 900));
        Assert.Equal((600, 1_000), mean.Add(new MarketInterval(600, 300), 900, 1_000, 900));
        Assert.Equal((900, 1_000), mean.Add(new MarketInterval(900, 300), 1_200, 1_000, 900));
        // 600, 900 and 1,200 W over five minutes each, and 2,100 W over one: nothing goes before the rest covers the span.
        Assert.Equal(((((600 + 900 + 1_200) * 300) + (2_100 * 60)) / 960, 1_000), mean.Add(new MarketInterval(1_200, 60), 2_100, 1_000, 900));
        Assert.Null(mean.Add(new MarketInterval(1_500, 300), 900, 1_000, 900));
    }
}
