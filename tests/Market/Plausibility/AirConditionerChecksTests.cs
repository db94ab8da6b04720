using DerChain.Market.Plausibility;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using static DerChain.Market.Records.QualityVerdict;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>Q13 and Q14 at, below and above each threshold (docs/spec/market.md, 3).</summary>
public sealed class AirConditionerChecksTests
{
    private static readonly QualityRules Rules = QualityRules.Default;

    /// <summary>The unit of docs/spec/market.md, 2.3, A2: β .979382, COP 2.5, R 2 °C/kW, 2.4 kW, 24.4 °C indoors, 35 °C outdoors.</summary>
    private static readonly AirConditionerReading Unit = Samples.AirConditioner;

    // .979382 · 24.4 + .020618 · (35 − 2.5 · 2 · 2.4) = 24.3711348 °C.
    [Theory]
    [InlineData(300, 24_371, -135)]
    [InlineData(300, 24_372, 865)]
    [InlineData(300, 25_371, 999_865)]
    public void Q13_the_residual_is_what_the_thermal_model_does_not_explain(int seconds, int indoorMilliC, long expectedMicroC) =>
        Assert.Equal(expectedMicroC, AirConditionerChecks.ResidualMicroC(Unit, seconds, Unit with { IndoorMilliC = indoorMilliC }, Rules));

    [Fact]
    public void Q13_five_minutes_are_five_times_a_minute()
    {
        AirConditionerReading now = Unit;
        for (int minute = 0; minute < 5; minute++)
        {
            long residual = AirConditionerChecks.ResidualMicroC(now, 60, now, Rules);
            now = now with { IndoorMilliC = now.IndoorMilliC - (int)Math.Round(residual / 1e3) };
        }

        Assert.InRange(AirConditionerChecks.ResidualMicroC(Unit, 300, now, Rules), -3_000, 3_000);
    }

    [Fact]
    public void Q13_what_sun_and_people_add_comes_off_in_proportion_to_time()
    {
        QualityRules warmed = QualityRulesTests.With((QualityParameter.ThermalBiasMilliC, 50));
        AirConditionerReading now = Unit with { IndoorMilliC = 24_371 };
        Assert.Equal(-50_135, AirConditionerChecks.ResidualMicroC(Unit, 300, now, warmed));
        long without = AirConditionerChecks.ResidualMicroC(Unit, 60, now, Rules);
        Assert.Equal(without - 10_000, AirConditionerChecks.ResidualMicroC(Unit, 60, now, warmed));
    }

    [Theory]
    [InlineData(750, 0, Pass, 750, 750)]
    [InlineData(751, 0, Warn, 751, 750)]
    [InlineData(-751, 0, Warn, -751, 750)]
    [InlineData(2_500, 0, Warn, 2_500, 750)]
    [InlineData(2_501, 0, Fail, 2_501, 2_500)]
    [InlineData(0, 400, Pass, 0, 750)]
    [InlineData(0, 401, Warn, 401, 400)]
    [InlineData(0, -401, Warn, -401, 400)]
    public void Q13_a_residual_or_its_mean_is_too_large(long residual, long mean, QualityVerdict expected, long shown, long threshold) => Assert.Equal(
        new QualityFinding(expected, shown, threshold, QualityUnit.MilliCelsius),
        AirConditionerChecks.ThermalModel(residual * 1_000, mean * 1_000, Rules));

    // A bias of half a degree is below every single limit; its mean is .5·(1 − .7ⁿ), above .4 from the fifth reading on.
    [Fact]
    public void Q13_the_mean_finds_a_steady_bias()
    {
        long mean = 0;
        var verdicts = new List<QualityVerdict>();
        for (int reading = 0; reading < 6; reading++)
        {
            mean = AirConditionerChecks.MovingMean(mean, 500_000, Rules);
            verdicts.Add(AirConditionerChecks.ThermalModel(500_000, mean, Rules).Verdict);
        }

        Assert.Equal([Pass, Pass, Pass, Pass, Warn, Warn], verdicts);
    }

    [Theory]
    [InlineData(5_880, true, Pass)]
    [InlineData(5_881, true, Warn)]
    [InlineData(6_440, true, Warn)]
    [InlineData(6_441, true, Fail)]
    [InlineData(168, false, Pass)]
    [InlineData(169, false, Warn)]
    [InlineData(6_441, false, Fail)]
    public void Q14_power_stays_within_the_rating_and_is_none_where_the_unit_is_off(long powerW, bool isOn, QualityVerdict expected) =>
        Assert.Equal(expected, AirConditionerChecks.Power(Unit with { ElectricPowerW = powerW, IsOn = isOn }, Rules).Verdict);

    [Theory]
    [InlineData(41_000, Pass)]
    [InlineData(41_001, Warn)]
    [InlineData(29_000, Pass)]
    [InlineData(28_999, Warn)]
    public void Q14_outdoor_temperature_is_near_that_of_the_fleet(long ambientMilliC, QualityVerdict expected) =>
        Assert.Equal(expected, AirConditionerChecks.Ambient(ambientMilliC, 35_000, Rules).Verdict);
}
