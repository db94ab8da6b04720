using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Validation;

namespace DerChain.Chain;

/// <summary>What became of a block that was offered for import.</summary>
public enum ImportOutcome
{
    /// <summary>The block is the new head.</summary>
    NewHead,

    /// <summary>The block is valid and stored on a side branch; the head is as before.</summary>
    SideBranch,

    /// <summary>The block is valid and stored, better than the head, and on a branch that leaves the chain below the final block: the head is as before, and
    /// an operator must decide (<see cref="Blockchain.FinalityConflict"/>).</summary>
    FinalityConflict,

    /// <summary>The block was stored before.</summary>
    AlreadyKnown,

    /// <summary>The block breaks a rule and was not stored.</summary>
    Rejected,
}

/// <summary>Result of an import: durable when it is returned.</summary>
/// <param name="Outcome">What became of the block.</param>
/// <param name="Verdict">The rule broken, where rejected.</param>
/// <param name="Abandoned">Blocks that left the canonical chain, from the old head down; their transactions belong back into the pool.</param>
/// <param name="Adopted">Blocks that joined the canonical chain, in ascending order of number.</param>
public sealed record ImportResult(
    ImportOutcome Outcome, ValidationResult Verdict, ImmutableArray<Block> Abandoned, ImmutableArray<Block> Adopted)
{
    internal static ImportResult Reject(ValidationResult verdict) => new(ImportOutcome.Rejected, verdict, [], []);

    internal static ImportResult Without(ImportOutcome outcome) => new(outcome, ValidationResult.Valid, [], []);
}
