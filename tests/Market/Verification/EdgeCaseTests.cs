using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>The edge cases of docs/spec/market.md, 2.7, that concern the records: revisions, silence, membership, versions, bids.</summary>
public sealed class EdgeCaseTests
{
    private static readonly MeterReading Import = new(MiniDay.Meter, -20_000);

    [Fact]
    public void A_correction_in_time_takes_the_place_of_energy_and_evidence()
    {
        MiniDay records = Day(out Hash256 first);
        DayResult day = Correct(records, first, 1, MiniDay.Interval(3).EndUnixSeconds + 600).Verify();

        Assert.Empty(day.Problems);
        Assert.Equal((-30.0, 0.0), (day.Intervals[3].Energy.MeteredKw, day.Intervals[3].Reserve.ShownKw));
        Assert.Equal((-20.0, 10.0), (day.Intervals[4].Energy.MeteredKw, day.Intervals[4].Reserve.ShownKw));
    }

    [Fact]
    public void A_correction_after_the_observation_time_changes_energy_alone()
    {
        MiniDay records = Day(out Hash256 first);
        DayResult day = Correct(records, first, 1, MiniDay.Interval(3).EndUnixSeconds + 601).Verify();

        Assert.Equal(VerificationRule.LateTelemetry, Assert.Single(day.Problems).Rule);
        Assert.Equal((-30.0, 10.0), (day.Intervals[3].Energy.MeteredKw, day.Intervals[3].Reserve.ShownKw));
    }

    [Fact]
    public void Late_evidence_counts_where_the_policy_allows_it()
    {
        MiniDay records = Day(out Hash256 first);
        DayResult day = Correct(records, first, 1, MiniDay.Interval(3).EndUnixSeconds + 601).Verify(new VerificationOptions { AllowLateEvidence = true });

        Assert.Equal((-30.0, 0.0), (day.Intervals[3].Energy.MeteredKw, day.Intervals[3].Reserve.ShownKw));
    }

    [Fact]
    public void The_highest_revision_counts_and_the_same_number_twice_is_a_conflict()
    {
        MiniDay records = Day(out Hash256 first);
        long inTime = MiniDay.Interval(3).EndUnixSeconds + 10;
        DayResult day = Correct(Correct(Correct(records, first, 1, inTime), first, 3, inTime, -40_000), first, 2, inTime, -50_000).Verify();

        Assert.Equal(VerificationRule.Conflict, Assert.Single(day.Problems).Rule);
        Assert.Equal(-40.0, day.Intervals[3].Energy.MeteredKw);
    }

    [Fact]
    public void A_correction_after_the_deadline_of_what_is_not_there_or_by_another_does_not_count()
    {
        MiniDay records = Day(out Hash256 first);
        long inTime = MiniDay.Interval(3).EndUnixSeconds + 10;
        Correct(records, first, 1, MiniDay.Interval(3).EndUnixSeconds + 432_001);
        Correct(records, Samples.HashOf(9), 1, inTime);
        DayResult day = records.Record(CorrectionOf(first, 1, -30_000), MiniDay.Neighbour, Samples.Aggregator, inTime).Verify();

        Assert.Equal(
            [VerificationRule.LateCorrection, VerificationRule.UnknownCorrected, VerificationRule.ForeignCorrection],
            day.Problems.Select(problem => problem.Rule));
        Assert.Equal((-20.0, 10.0), (day.Intervals[3].Energy.MeteredKw, day.Intervals[3].Reserve.ShownKw));
    }

