namespace DerChain.Market.Verification;

/// <summary>Verdict on the energy of one five-minute interval (docs/spec/market.md, 2.2).</summary>
public enum EnergyVerdict
{
    /// <summary>Too little telemetry, or no schedule to compare with.</summary>
    NotVerifiable = 0,

    /// <summary>The deviation is at most the tolerance.</summary>
    Within = 1,

    /// <summary>More was injected, or less withdrawn, than scheduled.</summary>
    Over = 2,

    /// <summary>Less was injected, or more withdrawn, than scheduled.</summary>
    Under = 3,
}

/// <summary>Metered against dispatched power of one five-minute interval.</summary>
/// <param name="MeteredKw">M: net power, mean over the interval; + injection.</param>
/// <param name="ScheduledKw">E^rtd + PS: dispatch and the reserve deployed on top of it, or null where there is no dispatch on the chain.</param>
/// <param name="ToleranceKw">tol: the deviation allowed.</param>
/// <param name="Coverage">Share of the expected meters that reported, by capacity; 0 to 1.</param>
/// <param name="Verdict">The verdict.</param>
public sealed record EnergyAssessment(double MeteredKw, double? ScheduledKw, double ToleranceKw, double Coverage, EnergyVerdict Verdict)
{
    /// <summary>DevRTD: metered less scheduled power, kW; 0 where there is no schedule.</summary>
    public double DeviationKw => ScheduledKw is { } scheduled ? MeteredKw - scheduled : 0;
}

/// <summary>Verification of energy (docs/spec/market.md, 2.2).</summary>
public static class EnergyVerification
{
    /// <summary>Compares metered with scheduled power. A deviation equal to the tolerance is within it.</summary>
    /// <param name="meteredKw">M, kW; + injection.</param>
    /// <param name="scheduledKw">E^rtd + PS in kW, or null where there is none.</param>
    /// <param name="dispatchedKw">E^rtd in kW, which the relative tolerance is taken of.</param>
    /// <param name="coverage">Share of the expected meters that reported, 0 to 1.</param>
    /// <param name="options">Tolerances.</param>
    public static EnergyAssessment Assess(
        double meteredKw, double? scheduledKw, double dispatchedKw, double coverage, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double toleranceKw = Math.Max(options.EnergyToleranceW / 1e3, options.EnergyTolerancePpm / 1e6 * Math.Abs(dispatchedKw));
        return new(meteredKw, scheduledKw, toleranceKw, coverage, Judge(meteredKw, scheduledKw, toleranceKw, coverage, options));
    }

    private static EnergyVerdict Judge(
        double meteredKw, double? scheduledKw, double toleranceKw, double coverage, VerificationOptions options)
    {
        // Powers are whole watts, so a nanowatt separates rounding from a deviation.
        const double Rounding = 1e-12;
        if (scheduledKw is not { } scheduled || coverage < options.MinimumCoverage) return EnergyVerdict.NotVerifiable;
        double deviationKw = meteredKw - scheduled;
        if (Math.Abs(deviationKw) <= toleranceKw + Rounding) return EnergyVerdict.Within;
        return deviationKw > 0 ? EnergyVerdict.Over : EnergyVerdict.Under;
    }
}
