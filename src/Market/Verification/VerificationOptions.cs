using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>Parameters of verification. The defaults are those of docs/spec/market.md, 2.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record VerificationOptions
{
    /// <summary>D: how long reserve must be sustained, seconds; 60 to 86,400, default 1,800. 3,600 is the strict mode (docs/spec/market.md, 2.3).</summary>
    public int SustainSeconds { get; init; } = 1_800;

    /// <summary>Time in which reserve must be converted to energy, seconds; 0 to 3,600, default 600 (docs/spec/market.md, 2.3).</summary>
    public int RampSeconds { get; init; } = 600;

    /// <summary>T_obs: latest time of the block that holds a reading, seconds after the end of its interval; 0 to 86,400, default 600 (docs/spec/market.md, 2.7).</summary>
    public int ObservationSeconds { get; init; } = 600;

    /// <summary>Latest time of the block that holds a reading or a correction which still counts for energy, seconds after the end of the interval; 0 to
    /// 31,536,000, default 432,000: three business days and a weekend (docs/spec/market.md, 2.7).</summary>
    public int CorrectionSeconds { get; init; } = 432_000;

    /// <summary>True where readings later than <see cref="ObservationSeconds"/> are evidence of reserve too, until <see cref="CorrectionSeconds"/>.</summary>
    public bool AllowLateEvidence { get; init; }

    /// <summary>Intervals for which the last level of a silent meter stands for energy; 0 to 12, default 2 (docs/spec/market.md, 2.7).</summary>
    public int SubstitutedIntervals { get; init; } = 2;

    /// <summary>Gate closure of day-ahead bids, seconds since 1970-01-01T00:00:00Z: later bids do not count. Null where none is checked.</summary>
    public long? DayAheadGateUnixSeconds { get; init; }

    /// <summary>Gate closure of real-time bids before the start of their hour, seconds; 0 to 86,400, default 4,500 (docs/spec/market.md, 1.1).</summary>
    public int RealTimeGateSeconds { get; init; } = 4_500;

    /// <summary>τ_abs: absolute tolerance of energy, watts ≥ 0, default 5,000 (docs/spec/market.md, 2.2).</summary>
    public long EnergyToleranceW { get; init; } = 5_000;

    /// <summary>τ_rel: tolerance of energy relative to the schedule, parts per million; 0 to 1,000,000, default 30,000 (docs/spec/market.md, 2.2).</summary>
    public int EnergyTolerancePpm { get; init; } = 30_000;

    /// <summary>c_min: least share of the expected readings without which nothing is verified, parts per million; 0 to 1,000,000, default 950,000 (docs/spec/market.md, 2.2).</summary>
    public int MinimumCoveragePpm { get; init; } = 950_000;

    /// <summary>s_tol: shortfall of an hour that is tolerated, parts per million of its obligation; 0 to 1,000,000, default 20,000 (docs/spec/market.md, 2.3).</summary>
    public int ShortfallTolerancePpm { get; init; } = 20_000;

    /// <summary>Least ratio of sustained to ten-minute response for the latter to be credited, parts per million; default 950,000 (docs/spec/market.md, 2.4).</summary>
    public int SustainedResponsePpm { get; init; } = 950_000;

    /// <summary>What is credited where the response was not sustained; default <see cref="Verification.SustainRule.Mean"/> (docs/spec/market.md, 2.4).</summary>
    public SustainRule SustainRule { get; init; } = SustainRule.Mean;

    /// <summary>What a fifteen-minute award of reserve says; default <see cref="AwardSemantics.Incremental"/> (docs/spec/market.md, 2.6).</summary>
    public AwardSemantics Awards { get; init; } = AwardSemantics.Incremental;

    /// <summary>What deployed reserve is to dispatched power; default <see cref="DeploymentSemantics.OnTopOfEnergy"/> (docs/spec/market.md, 2.6).</summary>
    public DeploymentSemantics Deployment { get; init; } = DeploymentSemantics.OnTopOfEnergy;

    /// <summary>Most devices that are listed behind one short hour; at least 0, default 20. Totals cover all of them.</summary>
    public int WorstDevicesPerHour { get; init; } = 20;

    internal double SustainHours => SustainSeconds / 3600.0;

    internal double MinimumCoverage => MinimumCoveragePpm / 1e6;

    /// <summary>Checks every parameter against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public void Validate()
    {
        Require(SustainSeconds, 60, 86_400, nameof(SustainSeconds));
        Require(RampSeconds, 0, 3_600, nameof(RampSeconds));
        Require(ObservationSeconds, 0, 86_400, nameof(ObservationSeconds));
        Require(CorrectionSeconds, 0, 31_536_000, nameof(CorrectionSeconds));
        Require(SubstitutedIntervals, 0, 12, nameof(SubstitutedIntervals));
        Require(RealTimeGateSeconds, 0, 86_400, nameof(RealTimeGateSeconds));
        Require(EnergyToleranceW, 0, long.MaxValue, nameof(EnergyToleranceW));
        Require(EnergyTolerancePpm, 0, 1_000_000, nameof(EnergyTolerancePpm));
        Require(MinimumCoveragePpm, 0, 1_000_000, nameof(MinimumCoveragePpm));
        Require(ShortfallTolerancePpm, 0, 1_000_000, nameof(ShortfallTolerancePpm));
        Require(SustainedResponsePpm, 0, 1_000_000, nameof(SustainedResponsePpm));
        Require((int)SustainRule, (int)SustainRule.Mean, (int)SustainRule.EndLevel, nameof(SustainRule));
        Require((int)Awards, (int)AwardSemantics.Incremental, (int)AwardSemantics.Total, nameof(Awards));
        Require((int)Deployment, (int)DeploymentSemantics.OnTopOfEnergy, (int)DeploymentSemantics.IncludedInEnergy, nameof(Deployment));
        Require(WorstDevicesPerHour, 0, int.MaxValue, nameof(WorstDevicesPerHour));
    }

    private static void Require(long value, long min, long max, string name)
    {
        if (value < min || value > max) throw new ArgumentOutOfRangeException(name, value, $"{name} is not between {min} and {max}.");
    }
}
