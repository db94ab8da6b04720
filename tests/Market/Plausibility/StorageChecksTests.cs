using CsCheck;
using DerChain.Market.Ledger;
using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using static DerChain.Market.Records.QualityVerdict;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>Q07 to Q10, Q16 and Q19 at, below and above each threshold (docs/spec/market.md, 3).</summary>
public sealed class StorageChecksTests
{
    private static readonly QualityRules Rules = QualityRules.Default;

    // The example of docs/spec/market.md, 3: 13.5 kWh, charging with 4 kW from a half.
    private static readonly BatteryReading Charging = Samples.Battery with { SocPpm = 500_000, PowerW = -4_000 };

    [Theory]
    [InlineData(5_250, 5_000, 5_000, Pass)]
    [InlineData(5_251, 5_000, 5_000, Warn)]
    [InlineData(5_750, 5_000, 5_000, Warn)]
    [InlineData(5_751, 5_000, 5_000, Fail)]
    [InlineData(-10_500, 5_000, 10_000, Pass)]
    [InlineData(-10_501, 5_000, 10_000, Warn)]
    [InlineData(-11_500, 5_000, 10_000, Warn)]
    [InlineData(-11_501, 5_000, 10_000, Fail)]
    [InlineData(50, 0, 7_200, Pass)]
    [InlineData(51, 0, 7_200, Fail)]
    public void Q07_power_stays_within_its_limits(long powerW, long maxDischargeW, long maxChargeW, QualityVerdict expected) => Assert.Equal(
        expected,
        StorageChecks.PowerLimits(new StorageReading(powerW, StorageMode.Idle, maxDischargeW, maxChargeW, null), Rules).Verdict);

    [Theory]
    [InlineData(StorageMode.Charge, 50, true, Pass)]
    [InlineData(StorageMode.Charge, 51, true, Warn)]
    [InlineData(StorageMode.Charge, -5_000, true, Pass)]
    [InlineData(StorageMode.Discharge, -50, true, Pass)]
    [InlineData(StorageMode.Discharge, -51, true, Warn)]
    [InlineData(StorageMode.Discharge, 5_000, true, Pass)]
    [InlineData(StorageMode.Idle, 100, true, Pass)]
    [InlineData(StorageMode.Idle, 101, true, Warn)]
    [InlineData(StorageMode.Idle, -101, true, Warn)]
    [InlineData(StorageMode.Idle, 0, false, Pass)]
    [InlineData(StorageMode.Idle, -1, false, Warn)]
    [InlineData(StorageMode.Charge, -100, false, Warn)]
    [InlineData(StorageMode.Charge, -101, false, Fail)]
    public void Q08_mode_and_power_agree(StorageMode mode, long powerW, bool isConnected, QualityVerdict expected)
    {
        StoredEnergy? energy = isConnected ? StoredEnergy.Of(Samples.Vehicle) : null;
        Assert.Equal(expected, StorageChecks.ModeConsistency(new StorageReading(powerW, mode, 7_200, 7_200, energy), Rules).Verdict);
    }

    [Theory]
    [InlineData(80_000, Pass)]
    [InlineData(79_999, Warn)]
    [InlineData(970_000, Pass)]
    [InlineData(970_001, Warn)]
    [InlineData(0, Warn)]
    [InlineData(-1, Fail)]
    [InlineData(1_000_000, Warn)]
    [InlineData(1_000_001, Fail)]
    public void Q09_state_of_charge_stays_within_its_bounds(int socPpm, QualityVerdict expected) =>
        Assert.Equal(expected, StorageChecks.StateOfChargeBounds(StoredEnergy.Of(Samples.Battery with { SocPpm = socPpm }), Rules).Verdict);

    [Fact]
    public void Q09_a_vehicle_may_arrive_with_less_than_the_floor_of_its_reserve() =>
        Assert.Equal(Pass, StorageChecks.StateOfChargeBounds(StoredEnergy.Of(Samples.Vehicle with { SocPpm = 30_000 }), Rules).Verdict);

