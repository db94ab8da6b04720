using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using static DerChain.Market.Records.QualityVerdict;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>Q01 to Q06 at, below and above each threshold (docs/spec/market.md, 3).</summary>
public sealed class RecordChecksTests
{
    private static readonly QualityRules Rules = QualityRules.Default;

    [Fact]
    public void Q01_a_compact_reading_without_its_nameplate_fails() => Assert.Equal(
        new QualityFinding(Fail, 1, 0, QualityUnit.Count),
        RecordChecks.Range(new CompactBatteryReading(new("B"), 1, 500_000, 0, StorageMode.Idle), 5_000));

    [Theory]
    [InlineData(10_000, 10_000, Pass)]
    [InlineData(-10_000, 10_000, Pass)]
    [InlineData(10_001, 10_000, Fail)]
    [InlineData(-10_001, 10_000, Fail)]
    [InlineData(10_001, 0, Pass)]
    public void Q01_a_meter_stays_within_its_service_rating(long powerW, long ratingW, QualityVerdict expected) =>
        Assert.Equal(expected, RecordChecks.Range(new MeterReading(new("M"), powerW), ratingW).Verdict);

    [Theory]
    [InlineData(0, 300, 0, Pass)]
    [InlineData(60, 60, 0, Pass)]
    [InlineData(30, 10, 0, Pass)]
    [InlineData(75, 75, 0, Pass)]
    [InlineData(1, 300, 1, Warn)]
    [InlineData(5, 300, 5, Warn)]
    [InlineData(6, 300, 6, Fail)]
    [InlineData(-5, 300, 5, Warn)]
    [InlineData(-6, 300, 6, Fail)]
    [InlineData(0, 295, 5, Warn)]
    [InlineData(0, 294, 6, Fail)]
    [InlineData(0, 305, 5, Warn)]
    [InlineData(0, 306, 6, Fail)]
    [InlineData(60, 58, 2, Warn)]
    [InlineData(60, 300, 60, Fail)]
    [InlineData(0, 5, 5, Warn)]
    [InlineData(0, 4, 6, Fail)]
    [InlineData(0, 3_600, 3_300, Fail)]
    public void Q02_an_interval_lies_on_the_grid(int offset, int seconds, long residual, QualityVerdict expected)
    {
        QualityFinding found = RecordChecks.Alignment(new MarketInterval(Samples.Noon + offset, seconds), Rules);
        Assert.Equal((expected, residual, QualityUnit.Seconds), (found.Verdict, found.Residual, found.Unit));
    }

    [Theory]
    [InlineData(0, Pass, 600)]
    [InlineData(600, Pass, 600)]
    [InlineData(601, Warn, 600)]
    [InlineData(259_200, Warn, 600)]
    [InlineData(259_201, Fail, 259_200)]
    [InlineData(-30, Pass, 30)]
    [InlineData(-31, Fail, 30)]
    public void Q03_a_block_comes_soon_after_the_interval_and_not_before_it(long age, QualityVerdict expected, long threshold)
    {
        QualityFinding found = RecordChecks.Freshness(Samples.Dispatch, Samples.Dispatch.EndUnixSeconds + age, Rules);
        Assert.Equal(new QualityFinding(expected, Math.Abs(age), threshold, QualityUnit.Seconds), found);
    }

    [Theory]
    [InlineData(0, Pass)]
    [InlineData(60, Pass)]
    [InlineData(61, Warn)]
    [InlineData(300, Warn)]
    [InlineData(301, Fail)]
    [InlineData(-30, Pass)]
    [InlineData(-31, Fail)]
    public void Q04_a_clock_agrees_with_the_block(long behind, QualityVerdict expected) =>
        Assert.Equal(expected, RecordChecks.ClockSkew(Samples.Noon - behind, Samples.Noon, Rules).Verdict);

    [Theory]
    [InlineData(8, 7, false, Pass, 0)]
    [InlineData(9, 7, false, Warn, 1)]
    [InlineData(7, 7, false, Fail, -1)]
    [InlineData(1, 7, false, Fail, -7)]
    [InlineData(8, 7, true, Fail, -1)]
    public void Q05_numbers_ascend_by_one(ulong sequence, ulong last, bool isUsed, QualityVerdict expected, long residual) =>
        Assert.Equal(new QualityFinding(expected, residual, 0, QualityUnit.Count), RecordChecks.Sequence(sequence, last, isUsed));

    [Fact]
    public void Q05_a_first_report_has_nothing_before_it()
    {
        Assert.Equal(NotEvaluated, RecordChecks.Sequence(8, null, isUsed: false).Verdict);
        Assert.Equal(long.MaxValue, RecordChecks.Sequence(ulong.MaxValue, 0, isUsed: false).Residual);
        Assert.Equal(long.MinValue, RecordChecks.Sequence(0, ulong.MaxValue, isUsed: false).Residual);
    }

    [Theory]
    [InlineData(3_599, Pass, 3_600)]
    [InlineData(3_600, Warn, 3_600)]
    [InlineData(10_799, Warn, 3_600)]
    [InlineData(10_800, Fail, 10_800)]
    public void Q06_a_value_that_stands_still_for_twelve_intervals_is_stuck(long seconds, QualityVerdict expected, long threshold) =>
        Assert.Equal(new QualityFinding(expected, seconds, threshold, QualityUnit.Seconds), MeasuredValues.Stuck(seconds, Rules));

    [Fact]
    public void Q06_only_a_device_at_work_can_be_stuck()
    {
        Assert.Equal(600, Unchanged(Samples.Battery, Samples.Battery));
        Assert.Equal(300, Unchanged(Samples.Battery, Samples.Battery with { SocPpm = 600_001 }));
        Assert.Equal(0, Unchanged(Samples.Battery with { PowerW = 0 }, Samples.Battery with { PowerW = 0 }));
        Assert.Equal(300, Unchanged(null, Samples.Battery));
        Assert.Equal(600, Unchanged(new MeterReading(new("M"), 5), new MeterReading(new("M"), 5)));
        Assert.Equal(0, Unchanged(new MeterReading(new("M"), 0), new MeterReading(new("M"), 0)));
        Assert.Equal(600, Unchanged(Samples.AirConditioner, Samples.AirConditioner));
        Assert.Equal(300, Unchanged(Samples.AirConditioner, Samples.AirConditioner with { AmbientMilliC = 35_001 }));
        Assert.Equal(600, Unchanged(Samples.Station, Samples.Station));
        Assert.Equal(300, Unchanged(Samples.Station, Samples.Station with { Vehicle = Samples.Vehicle with { SessionId = 8 } }));
    }

    [Fact]
    public void Q06_panels_may_stand_still_while_the_sun_is_low()
    {
        var dark = new SolarReading(new("PV"), 0, null);
        Assert.Equal(0, MeasuredValues.UnchangedSeconds(300, dark, dark, 300, isSunHigh: false));
        Assert.Equal(600, MeasuredValues.UnchangedSeconds(300, dark, dark, 300, isSunHigh: true));
    }

    private static long Unchanged(TelemetryRow? last, TelemetryRow reading) => MeasuredValues.UnchangedSeconds(300, last, reading, 300, isSunHigh: true);
}
