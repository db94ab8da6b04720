using System.Collections.Immutable;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>In what an attestation differs from what its rules give.</summary>
public enum AttestationDifference
{
    /// <summary>In nothing.</summary>
    None,

    /// <summary>It names another version of the rules.</summary>
    RuleSetVersion,

    /// <summary>It counts another number of records.</summary>
    EvaluatedRecords,

    /// <summary>A row is wrong, missing or too many.</summary>
    Row,

    /// <summary>The rows agree, and the root over all verdicts does not: a verdict without a row differs.</summary>
    VerdictRoot,
}

/// <summary>What comes out where somebody runs an attestation's checks again.</summary>
/// <param name="Difference">The first difference.</param>
/// <param name="Claimed">The first row that differs, as attested; null where the attestation lacks it, or no row differs.</param>
/// <param name="Found">The same row as it was found; null where the attestation invents it, or no row differs.</param>
public sealed record AttestationReview(AttestationDifference Difference, AttestationRow? Claimed, AttestationRow? Found)
{
    /// <summary>True where the attestation is what its rules give.</summary>
    public bool Agrees => Difference == AttestationDifference.None;

    /// <summary>Runs the checks of an attestation again.</summary>
    /// <param name="attestation">The attestation.</param>
    /// <param name="entries">Records in chain order, as <see cref="QualityEvaluation.Run"/> takes them; those of blocks after the attestation's are passed
    /// over.</param>
    /// <param name="registry">The registry at the attestation's block.</param>
    /// <param name="rules">The rules of the version that it names.</param>
    /// <param name="aggregates">What it was given for Q18.</param>
    public static AttestationReview Check(
        Attestation attestation,
        IEnumerable<LedgerEntry> entries,
        Registry registry,
        QualityRules rules,
        ImmutableArray<AggregateReading> aggregates = default)
    {
        ArgumentNullException.ThrowIfNull(attestation);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(rules);
        AttestationScope claimed = attestation.Scope;
        if (claimed.RuleSetVersion != rules.Version)
            return new(AttestationDifference.RuleSetVersion, null, null);

        IEnumerable<LedgerEntry> known = entries.TakeWhile(entry => entry.Location.BlockNumber <= claimed.EvaluatedAtBlock);
        QualityResult found = QualityEvaluation.Run(known, registry, claimed.Period, rules, aggregates);
        if (claimed.EvaluatedRecords != found.Scope.EvaluatedRecords)
            return new(AttestationDifference.EvaluatedRecords, null, null);

        return CompareRows(attestation.Rows, found.Rows)
            ?? new(claimed.VerdictRoot == found.Scope.VerdictRoot ? AttestationDifference.None : AttestationDifference.VerdictRoot, null, null);
    }

    private static AttestationReview? CompareRows(ImmutableArray<AttestationRow> claimed, ImmutableArray<AttestationRow> found)
    {
        for (int index = 0; index < Math.Max(claimed.Length, found.Length); index++)
        {
            AttestationRow? one = index < claimed.Length ? claimed[index] : null;
            AttestationRow? other = index < found.Length ? found[index] : null;
            if (one is null || other is null || !AreSame(one, other))
                return new(AttestationDifference.Row, one, other);
        }

        return null;
    }

    private static bool AreSame(AttestationRow one, AttestationRow other) =>
        one with { Inputs = default } == other with { Inputs = default } && one.Inputs.AsSpan().SequenceEqual(other.Inputs.AsSpan());
}