    [Theory]
    [InlineData(523_457, Pass, 0, 12_469)]
    [InlineData(523_500, Pass, 43, 12_469)]
    [InlineData(560_000, Warn, 36_543, 12_469)]
    [InlineData(575_000, Fail, 51_543, 37_407)]
    [InlineData(535_926, Pass, 12_469, 12_469)]
    [InlineData(535_927, Warn, 12_470, 12_469)]
    [InlineData(560_864, Warn, 37_407, 12_469)]
    [InlineData(560_865, Fail, 37_408, 37_407)]
    [InlineData(510_988, Pass, -12_469, 12_469)]
    [InlineData(510_987, Warn, -12_470, 12_469)]
    [InlineData(486_049, Fail, -37_408, 37_407)]
    public void Q10_state_of_charge_follows_from_the_power(int socPpm, QualityVerdict expected, long residual, long threshold) => Assert.Equal(
        new QualityFinding(expected, residual, threshold, QualityUnit.PartsPerMillion), Continuity(Charging, 300, Charging with { SocPpm = socPpm }));

    // Discharging 4 kW over five minutes takes 4/12/13.5/.95 = .0259909 of the capacity; over a minute a fifth.
    [Theory]
    [InlineData(300, 474_009, 0)]
    [InlineData(60, 494_802, 0)]
    [InlineData(60, 494_812, 10)]
    public void Q10_what_is_given_costs_its_losses_on_top(int seconds, int socPpm, long residual) => Assert.Equal(
        residual, Continuity(Charging with { PowerW = 4_000, Mode = StorageMode.Discharge }, seconds, Charging with { SocPpm = socPpm }).Residual);

    // Without a stated efficiency 4/12/13.5 = .0246914 times anything from .85 to 1 is stored.
    [Theory]
    [InlineData(520_987, -1)]
    [InlineData(520_988, 0)]
    [InlineData(524_691, 0)]
    [InlineData(524_692, 1)]
    public void Q10_accepts_every_efficiency_in_its_envelope_where_none_is_stated(int socPpm, long residual) => Assert.Equal(
        residual, Continuity(Charging with { OneWayEfficiencyPpm = 1_000_000 }, 300, Charging with { SocPpm = socPpm }).Residual);

    [Fact]
    public void Q10_begins_anew_with_another_vehicle()
    {
        ChargingStationReading other = Samples.Station with { Vehicle = Samples.Vehicle with { SessionId = 8, SocPpm = 100_000 } };
        Assert.Equal(NotEvaluated, Continuity(Samples.Station, 300, other).Verdict);
        Assert.Equal(NotEvaluated, Continuity(Samples.Station, 300, Samples.Station with { Vehicle = null }).Verdict);
        Assert.Equal(Pass, Continuity(Samples.Station, 300, Samples.Station with { Vehicle = Samples.Vehicle with { SocPpm = 624_650 } }).Verdict);
    }

    [Fact]
    public void Q10_is_what_exact_arithmetic_gives() =>
        Gen.Select(Gen.Long[-20_000, 20_000], Gen.Int[10, 300], Gen.Long[500, 100_000], Gen.Int[500_000, 999_999], Gen.Int[0, 1_000_000])
            .Sample((powerW, seconds, capacityWh, efficiencyPpm, socPpm) =>
            {
                BatteryReading before = Charging with { PowerW = powerW, CapacityWh = capacityWh, OneWayEfficiencyPpm = efficiencyPpm };
                decimal energyWh = powerW * (decimal)seconds / 3_600;
                decimal efficiency = efficiencyPpm / 1_000_000m;
                decimal changePpm = (powerW < 0 ? -energyWh * efficiency : -energyWh / efficiency) / capacityWh * 1_000_000;
                decimal tolerance = 10_000 + (100_000 * Math.Abs(energyWh) / capacityWh);
                QualityFinding found = Continuity(before, seconds, before with { SocPpm = socPpm });

                decimal residual = socPpm - 500_000 - changePpm;
                Assert.InRange(found.Residual - residual, -0.51m, 0.51m);
                if (Math.Abs(Math.Abs(residual) - tolerance) > 2 && Math.Abs(Math.Abs(residual) - (3 * tolerance)) > 4)
                    Assert.Equal(Math.Abs(residual) > 3 * tolerance ? Fail : Math.Abs(residual) > tolerance ? Warn : Pass, found.Verdict);
            });

