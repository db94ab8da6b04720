using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using static DerChain.Market.Tests.Plausibility.JudgedSite;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>What the evaluation makes of a sequence of records (docs/spec/market.md, 3).</summary>
public sealed class QualityEvaluationTests
{
    [Fact]
    public void A_site_in_order_has_no_rows()
    {
        QualityResult result = new JudgedSite().Reports(0, 10).Judge();

        Assert.Empty(result.Rows);
        Assert.Equal((10, 10UL, 0), (result.Scope.EvaluatedRecords, result.Scope.EvaluatedAtBlock, result.Scope.RuleSetVersion));
        Assert.Equal(new QualityCount(QualityCheck.StateOfChargeContinuity, 1, 9, 0, 0), CountOf(result, QualityCheck.StateOfChargeContinuity));
        Assert.Equal(new QualityCount(QualityCheck.Sequence, 2, 18, 0, 0), CountOf(result, QualityCheck.Sequence));
        Assert.Equal(new QualityCount(QualityCheck.SiteBalance, 0, 20, 0, 0), CountOf(result, QualityCheck.SiteBalance));
        Assert.Equal(new QualityCount(QualityCheck.CommandFollowing, 10, 0, 0, 0), CountOf(result, QualityCheck.CommandFollowing));
        Assert.Equal(10, CountOf(result, QualityCheck.Ramp).NotEvaluated + CountOf(result, QualityCheck.Ramp).Evaluated);
    }

    [Fact]
    public void A_row_names_the_records_that_it_was_computed_from()
    {
        JudgedSite site = new JudgedSite().Reports(0, 2).Record(Report(2, Giving(2) with { SocPpm = 700_000 }));
        QualityResult result = site.Judge();

        AttestationRow row = Assert.Single(result.Rows);
        Assert.Equal(
            (site.Entries[2].RecordHash, Battery, QualityCheck.StateOfChargeContinuity, QualityVerdict.Fail),
            (row.Record, row.Resource, row.Check, row.Verdict));
        Assert.Equal((121_052, 33_000, QualityUnit.PartsPerMillion), (row.Residual, row.Threshold, row.Unit));
        Assert.Equal([site.Entries[1].RecordHash], row.Inputs);
    }

    [Fact]
    public void A_state_that_failed_is_no_ground_to_judge_the_next_by()
    {
        QualityResult result = new JudgedSite().Reports(0, 2).Record(Report(2, Giving(2) with { SocPpm = 700_000 })).Reports(3, 3).Judge();

        Assert.Single(result.Rows);
        Assert.Equal(new QualityCount(QualityCheck.StateOfChargeContinuity, 2, 3, 0, 1), CountOf(result, QualityCheck.StateOfChargeContinuity));
    }

    [Fact]
    public void Minutes_of_an_activation_continue_the_interval_before_them()
    {
        var site = new JudgedSite().Reports(0, 1);
        for (int minute = 0; minute < 5; minute++)
        {
            var interval = new MarketInterval(Interval(1).StartUnixSeconds + (60 * minute), 60);
            site.Record(Report(interval, 2 + (ulong)minute, Giving(1) with { SocPpm = 589_474 - (minute * 2_105) }));
        }

        site.Record(Report(Interval(2), 7, Giving(2)));
        Assert.Equal(new QualityCount(QualityCheck.StateOfChargeContinuity, 1, 6, 0, 0), CountOf(site.Judge(), QualityCheck.StateOfChargeContinuity));
        Assert.Empty(site.Judge().Rows);
    }

    [Fact]
    public void A_record_that_comes_again_word_for_word_is_passed_over()
    {
        QualityResult once = new JudgedSite().Reports(0, 3).Judge();
        QualityResult twice = new JudgedSite().Reports(0, 3).Record(Report(1, Giving(1)), Interval(3).EndUnixSeconds).Judge();

        Assert.Equal((once.Scope.VerdictRoot, 3, 1), (twice.Scope.VerdictRoot, twice.Scope.EvaluatedRecords, twice.RepeatedRecords));
        Assert.Empty(twice.Rows);
    }

    [Fact]
    public void Another_reading_of_the_same_interval_fails_and_is_no_ground_to_judge_by()
    {
        Telemetry other = Report(Interval(2), 4, Giving(2) with { SocPpm = 100_000 });
        QualityResult result = new JudgedSite().Reports(0, 3).Record(other)
            .Record(Report(Interval(3), 5, Giving(3))).Judge();

        Assert.Equal([QualityCheck.Sequence, QualityCheck.Sequence], result.Rows.Select(row => row.Check));
        Assert.Equal(QualityVerdict.Fail, result.Rows[0].Verdict);
        Assert.Equal(3, CountOf(result, QualityCheck.StateOfChargeContinuity).Pass);
    }

