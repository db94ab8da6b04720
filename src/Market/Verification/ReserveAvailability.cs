namespace DerChain.Market.Verification;

/// <summary>Verdict on the spinning reserve of one hour (docs/spec/market.md, 2.3).</summary>
public enum ReserveVerdict
{
    /// <summary>No reserve was awarded.</summary>
    NotApplicable = 0,

    /// <summary>The reserve awarded was there, but for the shortfall tolerated.</summary>
    Delivered = 1,

    /// <summary>Less reserve was there than awarded.</summary>
    Short = 2,

    /// <summary>Less reserve was shown than awarded, and too little telemetry is on the chain to say that it was not there. No-Pay counts the shortfall all the same.</summary>
    NotVerifiable = 3,
}

/// <summary>Spinning reserve of one five-minute interval.</summary>
/// <param name="ObligationKw">SRobl: reserve awarded, day-ahead and fifteen-minute market together.</param>
/// <param name="ShownKw">SRavail: headroom, or in an activation the response of the controlled devices.</param>
public sealed record ReserveAssessment(double ObligationKw, double ShownKw)
{
    /// <summary>Deliverable: the reserve that counts towards the obligation, from 0 to the obligation.</summary>
    public double DeliverableKw => Math.Clamp(ShownKw, 0, ObligationKw);

    /// <summary>Short: the obligation less what is deliverable, ≥ 0.</summary>
    public double ShortKw => ObligationKw - DeliverableKw;

    /// <summary>True where a watt or more of the obligation is not shown. Records hold whole watts, so less is rounding.</summary>
    public bool IsShort => ShortKw >= 0.001;
}

/// <summary>Verification of the availability of spinning reserve (docs/spec/market.md, 2.3).</summary>
public static class ReserveAvailability
{
    /// <summary>The verdict on an hour.</summary>
    /// <param name="obligationKw">Mean obligation of the hour, kW ≥ 0.</param>
    /// <param name="shortKw">Mean shortfall of the hour, kW ≥ 0.</param>
    /// <param name="coverage">Share of the expected readings of controlled devices that are on the chain in time, 0 to 1.</param>
    /// <param name="options">Tolerance and least coverage.</param>
    public static ReserveVerdict Judge(double obligationKw, double shortKw, double coverage, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (obligationKw <= 0) return ReserveVerdict.NotApplicable;
        if (shortKw <= options.ShortfallTolerancePpm / 1e6 * obligationKw) return ReserveVerdict.Delivered;
        return coverage < options.MinimumCoverage ? ReserveVerdict.NotVerifiable : ReserveVerdict.Short;
    }
}
