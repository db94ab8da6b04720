using CsCheck;
using DerChain.Market.Plausibility;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using static DerChain.Market.Records.QualityVerdict;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>Q15, Q17 and Q18 at, below and above each threshold (docs/spec/market.md, 3).</summary>
public sealed class FleetChecksTests
{
    private static readonly QualityRules Rules = QualityRules.Default;

    // Panels give 4,000 W, the battery takes 1,200, the vehicle 3,600, the air conditioner 2,400: without other load the meter shows −3,200.
    [Theory]
    [InlineData(-3_200, Pass, 0)]
    [InlineData(-103_200, Pass, 100_000)]
    [InlineData(-103_201, Warn, 100_001)]
    public void Q15_what_devices_leave_of_the_meter_is_a_load(long meterW, QualityVerdict expected, long residual)
    {
        QualityFinding found = Balance(meterW);
        Assert.Equal((expected, residual, QualityUnit.Watts), (found.Verdict, found.Residual, found.Unit));
    }

    // Magnitudes are 11,200 W and the meter's own: 3 % is 423 W at −2,777, 10 % is 1,274 W at −1,925.
    [Theory]
    [InlineData(-2_781, Pass)]
    [InlineData(-2_780, Warn)]
    [InlineData(-1_891, Warn)]
    [InlineData(-1_890, Fail)]
    public void Q15_a_site_that_gives_more_than_its_devices_disagrees_with_its_meter(long meterW, QualityVerdict expected) =>
        Assert.Equal(expected, Balance(meterW).Verdict);

    [Fact]
    public void Q15_of_small_powers_a_hundred_watts_are_noise()
    {
        Assert.Equal(Pass, FleetChecks.SiteBalance([new MeterReading(new("M"), 100)], Rules).Verdict);
        Assert.Equal(Fail, FleetChecks.SiteBalance([new MeterReading(new("M"), 101)], Rules).Verdict);
        Assert.Equal(NotEvaluated, FleetChecks.SiteBalance([Samples.Battery], Rules).Verdict);
    }

    // The median of the peers is 100,000, half of them are within 5,000 of it: a robust deviation is 7,413.
    [Theory]
    [InlineData(129_652, Pass)]
    [InlineData(129_653, Warn)]
    [InlineData(70_347, Warn)]
    [InlineData(159_304, Warn)]
    [InlineData(159_305, Fail)]
    public void Q17_a_reading_is_not_far_from_its_peers(long value, QualityVerdict expected) => Assert.Equal(
        expected, FleetChecks.PeerOutlier(value, new PeerSpread(100_000, 5_000), 1_000, QualityUnit.PartsPerMillion, Rules).Verdict);

    [Theory]
    [InlineData(800_000, 0, 1_000, 832_000, Pass)]
    [InlineData(800_000, 0, 1_000, 832_001, Warn)]
    [InlineData(20_000, 0, 200, 20_800, Pass)]
    [InlineData(20_000, 0, 200, 20_801, Warn)]
    [InlineData(2_000, 0, 1_000, 6_000, Pass)]
    [InlineData(2_000, 0, 1_000, 6_001, Warn)]
    public void Q17_peers_that_agree_leave_a_least_deviation(long median, long distance, long least, long value, QualityVerdict expected) => Assert.Equal(
        expected, FleetChecks.PeerOutlier(value, new PeerSpread(median, distance), least, QualityUnit.PartsPerMillion, Rules).Verdict);

    [Fact]
    public void The_spread_is_a_value_with_as_many_below_as_above() => Gen.Long[-1_000, 1_000].Array[1, 40].Sample(values =>
    {
        PeerSpread spread = PeerSpread.Of(values);
        AssertMedian(values, spread.Median);
        AssertMedian([.. values.Select(value => Math.Abs(value - spread.Median))], spread.MedianDistance);
    });

    [Theory]
    [InlineData(-500_000, -505_000, Pass)]
    [InlineData(-500_000, -505_051, Warn)]
    [InlineData(-525_000, -500_000, Warn)]
    [InlineData(-525_001, -500_000, Fail)]
    [InlineData(1_000, 0, Pass)]
    [InlineData(1_001, 0, Fail)]
    public void Q18_meters_add_up_to_the_aggregate(long metersW, long aggregateW, QualityVerdict expected) =>
        Assert.Equal(expected, FleetChecks.Aggregate(metersW, aggregateW, Rules).Verdict);

    private static void AssertMedian(long[] values, long median)
    {
        Assert.Contains(median, values);
        Assert.True(values.Count(value => value < median) <= values.Length / 2);
        Assert.True(values.Count(value => value > median) <= values.Length / 2);
    }

    private static QualityFinding Balance(long meterW) => FleetChecks.SiteBalance(
        [new MeterReading(new("M"), meterW), new SolarReading(new("PV"), 4_000, null), Samples.AirConditioner, Samples.Battery, Samples.Station], Rules);
}
