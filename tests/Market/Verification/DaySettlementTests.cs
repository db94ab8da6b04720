using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Records;
using DerChain.Market.Settlement;
using DerChain.Market.Tests.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>What a verified day hands to its settlement (docs/spec/market.md, 2.6).</summary>
public sealed class DaySettlementTests
{
    private static readonly BatteryReading Discharging = MiniDay.Idle with { PowerW = 8_000, Mode = StorageMode.Discharge };

    [Fact]
    public void A_shortfall_is_charged_for_the_seconds_of_its_activation_in_each_interval()
    {
        // Called at minute 32: the battery gives 8 kW, but load rises by 3, so that 5 of the 10 called arrive.
        SettlementInterval[] intervals = [.. Called().Verify().SettlementIntervals];

        Assert.Equal(
            [0, 5_000 * 180, 5_000 * 300, 5_000 * 300, 0],
            intervals[5..10].Select(static interval => interval.UndeliveredWattSeconds));
        Assert.Equal(
            [(SettlementLine.EventCharge, -5_000L * 180), (SettlementLine.EventCharge, -5_000L * 300), (SettlementLine.EventCharge, -5_000L * 300)],
            intervals[6..9].SelectMany(static interval => SettlementLines.Of(interval, new SettlementOptions()))
                .Where(static line => line.Line is SettlementLine.EventCharge or SettlementLine.NoPay)
                .Select(static line => (line.Line, line.QuantityWattSeconds)));
    }

    [Fact]
    public void An_activation_that_is_not_delivered_forfeits_reserve_back_to_the_one_before()
    {
        // 5 of 10 kW at 5 dollars, for the half hour of the day before the call and for two intervals of the day before.
        EarlierInterval[] before =
        [
            EarlierInterval.At(new(Samples.Noon - 86_400, 300), 4_000, 5_000_000), EarlierInterval.At(new(Samples.Noon - 7_200, 300), 10_000, 5_000_000),
        ];
        DayResult day = Called().Verify();

        StatementLine charge = Retroactive(day, before, null);
        StatementLine sinceNoon = Retroactive(day, before, Samples.Noon);

        Assert.Equal(-(4_000 + 5_000 + 6 * 5_000) * 300L, charge.QuantityWattSeconds);
        Assert.Equal(SettlementAmount.Of(charge.QuantityWattSeconds, 5_000_000), charge.Amount);
        Assert.Equal(-6 * 5_000 * 300L, sinceNoon.QuantityWattSeconds);
        Assert.Equal(new(Samples.Noon + 32 * 60, 13 * 60), charge.Interval);
        Assert.Equal(day.SettlementIntervals[6].Evidence.Activation, Assert.Single(charge.Evidence));
    }

    [Fact]
    public void A_second_activation_of_the_day_looks_back_to_the_first_only()
    {
        // Both get 8 of 10 kW: from 12:30 to 12:45, and from 13:00 to 13:15.
        DayResult day = new MiniDay().Awards().Dispatches().Activation("first", 30, 15, 10_000).Activation("second", 60, 15, 10_000)
            .Report(0, 6, MiniDay.Idle).Report(6, 3, Discharging).Report(9, 3, MiniDay.Idle).Report(12, 3, Discharging).Report(15, 9, MiniDay.Idle).Verify();

        Assert.Equal(
            [-6 * 2_000 * 300L, -3 * 2_000 * 300L],
            DaySettlement.LinesOf(day, [], null, new SettlementOptions())
                .Where(static line => line.Line == SettlementLine.RetroactiveCharge).Select(static line => line.QuantityWattSeconds));
    }

    [Fact]
    public void The_lines_of_a_day_add_up_to_its_totals_and_make_its_statement()
    {
        DayResult day = Called().Verify();
        StatementLine[] lines = [.. DaySettlement.LinesOf(day, [], null, new SettlementOptions())];
        var subject = new StatementSubject(MiniDay.Aggregation, new(Samples.Noon, 7_200), 1, null);

        DayTotals totals = DayTotals.Of(lines);
        Assert.Equal(DayTotals.Of(day.SettlementIntervals) with { RetroactiveCharge = totals.RetroactiveCharge }, totals);
        Assert.Equal(-0.0125m, totals.RetroactiveCharge);
        Assert.Equal(totals.Total, new SettlementStatement(subject, lines).Total.Usd, 12);
    }

