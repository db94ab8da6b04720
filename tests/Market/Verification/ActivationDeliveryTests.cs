using System.Collections.Immutable;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>Golden values by docs/spec/market.md, 2.4, computed in Python.</summary>
public sealed class ActivationDeliveryTests
{
    private static readonly VerificationOptions Options = new();

    /// <summary>P₋₁ to P₃₀, and the minute after the end.</summary>
    private static ImmutableArray<double?> Minutes =>
    [
        -301, -300, -298, -285, -270, -255, -240, -225, -212, -200, -196, -192, -190,
        -191, -192, -192, -194, -196, -198, -200, -204, -208, -212, -216, -220, -224, -228, -232, -236, -240, -240, -240,
        -240,
    ];

    [Fact]
    public void Minute_data_gives_the_golden_delivery()
    {
        DeliveryAssessment? delivery = ActivationDelivery.AssessMinutes(Minutes, 30, 120, Options);

        Assert.NotNull(delivery);
        Assert.Equal((-301, -190, 111), (delivery.StartKw, delivery.ReachedKw, delivery.TenMinuteResponseKw));
        Assert.Equal(88.35, delivery.SustainedKw!.Value, 1e-9);
        Assert.Equal(88.35, delivery.CreditedKw, 1e-9);
        Assert.Equal(31.65, delivery.ShortfallKw, 1e-9);
        Assert.Equal(88.35, delivery.CappedKw, 1e-9);
    }

    [Fact]
    public void Five_minute_data_gives_the_golden_delivery()
    {
        DeliveryAssessment? delivery = ActivationDelivery.AssessIntervals([-300, -240, -192, -194, -208, -228, -240], 120, Options);

        Assert.NotNull(delivery);
        Assert.Equal(108, delivery.TenMinuteResponseKw, 1e-9);
        Assert.Equal(87.6, delivery.SustainedKw!.Value, 1e-9);
    }

    [Fact]
    public void The_end_level_rule_credits_the_golden_level_of_the_thirtieth_minute()
    {
        DeliveryAssessment? delivery = ActivationDelivery.AssessMinutes(Minutes, 30, 120, Options with { SustainRule = SustainRule.EndLevel });

        Assert.NotNull(delivery);
        Assert.Equal((111, 61, 59), (delivery.TenMinuteResponseKw, delivery.CreditedKw, delivery.ShortfallKw));
    }

    [Fact]
    public void The_end_level_rule_credits_no_more_than_was_there_after_ten_minutes()
    {
        ImmutableArray<double?> minutes = [.. Enumerable.Repeat<double?>(-300, 3), .. Enumerable.Repeat<double?>(-250, 12), .. Enumerable.Repeat<double?>(-150, 18)];

        Assert.Equal(50, ActivationDelivery.AssessMinutes(minutes, 30, 120, Options with { SustainRule = SustainRule.EndLevel })!.CreditedKw);
    }

    [Fact]
    public void A_sustained_response_is_credited_in_full_and_capped_at_the_request()
    {
        ImmutableArray<double?> minutes = [-300, -300, .. Enumerable.Repeat<double?>(-150, 31)];

        DeliveryAssessment? delivery = ActivationDelivery.AssessMinutes(minutes.SetItem(2, -300), 30, 120, Options);

        Assert.NotNull(delivery);
        Assert.Equal((150, 120, 0), (delivery.CreditedKw, delivery.CappedKw, delivery.ShortfallKw));
    }

    [Fact]
    public void A_short_activation_is_credited_by_its_last_minutes()
    {
        // Six minutes: P₅, P₆ and P₇ are the last three, the minute after the end included.
        DeliveryAssessment? delivery = ActivationDelivery.AssessMinutes([-300, -300, -290, -280, -270, -260, -250, -240, -245], 6, 120, Options);

        Assert.NotNull(delivery);
        Assert.Equal((-240, 60), (delivery.ReachedKw, delivery.CreditedKw));
        Assert.Null(delivery.SustainedKw);
    }

    [Fact]
    public void Without_the_level_before_or_after_there_is_no_verdict()
    {
        ImmutableArray<double?> noStart = Minutes.SetItem(0, null).SetItem(1, null).SetItem(2, null);
        ImmutableArray<double?> noEnd = Minutes.SetItem(10, null).SetItem(11, null).SetItem(12, null);

        Assert.Null(ActivationDelivery.AssessMinutes(noStart, 30, 120, Options));
        Assert.Null(ActivationDelivery.AssessMinutes(noEnd, 30, 120, Options));
        Assert.Null(ActivationDelivery.AssessIntervals([null, -240, -192, -194], 120, Options));
        Assert.Null(ActivationDelivery.AssessIntervals([-300], 120, Options));
    }

    [Fact]
    public void Minutes_that_do_not_match_the_duration_are_misuse() =>
        Assert.Throws<ArgumentException>(() => ActivationDelivery.AssessMinutes(Minutes, 29, 120, Options));
}
