using System.Collections.Immutable;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>Baselines by docs/spec/market.md, 2.4; golden values computed in Python.</summary>
public sealed class DeliveryBaselineTests
{
    private static readonly VerificationOptions Options = new();

    private static readonly ImmutableArray<double?> Days = [310, 290, 300, 305, 295, 300, 310, 290, 300, 300];

    private static readonly ImmutableArray<double?> Metered = [-300, -240, -192, -194, -208, -228, -240];

    [Theory]
    [InlineData(290, 300)]
    [InlineData(330, 341.3793103448276)]
    [InlineData(400, 360)]
    [InlineData(100, 240)]
    public void Ten_days_give_the_golden_baseline(double actualKw, double expectedKw)
    {
        DeliveryBaseline baseline = DeliveryBaseline.TenOfTen([.. Days.Select(static day => ImmutableArray.Create(day))], DeliveryBaseline.DayAdjustment(actualKw, 290));

        Assert.Equal(expectedKw, Assert.Single(baseline.LevelsKw)!.Value, 1e-9);
    }

    [Fact]
    public void Without_a_level_to_adjust_to_a_baseline_stays_as_it_is() => Assert.Equal(1, DeliveryBaseline.DayAdjustment(5, 0));

    [Fact]
    public void A_day_that_is_not_known_leaves_the_step_unknown()
    {
        DeliveryBaseline baseline = DeliveryBaseline.TenOfTen(
            [.. Days.Select(static (day, index) => ImmutableArray.Create(day, index == 4 ? null : day))], 1);

        Assert.Equal([300, null], baseline.LevelsKw);
    }

    [Fact]
    public void A_flat_baseline_at_the_level_before_gives_the_golden_delivery()
    {
        ImmutableArray<double?> flat = [.. Enumerable.Repeat<double?>(-300, 7)];

        foreach (DeliveryBaseline baseline in (DeliveryBaseline[])
            [
                DeliveryBaseline.ScheduledDispatch(flat),
                DeliveryBaseline.DeclaredLoad([.. flat.Select(static level => -level)]),
                DeliveryBaseline.ControlGroup(-300, -50, [.. Enumerable.Repeat<double?>(-50, 7)], 6),
                DeliveryBaseline.TenOfTen([.. Enumerable.Repeat(flat, 10)], 1),
            ])
        {
            DeliveryAssessment delivery = ActivationDelivery.AssessIntervals(Metered, 120, Options, baseline)!;

            Assert.Equal(baseline.Method, delivery.Baseline);
            Assert.Equal((108, 87.6), (delivery.TenMinuteResponseKw, Math.Round(delivery.SustainedKw!.Value, 9)));
            Assert.Equal(32.4, delivery.ShortfallKw, 1e-9);
        }

        Assert.Equal(BaselineMethod.PreEventLevel, ActivationDelivery.AssessIntervals(Metered, 120, Options)!.Baseline);
    }

    [Fact]
    public void A_load_that_rises_by_itself_hides_a_response_from_the_level_before_but_not_from_its_schedule()
    {
        // Load rises by 10 kW a step; 100 kW are delivered all the time.
        ImmutableArray<double?> dispatch = [.. Enumerable.Range(0, 7).Select(static step => (double?)(-300 - 10 * step))];
        ImmutableArray<double?> metered = [-300, .. dispatch.Skip(1).Select(static level => level + 100)];

        Assert.Equal(100, ActivationDelivery.AssessIntervals(metered, 100, Options, DeliveryBaseline.ScheduledDispatch(dispatch))!.CreditedKw, 1e-9);
        Assert.Equal(60, ActivationDelivery.AssessIntervals(metered, 100, Options)!.CreditedKw, 1e-9);
    }

    [Fact]
    public void A_control_group_moves_the_level_before_by_its_own_size() => Assert.Equal(
        [-300, -320, null],
        DeliveryBaseline.ControlGroup(-300, -50, [-50, -55, null], 4).LevelsKw);

    [Fact]
    public void Minutes_are_assessed_against_a_baseline_too()
    {
        ImmutableArray<double?> minutes = [-300, -300, .. Enumerable.Repeat<double?>(-200, 31)];
        ImmutableArray<double?> schedule = [.. Enumerable.Repeat<double?>(-280, 33)];

        DeliveryAssessment delivery = ActivationDelivery.AssessMinutes(minutes, 30, 100, Options, DeliveryBaseline.ScheduledDispatch(schedule))!;

        Assert.Equal((0, 80, 80, 20), (delivery.StartKw, delivery.ReachedKw, delivery.CreditedKw, delivery.ShortfallKw));
    }

    [Fact]
    public void A_baseline_that_is_not_known_after_ten_minutes_gives_no_verdict() => Assert.Null(
        ActivationDelivery.AssessIntervals(Metered, 120, Options, DeliveryBaseline.ScheduledDispatch([-300, -300, null, -300, -300, -300, -300])));

    [Fact]
    public void Levels_days_and_sizes_that_do_not_fit_are_misuse()
    {
        Assert.Throws<ArgumentException>(static () => ActivationDelivery.AssessIntervals(Metered, 120, Options, DeliveryBaseline.ScheduledDispatch([-300])));
        Assert.Throws<ArgumentException>(static () => DeliveryBaseline.TenOfTen([[300.0]], 1));
        Assert.Throws<ArgumentException>(static () => DeliveryBaseline.TenOfTen([.. Enumerable.Repeat<ImmutableArray<double?>>([1], 9), [1, 2]], 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => DeliveryBaseline.ControlGroup(-300, -50, [-50], 0));
    }
}
