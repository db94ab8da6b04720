namespace DerChain.Market.Settlement;

/// <summary>What deployed reserve is to the dispatched power of its interval.</summary>
public enum DeploymentSemantics
{
    /// <summary>On top of it.</summary>
    OnTopOfEnergy,

    /// <summary>A part of it.</summary>
    IncludedInEnergy,
}

/// <summary>Parameters of settlement. The defaults are those of docs/spec/market.md, 2.6.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record SettlementOptions
{
    /// <summary>A whole, in parts per million.</summary>
    internal const int Whole = 1_000_000;

    /// <summary>What a fifteen-minute award of reserve says; default <see cref="AwardSemantics.Incremental"/>.</summary>
    public AwardSemantics Awards { get; init; } = AwardSemantics.Incremental;

    /// <summary>What deployed reserve is to dispatched power; default <see cref="DeploymentSemantics.OnTopOfEnergy"/>.</summary>
    public DeploymentSemantics Deployment { get; init; } = DeploymentSemantics.OnTopOfEnergy;

    /// <summary>κ: what undelivered reserve is charged, as a multiple of what it was paid, parts per million; 0 to 10,000,000, default 1,000,000.</summary>
    public int PenaltyFactorPpm { get; init; } = Whole;

    /// <summary>Days before an event whose payment its shortfall can forfeit; 0 to 366, default 20.</summary>
    public int LookBackDays { get; init; } = 20;

    /// <summary>φ: share of the reserve payment that the aggregator keeps, parts per million; 0 to 1,000,000, default 0.</summary>
    public int FeePpm { get; init; }

    /// <summary>Checks every parameter against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public void Validate()
    {
        Require(Enum.IsDefined(Awards), Awards, nameof(Awards));
        Require(Enum.IsDefined(Deployment), Deployment, nameof(Deployment));
        Require(PenaltyFactorPpm is >= 0 and <= 10 * Whole, PenaltyFactorPpm, nameof(PenaltyFactorPpm));
        Require(LookBackDays is >= 0 and <= 366, LookBackDays, nameof(LookBackDays));
        Require(FeePpm is >= 0 and <= Whole, FeePpm, nameof(FeePpm));
    }

    private static void Require(bool isInRange, object value, string name)
    {
        if (!isInRange) throw new ArgumentOutOfRangeException(name, value, $"{name} is out of its range.");
    }
}