    [Fact]
    public void Extreme_values_that_a_record_may_hold_are_judged()
    {
        BatteryReading extreme = Charging with { CapacityWh = 1, MaxChargeW = 0, MaxDischargeW = 0, OneWayEfficiencyPpm = 500_000 };
        foreach (long powerW in (long[])[RecordRules.MaxPowerW, -RecordRules.MaxPowerW])
        {
            BatteryReading reading = extreme with { PowerW = powerW };
            Assert.NotEqual(NotEvaluated, Continuity(reading, 90_000, reading).Verdict);
            Assert.Equal(Fail, StorageChecks.PowerLimits(StorageReading.Of(reading)!.Value, Rules).Verdict);
            Assert.Equal(Warn, StorageChecks.Ramp(StorageReading.Of(reading with { PowerW = -powerW })!.Value, StorageReading.Of(reading)!.Value, 90_000, Rules).Verdict);
        }
    }

    [Theory]
    [InlineData(4_250, 4_000, 5_000, Pass)]
    [InlineData(4_251, 4_000, 5_000, Warn)]
    [InlineData(3_749, 4_000, 5_000, Warn)]
    [InlineData(1_100, 1_000, 1_000, Pass)]
    [InlineData(1_101, 1_000, 1_000, Warn)]
    public void Q16_a_device_does_what_it_was_told(long powerW, long commandW, long ratingW, QualityVerdict expected) => Assert.Equal(
        expected, StorageChecks.CommandFollowing(new StorageReading(powerW, StorageMode.Discharge, ratingW, 0, null), commandW, Rules).Verdict);

    [Fact]
    public void Q16_a_device_has_two_intervals_to_follow()
    {
        var commands = new CommandHistory();
        var entry = new LedgerEntry(Samples.FullTelemetry, Samples.Aggregator, Samples.Prosumer, new(1, default, Samples.Noon, 0, default));
        for (int index = 0; index < 5; index++)
            commands.Add(new PowerCommand(Interval(index), index == 0 ? 4_000 : 0, entry), 1_500);

        Assert.Equal(4_000, commands.Nearest(Interval(0), 4_000, 600)!.Value.PowerW);
        Assert.Equal(4_000, commands.Nearest(Interval(1), 4_000, 600)!.Value.PowerW);
        Assert.Equal(4_000, commands.Nearest(Interval(2), 4_000, 600)!.Value.PowerW);
        Assert.Equal(0, commands.Nearest(Interval(3), 4_000, 600)!.Value.PowerW);
        Assert.Equal(0, commands.Nearest(Interval(1), 100, 600)!.Value.PowerW);
        Assert.Null(commands.Nearest(Interval(5), 0, 600));
    }

    [Theory]
    [InlineData(-5_000, 5_000, 300, Pass)]
    [InlineData(-5_000, 5_000, 60, Pass)]
    [InlineData(-5_000, 5_001, 60, Warn)]
    [InlineData(5_001, -5_000, 60, Warn)]
    [InlineData(0, 5_000, 30, Pass)]
    [InlineData(0, 5_001, 30, Warn)]
    public void Q19_power_changes_no_faster_than_registered(long beforeW, long nowW, int seconds, QualityVerdict expected) => Assert.Equal(
        expected,
        StorageChecks.Ramp(
            new StorageReading(beforeW, StorageMode.Idle, 5_000, 5_000, null),
            new StorageReading(nowW, StorageMode.Idle, 5_000, 5_000, null),
            seconds,
            Rules).Verdict);

    private static MarketInterval Interval(int index) => new(Samples.Noon + (300 * index), 300);

    private static QualityFinding Continuity(TelemetryRow before, int seconds, TelemetryRow now) =>
        StorageChecks.StateOfChargeContinuity(StorageReading.Of(before)!.Value, seconds, StorageReading.Of(now)!.Value, Rules);
}