    [Theory]
    [InlineData(4, QualityVerdict.Warn, 1)]
    [InlineData(2, QualityVerdict.Fail, -1)]
    public void Numbers_of_reports_leave_none_out_and_do_not_go_back(ulong sequence, QualityVerdict expected, long residual)
    {
        JudgedSite site = new JudgedSite().Reports(0, 2).Record(Report(Interval(2), sequence, Giving(2)));
        QualityResult result = site.Judge();

        Assert.Equal([Battery, Meter], result.Rows.Select(row => row.Resource));
        Assert.All(result.Rows, row => Assert.Equal((QualityCheck.Sequence, expected, residual), (row.Check, row.Verdict, row.Residual)));
        Assert.All(result.Rows, row => Assert.Equal([site.Entries[1].RecordHash], row.Inputs));
    }

    [Fact]
    public void Readings_of_another_interval_sent_again_are_a_replay()
    {
        AttestationRow[] Rows(QualityRules rules) =>
            [.. new JudgedSite().Reports(0, 5).Record(Report(5, Giving(1))).Record(Report(6, Giving(1))).Judge(rules: rules).Rows.Where(row => row.Check == QualityCheck.Sequence)];

        // A site with meter and battery has three values: with so few, equal readings may be a coincidence.
        Assert.Empty(Rows(QualityRules.Default));
        Assert.Equal(
            [QualityVerdict.Fail, QualityVerdict.Fail, QualityVerdict.Fail, QualityVerdict.Fail],
            Rows(QualityRulesTests.With((QualityParameter.ReplayMeasuredValues, 3))).Select(row => row.Verdict));
        Assert.Empty(Rows(QualityRulesTests.With((QualityParameter.ReplayMeasuredValues, 3), (QualityParameter.LookbackSeconds, 600))));
    }

    [Fact]
    public void Readings_that_stand_still_are_no_replay_but_stuck()
    {
        QualityRules rules = QualityRulesTests.With((QualityParameter.ReplayMeasuredValues, 3), (QualityParameter.StateOfChargeBasePpm, 1_000_000));
        var site = new JudgedSite();
        for (int index = 0; index < 37; index++)
            site.Record(Report(index, Giving(0)));

        QualityResult result = site.Judge(rules: rules);
        Assert.Equal(new QualityCount(QualityCheck.Sequence, 2, 72, 0, 0), CountOf(result, QualityCheck.Sequence));
        Assert.Equal(new QualityCount(QualityCheck.StuckValue, 0, 22, 48, 4), CountOf(result, QualityCheck.StuckValue));
    }

    [Fact]
    public void A_late_reading_is_judged_by_what_it_says_itself()
    {
        JudgedSite site = new JudgedSite().Reports(0, 1).Reports(2, 1);
        site.Record(Report(Interval(1), 4, Giving(1)), Interval(1).EndUnixSeconds + 601);
        site.Record(Report(Interval(3), 5, Giving(3)), Interval(4).EndUnixSeconds);
        QualityResult result = site.Judge();

        Assert.Equal(2, CountOf(result, QualityCheck.Freshness).Warn);
        Assert.Equal(new QualityCount(QualityCheck.StateOfChargeContinuity, 3, 1, 0, 0), CountOf(result, QualityCheck.StateOfChargeContinuity));
        Assert.Equal(new QualityCount(QualityCheck.StuckValue, 2, 6, 0, 0), CountOf(result, QualityCheck.StuckValue));
    }

    [Fact]
    public void A_battery_that_does_not_follow_is_marked_with_its_command()
    {
        var site = new JudgedSite();
        for (int index = 0; index < 4; index++)
        {
            var command = new BatterySetpoint(Battery, index == 0 ? 2_400 : 0, index == 0 ? StorageMode.Discharge : StorageMode.Idle);
            site.Record(new ControlCommand(Interval(index), ControlReason.Scheduled, null, [command]), Interval(index).StartUnixSeconds);
            site.Reports(index, 1);
        }

        AttestationRow row = Assert.Single(site.Judge().Rows);
        Assert.Equal((QualityCheck.CommandFollowing, QualityVerdict.Warn, 2_400, 250), (row.Check, row.Verdict, row.Residual, row.Threshold));
        Assert.Equal((site.Entries[7].RecordHash, 1), (row.Record, row.Inputs.Length));
        Assert.Contains(row.Inputs[0], site.Entries.Where(entry => entry.Record is ControlCommand).Select(entry => entry.RecordHash));
    }

    [Theory]
    [InlineData(1_400, QualityVerdict.Pass)]
    [InlineData(2_400, QualityVerdict.Pass)]
    [InlineData(2_401, QualityVerdict.Fail)]
    public void Meters_are_held_against_what_the_aggregator_declares(long declaredW, QualityVerdict expected)
    {
        var declared = new AggregateReading(Samples.Aggregator, new("FEEDER"), Interval(1).StartUnixSeconds, declaredW, HashOf(7));
        QualityResult result = new JudgedSite().Reports(0, 3).Judge(null, null, declared);

        QualityCount count = CountOf(result, QualityCheck.AggregateReconciliation);
        Assert.Equal((1, expected == QualityVerdict.Fail ? 1 : 0), (count.Evaluated, count.Fail));
        Assert.All(result.Rows, row => Assert.Equal((HashOf(7), "FEEDER"), (row.Record, row.Resource.Value)));
    }