    [Fact]
    public void An_earlier_interval_that_lies_in_the_day_is_misuse()
    {
        DayResult day = Called().Verify();

        Assert.Throws<ArgumentException>(() =>
            DaySettlement.LinesOf(day, [EarlierInterval.At(MiniDay.Interval(0), 10_000, 5_000_000)], null, new SettlementOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => DaySettlement.LinesOf(day, [], null, new SettlementOptions { LookBackDays = -1 }));
    }

    [Fact]
    public void The_lines_name_award_dispatch_and_activation()
    {
        var activation = new ReserveActivation(MiniDay.Aggregation, new("SR"), new(Samples.Noon + 32 * 60, 13 * 60), 10_000);
        SettlementEvidence evidence = Called().Verify().SettlementIntervals[6].Evidence;

        Assert.Equal(HashOf(activation), evidence.Activation);
        Assert.Equal(
            HashOf(new DispatchInstruction(MiniDay.Aggregation, [new DispatchRow(MiniDay.Interval(6), 50_000_000, -20_000, 0, 0)])), evidence.Dispatch);
        Assert.NotNull(evidence.DayAhead);
        Assert.Null(evidence.FifteenMinute);
    }

    [Fact]
    public void An_activation_that_cannot_be_verified_is_charged_as_reserve_that_was_not_shown()
    {
        DayResult day = new MiniDay().Awards().Dispatches().Activation("SR", 30, 30, 10_000).Report(0, 6, MiniDay.Idle).Report(12, 12, MiniDay.Idle).Verify();

        Assert.Null(Assert.Single(day.Activations).Delivery);
        DayTotals totals = DayTotals.Of(day.SettlementIntervals);
        Assert.Equal((-0.025m, 0m), (totals.NoPay, totals.EventCharge));
    }

    [Theory]
    [InlineData(AwardSemantics.Incremental, 14.0)]
    [InlineData(AwardSemantics.Total, 4.0)]
    public void A_fifteen_minute_award_adds_to_the_obligation_or_is_the_obligation(AwardSemantics awards, double obligationKw)
    {
        var award = new AwardRow(new(Samples.Noon, 900), 0, -20_000, 0, 4_000);

        DayResult day = new MiniDay().Awards().Dispatches().FromOperator(new FifteenMinuteAward(MiniDay.Aggregation, [award]))
            .Report(0, 24, MiniDay.Idle).Verify(new VerificationOptions { Awards = awards });

        Assert.Equal((obligationKw, 10.0), (day.Intervals[0].Reserve.ObligationKw, day.Intervals[3].Reserve.ObligationKw));
    }

    [Theory]
    [InlineData(DeploymentSemantics.OnTopOfEnergy, -7.0)]
    [InlineData(DeploymentSemantics.IncludedInEnergy, 0.0)]
    public void Deployed_reserve_is_on_top_of_the_dispatch_or_a_part_of_it(DeploymentSemantics deployment, double deviationKw)
    {
        DayResult day = new MiniDay().Awards()
            .FromOperator(new DispatchInstruction(MiniDay.Aggregation, [new DispatchRow(MiniDay.Interval(0), 50_000_000, -20_000, 0, 7_000)]))
            .Report(0, 24, MiniDay.Idle).Verify(new VerificationOptions { Deployment = deployment });

        Assert.Equal(deviationKw, day.Intervals[0].Energy.DeviationKw);
    }

    [Fact]
    public void Options_that_mean_nothing_are_misuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VerificationOptions { Awards = (AwardSemantics)2 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new VerificationOptions { Deployment = (DeploymentSemantics)2 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new VerificationOptions { SustainRule = (SustainRule)2 }.Validate());
    }

    private static StatementLine Retroactive(DayResult day, EarlierInterval[] before, long? previousEnd) => Assert.Single(
        DaySettlement.LinesOf(day, before, previousEnd, new SettlementOptions()), static line => line.Line == SettlementLine.RetroactiveCharge);

    private static MiniDay Called()
    {
        MiniDay records = new MiniDay().Awards().Dispatches().Activation("SR", 32, 13, 10_000).Report(0, 6, MiniDay.Idle);
        for (int minute = 30; minute < 45; minute++)
            records.Report(
                MiniDay.Minute(minute), new MeterReading(MiniDay.Meter, minute < 32 ? -20_000 : -15_000), minute < 32 ? MiniDay.Idle : Discharging);
        return records;
    }

    private static Hash256 HashOf(MarketRecord record) => Keccak256.Hash(RecordCodec.Encode(record));
}
