using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

public sealed class DayVerificationTests
{
    private static readonly BatteryReading Discharging = MiniDay.Idle with { PowerW = 8_000, Mode = StorageMode.Discharge };

    [Fact]
    public void A_day_as_awarded_and_dispatched_is_delivered_and_within()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Report(0, 24, MiniDay.Idle).Verify();

        Assert.Empty(day.Problems);
        Assert.Empty(day.ShortHours);
        Assert.All(day.Hours, hour =>
        {
            Assert.Equal(ReserveVerdict.Delivered, hour.Verdict);
            Assert.Equal((-20, -20, 10, 10, 10, 0),
                (hour.TradedKw, hour.ActualKw, hour.AwardedReserveKw, hour.ShownReserveKw, hour.DeliveredReserveKw, hour.ShortReserveKw));
            Assert.Equal((20, 20), (hour.AsConsumption().TradedKw, hour.AsConsumption().ActualKw));
        });
        Assert.All(day.Intervals, interval => Assert.Equal(EnergyVerdict.Within, interval.Energy.Verdict));
        Assert.Equal(Samples.Aggregator, day.Aggregator);
        Assert.Equal(new VerificationCounts(50, 48, 0, 0), day.Counts);
    }

    [Fact]
    public void Headroom_turned_into_energy_makes_a_short_hour_that_leads_to_the_device_and_its_record()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Report(0, 18, MiniDay.Idle).Report(18, 6, Discharging).Verify();

        Assert.Equal([2], day.ShortHours);
        HourResult hour = day.Hours[1];
        Assert.Equal((6.0, 6.0, 4.0, 6), (hour.ShownReserveKw, hour.DeliveredReserveKw, hour.ShortReserveKw, hour.ShortIntervals));
        ShortfallTrace trace = Assert.Single(day.Shortfalls);
        DeviceShortfall device = Assert.Single(trace.Worst);
        Assert.Equal((MiniDay.Battery, ShortfallCause.AlreadyDelivering), (device.Resource, device.Cause));
        Assert.Equal((10.0, 6.0, 4.0), (device.PotentialKw, device.ShownKw, device.UnavailableKw));
        Assert.Equal(MiniDay.Interval(18), device.WorstInterval);
        Assert.Equal(44UL, device.Evidence?.BlockNumber);
        Assert.Equal([new CauseTotal(ShortfallCause.AlreadyDelivering, 4.0)], trace.ByCause);
        Assert.Equal([new ResourceKindTotal(ResourceKind.Battery, 4.0)], trace.ByResourceKind);
        Assert.Equal(6, hour.IntervalsOutOfTolerance);
        Assert.Equal(8.0, hour.MaxDispatchErrorKw);
        Assert.Equal(4.0, hour.DeviationKw);
    }

    [Fact]
    public void Fifteen_minute_awards_add_to_the_obligation()
    {
        var award = new AwardRow(new(Samples.Noon, 900), 0, -20_000, 0, 4_000);
        DayResult day = new MiniDay().Awards().Dispatches()
            .FromOperator(new FifteenMinuteAward(MiniDay.Aggregation, [award])).Report(0, 24, MiniDay.Idle).Verify();

        Assert.Equal(11.0, day.Hours[0].AwardedReserveKw);
        Assert.Equal(1.0, day.Hours[0].ShortReserveKw);
        Assert.Equal([1], day.ShortHours);
        Assert.Equal((-20.0, 0.0), (day.QuarterHours[0].ScheduledKw, day.QuarterHours[0].DeviationKw));
        Assert.Null(day.QuarterHours[1].ScheduledKw);
    }

    [Fact]
    public void Silence_is_no_reserve_and_no_verdict()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Report(0, 12, MiniDay.Idle).Verify();

        Assert.Equal((10.0, ReserveVerdict.NotVerifiable), (day.Hours[1].ShortReserveKw, day.Hours[1].Verdict));
        Assert.Equal(12, day.Hours[1].IntervalsNotVerifiable);
        DeviceShortfall device = Assert.Single(Assert.Single(day.Shortfalls).Worst);
        Assert.Equal((ShortfallCause.MissingTelemetry, 10.0), (device.Cause, device.UnavailableKw));
        Assert.Null(device.Evidence);
    }

    [Fact]
    public void In_an_activation_reserve_is_the_response_against_the_level_before()
    {
        // Called for the half hour from minute 30: eight of the ten kilowatts awarded come.
        MiniDay records = new MiniDay().Awards().Dispatches().Activation("SR", 30, 30, 10_000).Report(0, 6, MiniDay.Idle);
        for (int minute = 30; minute < 60; minute++)
            records.Report(MiniDay.Minute(minute), new MeterReading(MiniDay.Meter, -12_000), Discharging);
        DayResult day = records.Report(12, 12, MiniDay.Idle).Verify();

        Assert.All(day.Intervals[6..12], interval => Assert.Equal((8.0, "SR"), (interval.Reserve.ShownKw, interval.Activation?.Value)));
        Assert.Equal((9.0, 1.0), (day.Hours[0].DeliveredReserveKw, day.Hours[0].ShortReserveKw));
        Assert.Equal([1], day.ShortHours);
        Assert.Equal(ShortfallCause.PartialResponse, Assert.Single(day.Shortfalls[0].Worst).Cause);
        DeliveryAssessment? delivery = Assert.Single(day.Activations).Delivery;
        Assert.NotNull(delivery);
        Assert.Equal((8.0, 8.0, 2.0), (delivery.TenMinuteResponseKw, delivery.CreditedKw, delivery.ShortfallKw));
    }

    [Fact]
    public void An_activation_that_starts_inside_an_interval_counts_each_minute_for_what_it_is()
    {
        // Called at minute 32: two minutes of headroom 10, then a response of 8.
        MiniDay records = new MiniDay().Awards().Dispatches().Activation("SR", 32, 13, 10_000).Report(0, 6, MiniDay.Idle);
        for (int minute = 30; minute < 45; minute++)
            records.Report(MiniDay.Minute(minute), new MeterReading(MiniDay.Meter, -20_000), minute < 32 ? MiniDay.Idle : Discharging);
        DayResult day = records.Verify();

        Assert.Equal((10 * 2 + 8 * 3) / 5.0, day.Intervals[6].Reserve.ShownKw, 1e-9);
        Assert.Equal(8.0, day.Intervals[7].Reserve.ShownKw, 1e-9);
    }

    [Fact]
    public void Five_minute_readings_verify_an_activation_too()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Activation("SR", 30, 30, 8_000)
            .Report(0, 6, MiniDay.Idle).Report(6, 6, Discharging).Report(12, 12, MiniDay.Idle).Verify();

        Assert.Equal((8.0, 0.0), (day.Activations[0].Delivery!.CreditedKw, day.Activations[0].Delivery!.ShortfallKw));
    }

    [Fact]
    public void Silent_minutes_of_an_activation_count_as_no_response()
    {
        MiniDay records = new MiniDay().Awards().Dispatches().Activation("SR", 30, 30, 10_000).Report(0, 6, MiniDay.Idle);
        for (int minute = 30; minute < 33; minute++)
            records.Report(MiniDay.Minute(minute), new MeterReading(MiniDay.Meter, -10_000), MiniDay.Idle with { PowerW = 10_000 });
        DayResult day = records.Verify();

        Assert.Equal(6.0, day.Intervals[6].Reserve.ShownKw, 1e-9);
        Assert.Equal(0.0, day.Intervals[7].Reserve.ShownKw);
        Assert.Null(day.Activations[0].Delivery);
    }

    [Fact]
    public void Minutes_that_are_missing_are_missing_telemetry()
    {
        MiniDay records = new MiniDay().Awards().Dispatches().Report(1, 23, MiniDay.Idle);
        for (int minute = 0; minute < 3; minute++) records.Report(MiniDay.Minute(minute), new MeterReading(MiniDay.Meter, -20_000), MiniDay.Idle);
        DayResult day = records.Verify();

        Assert.Equal((6.0, EnergyVerdict.NotVerifiable), (day.Intervals[0].Reserve.ShownKw, day.Intervals[0].Energy.Verdict));
        Assert.Equal([new CauseTotal(ShortfallCause.MissingTelemetry, 4.0 / 12)], Assert.Single(day.Shortfalls).ByCause);
    }

    [Fact]
    public void The_largest_numbers_that_records_may_hold_are_added_up()
    {
        MiniDay records = new MiniDay { AwardW = RecordRules.MaxPowerW }.Awards();
        for (int index = 0; index < MiniDay.Intervals; index++)
            records.Report(
                MiniDay.Interval(index),
                new MeterReading(MiniDay.Meter, -RecordRules.MaxPowerW),
                MiniDay.Idle with { CapacityWh = RecordRules.MaxEnergyWh, MaxDischargeW = RecordRules.MaxPowerW, PowerW = -RecordRules.MaxPowerW });
        DayResult day = records.Verify();

        Assert.Equal((-1e8, 2e8), (day.Hours[0].ActualKw, day.Hours[0].ShownReserveKw));
        Assert.Empty(day.ShortHours);
    }

    [Fact]
    public void The_same_reading_twice_is_ignored_and_a_different_one_is_a_conflict()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Report(0, 24, MiniDay.Idle).Report(3, 1, MiniDay.Idle)
            .Report(4, 1, MiniDay.Idle with { SocPpm = 100_000 }).Verify();

        // The meter said the same again, the battery another state of charge.
        VerificationProblem problem = Assert.Single(day.Problems);
        Assert.Equal((VerificationRule.Conflict, 51UL), (problem.Rule, problem.Location?.BlockNumber));
        Assert.Equal(3, day.Counts.RepeatedReadings);
        Assert.Empty(day.ShortHours);
    }

    [Fact]
    public void A_reading_counts_if_its_block_is_in_time()
    {
        MarketInterval interval = MiniDay.Interval(0);

        DayResult inTime = new MiniDay().Awards().ReportAt(interval, interval.EndUnixSeconds + 600, MiniDay.Idle).Verify();
        DayResult late = new MiniDay().Awards().ReportAt(interval, interval.EndUnixSeconds + 601, MiniDay.Idle).Verify();

        Assert.Equal((10.0, 0.0), (inTime.Intervals[0].Reserve.ShownKw, late.Intervals[0].Reserve.ShownKw));
        Assert.Equal(VerificationRule.LateTelemetry, Assert.Single(late.Problems).Rule);
    }

    [Fact]
    public void What_cannot_be_used_is_a_typed_problem()
    {
        var reading = new MeterReading(new("X"), 0);
        DayResult day = new MiniDay().Awards()
            .Report(MiniDay.Interval(0), reading)
            .Record(Samples.Telemetry(MiniDay.Idle), MiniDay.Neighbour, Samples.Aggregator, Samples.Noon)
            .Record(Samples.Telemetry(MiniDay.Idle), Samples.Aggregator, Samples.Aggregator, Samples.Noon)
            .Report(MiniDay.Interval(1), new MeterReading(MiniDay.Battery, 0))
            .Report(new MarketInterval(Samples.Noon + 1, 300), MiniDay.Idle)
            .Report(new MarketInterval(Samples.Noon, 600), MiniDay.Idle)
            .Report(MiniDay.Interval(2), MiniDay.Idle)
            .Report(MiniDay.Minute(11), MiniDay.Idle)
            .Activation("A", 30, 30, 1).Activation("A", 30, 30, 1).Activation("B", 50, 30, 1)
            .Record(new DayAheadAward(MiniDay.Aggregation, [Samples.Award(3_600)]), Samples.SystemOperator, Samples.Prosumer, Samples.Noon)
            .FromOperator(new DayAheadAward(MiniDay.Aggregation, [Samples.Award(3_600)]))
            .FromOperator(new DayAheadAward(MiniDay.Aggregation, [Samples.Award(3_600) with { Interval = new(Samples.Noon + 900, 3_600) }]))
            .Verify();

        Assert.Equal(
            [
                VerificationRule.UnknownResource, VerificationRule.ForeignResource, VerificationRule.NotOfTheAggregation, VerificationRule.WrongResourceKind,
                VerificationRule.MisalignedInterval, VerificationRule.MisalignedInterval, VerificationRule.Conflict,
                VerificationRule.OverlappingActivation, VerificationRule.ForeignAggregation, VerificationRule.Conflict,
                VerificationRule.MisalignedInterval,
            ],
            day.Problems.Select(problem => problem.Rule));
        Assert.Single(day.Activations);
    }

    [Fact]
    public void An_hour_without_award_is_named_and_not_applicable()
    {
        DayResult day = new MiniDay().Dispatches().Report(0, 24, MiniDay.Idle).Verify();

        Assert.Equal([VerificationRule.MissingDayAheadAward, VerificationRule.MissingDayAheadAward], day.Problems.Select(problem => problem.Rule));
        Assert.All(day.Hours, hour => Assert.Equal(ReserveVerdict.NotApplicable, hour.Verdict));
    }

    [Fact]
    public void Estimated_readings_are_energy_but_no_evidence_of_reserve()
    {
        MiniDay records = new MiniDay().Awards().Dispatches();
        for (int index = 0; index < MiniDay.Intervals; index++)
            records.Record(
                new Telemetry(MiniDay.Interval(index), 0, 0, TelemetryQuality.Estimated, [new MeterReading(MiniDay.Meter, -20_000), MiniDay.Idle]),
                Samples.Prosumer, Samples.Aggregator, MiniDay.Interval(index).EndUnixSeconds);
        DayResult day = records.Verify();

        Assert.Equal((-20.0, 0.0), (day.Hours[0].ActualKw, day.Hours[0].ShownReserveKw));
        Assert.Equal(EnergyVerdict.Within, day.Intervals[0].Energy.Verdict);
    }

    [Fact]
    public void Records_of_other_days_are_passed_over()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Report(0, 24, MiniDay.Idle)
            .Report(-1, 1, Discharging).Report(24, 1, Discharging).Activation("TOMORROW", 120, 10, 1).Verify();

        Assert.Empty(day.Problems);
        Assert.Empty(day.Activations);
        Assert.Equal((24, 8, 2), (day.Intervals.Length, day.QuarterHours.Length, day.Hours.Length));
    }

    [Fact]
    public void An_aggregation_that_no_record_is_about_is_misuse() =>
        Assert.Throws<ArgumentException>(() => new MiniDay().Report(0, 1, MiniDay.Idle).Verify());

    [Fact]
    public void Hours_that_do_not_follow_one_another_are_misuse() =>
        Assert.Throws<ArgumentException>(() => new DayTimeline([new(0, 3_600), new(7_200, 3_600)]));
}