    [Fact]
    public void What_an_attestation_fails_is_treated_as_missing_and_what_it_warns_of_is_used()
    {
        DayResult With(QualityVerdict verdict)
        {
            MiniDay records = Day(out Hash256 first);
            var finding = new AttestationRow(first, MiniDay.Battery, QualityCheck.PowerLimits, verdict, 1, 0, QualityUnit.Watts, []);
            var attestation = new Attestation(new(0, 1, new(Samples.Noon, 7_200), 24, default), [finding]);
            return records.Record(attestation, Samples.SystemOperator, Samples.SystemOperator, Samples.Noon + 8_000).Verify();
        }

        Assert.Equal((0.0, -20.0), (With(QualityVerdict.Fail).Intervals[3].Reserve.ShownKw, With(QualityVerdict.Fail).Intervals[3].Energy.MeteredKw));
        Assert.Equal(10.0, With(QualityVerdict.Warn).Intervals[3].Reserve.ShownKw);
        Assert.Empty(With(QualityVerdict.Fail).Problems);
    }

    [Fact]
    public void A_silent_meter_keeps_its_last_level_for_two_intervals()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Report(0, 6, MiniDay.Idle).Report(10, 14, MiniDay.Idle).Verify();

        Assert.Equal([-20.0, -20.0, -20.0, 0.0, 0.0, -20.0], day.Intervals[5..11].Select(interval => interval.Energy.MeteredKw));
        Assert.Equal([false, true, true, false, false, false], day.Intervals[5..11].Select(interval => interval.IsEstimated));
        Assert.All(day.Intervals[6..10], interval => Assert.Equal(EnergyVerdict.NotVerifiable, interval.Energy.Verdict));
        Assert.Equal(-20_000L * 300, day.SettlementIntervals[6].MeteredWattSeconds);
    }

    [Fact]
    public void A_late_meter_is_energy_and_a_late_battery_nothing()
    {
        MarketInterval late = MiniDay.Interval(6);
        DayResult day = new MiniDay().Awards().Dispatches().Report(0, 6, MiniDay.Idle).Report(7, 17, MiniDay.Idle)
            .ReportAt(late, late.EndUnixSeconds + 601, new MeterReading(MiniDay.Meter, -25_000), MiniDay.Idle).Verify();

        Assert.Equal((-25.0, 0.0, false), (day.Intervals[6].Energy.MeteredKw, day.Intervals[6].Reserve.ShownKw, day.Intervals[6].IsEstimated));
        Assert.Equal(VerificationRule.LateTelemetry, Assert.Single(day.Problems).Rule);
    }

    [Fact]
    public void A_prosumer_that_leaves_counts_until_it_does()
    {
        DayResult day = new MiniDay
        {
            Registrations =
            [
                new ParticipantRegistration([new(Samples.Prosumer, new("R001"), ParticipantRole.Prosumer, null, MiniDay.Interval(12).StartUnixSeconds)]),
            ],
        }.Awards().Dispatches().Report(0, 24, MiniDay.Idle).Verify();

        Assert.Equal((-20.0, 0.0), (day.Hours[0].ActualKw, day.Hours[1].ActualKw));
        Assert.Equal((10.0, 0.0), (day.Hours[0].ShownReserveKw, day.Hours[1].ShownReserveKw));
        Assert.Equal(12, day.Problems.Count(problem => problem.Rule == VerificationRule.NotOfTheAggregation));
    }

    [Fact]
    public void A_revoked_device_is_not_counted_from_then_on()
    {
        DayResult day = new MiniDay
        {
            Registrations =
            [
                new ResourceRegistration(
                    [new(MiniDay.Battery, ResourceKind.Battery, Samples.Prosumer, 10_000, 2, MiniDay.Interval(3).StartUnixSeconds + 1, IsRevoked: true)]),
            ],
        }.Awards().Dispatches().Report(0, 24, MiniDay.Idle).Verify();

        // Of the interval it was revoked in, the version at its start holds.
        Assert.Equal([10.0, 0.0], day.Intervals[3..5].Select(interval => interval.Reserve.ShownKw));
        Assert.Equal(20, day.Problems.Count(problem => problem.Rule == VerificationRule.NotOfTheAggregation));
    }

    [Fact]
    public void Compact_readings_give_the_same_verdicts_and_name_the_version_in_force()
    {
        var parameters = new BatteryParameters(
            MiniDay.Idle.CapacityWh, MiniDay.Idle.OneWayEfficiencyPpm, MiniDay.Idle.SocMinPpm, MiniDay.Idle.SocMaxPpm, MiniDay.Idle.MaxDischargeW, MiniDay.Idle.MaxChargeW);
        MiniDay records = new MiniDay
        {
            Registrations = [new ResourceRegistration([new(MiniDay.Battery, ResourceKind.Battery, Samples.Prosumer, 10_000, 2, 1, false, parameters)])],
        }.Awards().Dispatches();
        for (int index = 0; index < MiniDay.Intervals; index++)
            records.Report(MiniDay.Interval(index), Import, new CompactBatteryReading(MiniDay.Battery, index == 5 ? 1 : 2, 600_000, 0, StorageMode.Idle));
        DayResult day = records.Verify();

        Assert.Equal(VerificationRule.WrongVersion, Assert.Single(day.Problems).Rule);
        Assert.Equal([10.0, 0.0, 10.0], day.Intervals[4..7].Select(interval => interval.Reserve.ShownKw));
    }

    [Fact]
    public void An_export_limit_bounds_the_reserve_of_the_devices_behind_it()
    {
        DayResult day = new MiniDay
        {
            AwardW = 5_000,
            Registrations = [new ResourceRegistration([new(MiniDay.Meter, ResourceKind.Meter, Samples.Prosumer, 0, 2, 1, false, new MeterParameters(4_000))])],
        }.Awards().Dispatches().Report(MiniDay.Interval(0), new MeterReading(MiniDay.Meter, 1_000), MiniDay.Idle)
            .Report(MiniDay.Interval(1), Import, MiniDay.Idle).Verify();

        Assert.Equal([3.0, 10.0], day.Intervals[..2].Select(interval => interval.Reserve.ShownKw));
    }

    [Fact]
    public void The_vehicle_at_the_end_of_an_interval_stands_for_it()
    {
        var station = new ResourceId("EV");
        VehicleState vehicle = Samples.Vehicle with { ExpectedDepartureUnixSeconds = null, SocMinPpm = 0 };
        var full = new ChargingStationReading(station, 7_000, 7_000, 0, StorageMode.Idle, vehicle with { SocPpm = 900_000 });
        var empty = full with { Vehicle = vehicle with { SessionId = 8, SocPpm = 0 } };
        MiniDay records = new MiniDay
        {
            Registrations = [new ResourceRegistration([new(station, ResourceKind.ChargingStation, Samples.Prosumer, 7_000)])],
        }.Awards();
        for (int minute = 0; minute < 10; minute++) records.Report(MiniDay.Minute(minute), minute is < 2 or >= 8 ? full : empty);
        DayResult day = records.Verify();

        // Interval 0 ends with the empty one, interval 1 with the full one, whose session the first vehicle took up again.
        Assert.Equal([0.0, 7.0], day.Intervals[..2].Select(interval => interval.Reserve.ShownKw));
    }

    [Fact]
    public void Bids_and_awards_that_do_not_fit_are_named_and_change_no_verdict()
    {
        VerificationRule[] Rules(MiniDay records, long? gate = null) =>
            [.. records.Dispatches().Report(0, 24, MiniDay.Idle).Verify(new VerificationOptions { DayAheadGateUnixSeconds = gate }).Problems.Select(problem => problem.Rule).Distinct()];
        BidBlock block = Samples.Bid with { Interval = MiniDay.Hours[0], EnergyQuantityW = -10_000, SpinQuantityW = 10_000 };
        DayAheadBid BidOf(params BidBlock[] blocks) => new(MiniDay.Aggregation, [.. blocks]);
        MiniDay With(DayAheadBid bid) => new MiniDay().Record(bid, Samples.Aggregator, Samples.SystemOperator, 0).AwardsWithoutBid();

        Assert.Equal([VerificationRule.AwardWithoutBid], Rules(new MiniDay().AwardsWithoutBid()));
        Assert.Equal([VerificationRule.LateBid, VerificationRule.AwardWithoutBid], Rules(new MiniDay().Bid(501).AwardsWithoutBid(), 500));
        Assert.Empty(Rules(new MiniDay().Bid(500).AwardsWithoutBid(), 500));
        Assert.Equal([VerificationRule.MissingDayAheadAward, VerificationRule.BidWithoutAward], Rules(new MiniDay().Bid()).Order().Distinct());
        Assert.Equal([VerificationRule.IncompleteBid, VerificationRule.InconsistentAward, VerificationRule.AwardWithoutBid], Rules(With(BidOf(block))));
        Assert.Equal(
            [VerificationRule.BidPricesNotMonotone],
            Rules(With(BidOf(
                block, block with { Block = 2, EnergyPriceMicroUsdPerMWh = block.EnergyPriceMicroUsdPerMWh + 1 },
                block with { Interval = MiniDay.Hours[1], EnergyQuantityW = -20_000 }))));
    }

    [Fact]
    public void A_revised_bid_takes_the_place_of_the_first()
    {
        MiniDay records = new MiniDay { AwardW = 5_000 }.Bid();
        Hash256 first = records.LastHash;
        var revised = new DayAheadBid(
            MiniDay.Aggregation, [.. MiniDay.Hours.Select(hour => new BidBlock(hour, 1, 50_000_000, -20_000, 5_000_000, 4_000, null, null))]);
        records.Record(new Correction(first, 1, CorrectionReason.Revision, revised), Samples.Aggregator, Samples.SystemOperator, 0);
        DayResult day = records.AwardsWithoutBid().Dispatches().Report(0, 24, MiniDay.Idle).Verify();

        Assert.Equal([VerificationRule.InconsistentAward, VerificationRule.InconsistentAward], day.Problems.Select(problem => problem.Rule));
    }

    [Fact]
    public void A_corrected_award_takes_the_place_of_the_first()
    {
        MiniDay records = new MiniDay().Awards();
        Hash256 first = records.LastHash;
        var lower = new DayAheadAward(MiniDay.Aggregation, [new AwardRow(MiniDay.Hours[1], 50_000_000, -20_000, 5_000_000, 7_000)]);
        DayResult day = records.FromOperator(new Correction(first, 1, CorrectionReason.ClericalError, lower)).Dispatches().Report(0, 24, MiniDay.Idle).Verify();

        Assert.Empty(day.Problems);
        Assert.Equal([10.0, 7.0], day.Hours.Select(hour => hour.AwardedReserveKw));
    }

    [Fact]
    public void A_batch_whose_leaves_are_not_at_hand_is_a_problem()
    {
        DayResult day = new MiniDay().Awards()
            .Record(new TelemetryBatch(MiniDay.Aggregation, MiniDay.Interval(0), default, 2), Samples.Aggregator, Samples.SystemOperator, Samples.Noon).Verify();

        Assert.Equal(VerificationRule.MissingBatch, Assert.Single(day.Problems).Rule);
    }

    private static MiniDay Day(out Hash256 hashOfInterval3)
    {
        MiniDay records = new MiniDay().Awards().Dispatches().Report(0, 4, MiniDay.Idle);
        hashOfInterval3 = records.LastHash;
        return records.Report(4, 20, MiniDay.Idle);
    }

    private static Correction CorrectionOf(Hash256 first, int revision, long netPowerW) => new(
        first, revision, CorrectionReason.MeasurementFault,
        new Telemetry(
            MiniDay.Interval(3), 0, 0, TelemetryQuality.Good, [new MeterReading(MiniDay.Meter, netPowerW), MiniDay.Idle with { SocPpm = 100_000 }]));

    private static MiniDay Correct(MiniDay records, Hash256 first, int revision, long blockTime, long netPowerW = -30_000) =>
        records.Record(CorrectionOf(first, revision, netPowerW), Samples.Prosumer, Samples.Aggregator, blockTime);
}
