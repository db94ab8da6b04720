using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>Verdicts of the golden hour 19 of docs/spec/market.md, 2.6, and the rules of 2.2 and 2.3.</summary>
public sealed class EnergyVerificationTests
{
    private static readonly VerificationOptions Options = new();

    [Theory]
    [InlineData(-306, -300, 9.0, EnergyVerdict.Within)]
    [InlineData(-326, -320, 9.6, EnergyVerdict.Within)]
    [InlineData(-230, -200, 6.0, EnergyVerdict.Under)]
    [InlineData(-212, -200, 6.0, EnergyVerdict.Under)]
    [InlineData(-270, -280, 8.4, EnergyVerdict.Over)]
    [InlineData(-309, -300, 9.0, EnergyVerdict.Within)]
    [InlineData(5, 0, 5.0, EnergyVerdict.Within)]
    [InlineData(5.001, 0, 5.0, EnergyVerdict.Over)]
    public void A_deviation_is_judged_by_the_larger_tolerance_inclusive(double metered, double scheduled, double tolerance, EnergyVerdict verdict)
    {
        EnergyAssessment energy = EnergyVerification.Assess(metered, scheduled, scheduled, 1, Options);

        Assert.Equal(verdict, energy.Verdict);
        Assert.Equal(tolerance, energy.ToleranceKw, 1e-9);
    }

    [Fact]
    public void Energy_without_schedule_or_with_too_few_meters_is_not_verifiable()
    {
        Assert.Equal(EnergyVerdict.NotVerifiable, EnergyVerification.Assess(-300, null, 0, 1, Options).Verdict);
        Assert.Equal(EnergyVerdict.NotVerifiable, EnergyVerification.Assess(-300, -300, -300, 0.949, Options).Verdict);
        Assert.Equal(EnergyVerdict.Within, EnergyVerification.Assess(-300, -300, -300, 0.95, Options).Verdict);
    }

    [Theory]
    [InlineData(0, 0, 1, ReserveVerdict.NotApplicable)]
    [InlineData(100, 2, 1, ReserveVerdict.Delivered)]
    [InlineData(100, 2.1, 1, ReserveVerdict.Short)]
    [InlineData(100, 2.1, 0.9, ReserveVerdict.NotVerifiable)]
    [InlineData(100, 0, 0.9, ReserveVerdict.Delivered)]
    public void An_hour_is_short_above_two_percent(double obligation, double shortKw, double coverage, ReserveVerdict verdict) =>
        Assert.Equal(verdict, ReserveAvailability.Judge(obligation, shortKw, coverage, Options));

    [Theory]
    [InlineData(120, 130, 120, 0)]
    [InlineData(120, 115, 115, 5)]
    [InlineData(120, -10, 0, 120)]
    public void Deliverable_is_from_zero_to_the_obligation(double obligation, double shown, double deliverable, double shortKw)
    {
        var reserve = new ReserveAssessment(obligation, shown);

        Assert.Equal((deliverable, shortKw), (reserve.DeliverableKw, reserve.ShortKw));
    }

    [Fact]
    public void An_option_out_of_its_range_is_misuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VerificationOptions { SustainSeconds = 0 }.Validate());
}
