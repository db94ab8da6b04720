namespace DerChain.Market.Confidentiality;

/// <summary>Why a sealed record cannot be read (docs/spec/evidence.md, 3).</summary>
public enum SealingError
{
    /// <summary>The record names no reader with this account.</summary>
    NotAReader = 1,

    /// <summary>The record was altered, or another account sent it than the one that sealed it.</summary>
    Tampered = 2,

    /// <summary>What was sealed is not the canonical payload of a record.</summary>
    NotCanonical = 3,

    /// <summary>What was sealed is a record of another kind than the one that is said.</summary>
    KindMismatch = 4,
}