    [Fact]
    public void An_aggregate_is_not_judged_where_a_meter_is_missing()
    {
        var declared = new AggregateReading(Samples.Aggregator, new("FEEDER"), Interval(0).StartUnixSeconds, 0, HashOf(7));
        Telemetry half = Report(new MarketInterval(Samples.Noon, 150), 1, Giving(0));
        Assert.Equal(1, CountOf(new JudgedSite().Record(half).Judge(null, null, declared), QualityCheck.AggregateReconciliation).NotEvaluated);
    }

    [Fact]
    public void What_came_long_before_the_period_makes_no_difference()
    {
        var period = new MarketInterval(Interval(400).StartUnixSeconds, 3_600);
        QualityResult From(int first)
        {
            var site = new JudgedSite();
            for (int index = first; index < 412; index++)
                site.Record(Report(index, Giving(index % 50) with { PowerW = index % 7 }));

            return site.Judge(period);
        }

        QualityResult all = From(0);
        QualityResult fewer = From(112);
        QualityResult tooFew = From(400);

        Assert.Equal(12, all.Scope.EvaluatedRecords);
        Assert.Equal(all.Scope.VerdictRoot, fewer.Scope.VerdictRoot);
        Assert.NotEqual(all.Scope.VerdictRoot, tooFew.Scope.VerdictRoot);
    }

    [Fact]
    public void A_period_without_records_has_an_empty_root()
    {
        QualityResult result = new JudgedSite().Judge();
        Assert.Equal((0, Keccak256.OfEmpty), (result.Scope.EvaluatedRecords, result.Scope.VerdictRoot));
        Assert.Throws<ArgumentException>(() => new JudgedSite().Judge(new MarketInterval(0, 0)));
    }

    [Fact]
    public void A_compact_reading_is_judged_with_the_nameplate_it_refers_to()
    {
        Telemetry Compact(int index, int version) => new(
            Interval(index),
            (ulong)index + 1,
            Interval(index).EndUnixSeconds,
            TelemetryQuality.Good,
            [
                new MeterReading(Meter, 1_400),
                new CompactBatteryReading(Battery, version, index == 2 ? 700_000 : Giving(index).SocPpm, 2_400, StorageMode.Discharge),
            ]);

        QualityResult result = new JudgedSite().Record(Compact(0, 1)).Record(Compact(1, 1)).Record(Compact(2, 1)).Judge();
        AttestationRow row = Assert.Single(result.Rows);
        Assert.Equal((QualityCheck.StateOfChargeContinuity, 121_052), (row.Check, row.Residual));

        result = new JudgedSite().Record(Compact(0, 2)).Judge();
        row = Assert.Single(result.Rows);
        Assert.Equal((Battery, QualityCheck.SchemaAndRange, QualityVerdict.Fail), (row.Resource, row.Check, row.Verdict));
        Assert.Equal((0, 2), (CountOf(result, QualityCheck.PowerLimits).Evaluated, CountOf(result, QualityCheck.SiteBalance).NotEvaluated));
    }

    [Fact]
    public void A_correction_is_judged_by_what_it_says_itself()
    {
        JudgedSite site = new JudgedSite().Reports(0, 3);
        Telemetry better = Report(Interval(1), 2, Giving(1) with { PowerW = 5_800 });
        site.Record(new Correction(site.Entries[1].RecordHash, 1, CorrectionReason.MeasurementFault, better), Interval(9).EndUnixSeconds);
        QualityResult result = site.Judge();

        Assert.Equal(4, result.Scope.EvaluatedRecords);
        Assert.All(result.Rows, row => Assert.Equal(site.Entries[3].RecordHash, row.Record));
        Assert.Equal(
            [(Battery, QualityCheck.Freshness, QualityVerdict.Warn), (Battery, QualityCheck.PowerLimits, QualityVerdict.Fail), (Meter, QualityCheck.Freshness, QualityVerdict.Warn)],
            result.Rows.Select(row => (row.Resource, row.Check, row.Verdict)));
        Assert.Equal(4, CountOf(result, QualityCheck.Sequence).NotEvaluated);
    }

    private static QualityCount CountOf(QualityResult result, QualityCheck check) => result.Counts.Single(count => count.Check == check);

    private static Hash256 HashOf(byte value)
    {
        var bytes = new byte[Hash256.Length];
        bytes[^1] = value;
        return Hash256.FromBytes(bytes);
    }
}
