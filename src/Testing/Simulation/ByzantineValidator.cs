namespace DerChain.Testing.Simulation;

/// <summary>What a validator with a valid key does wrong.</summary>
[Flags]
public enum ByzantineBehaviour
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It seals two blocks of one height and shows one half of the others the first, the other half the second.</summary>
    Equivocation = 1,

    /// <summary>It keeps a block back for up to ten slots.</summary>
    Withholding = 2,

    /// <summary>It sends blocks, properly sealed, whose difficulty is not the one of its turn.</summary>
    WrongDifficulty = 4,

    /// <summary>It sends blocks, properly sealed, that are younger than their parent by less than the period.</summary>
    EarlyTimestamp = 8,

    /// <summary>Its blocks vote for accounts that nobody knows.</summary>
    VoteSpam = 16,
}

/// <summary>A validator that breaks rules until the faults heal.</summary>
/// <param name="Index">Index of the validator.</param>
/// <param name="Behaviours">What it does.</param>
/// <param name="PerMille">How many of a thousand of its blocks it abuses, for each behaviour.</param>
public sealed record ByzantineValidator(int Index, ByzantineBehaviour Behaviours, int PerMille = 200);
