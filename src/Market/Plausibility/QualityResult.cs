using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>How often a check came to which verdict. A check judges the readings it is about, one at a time.</summary>
/// <param name="Check">The check.</param>
/// <param name="NotEvaluated">There was not what it needs.</param>
/// <param name="Pass">Nothing against the reading.</param>
/// <param name="Warn">A warning.</param>
/// <param name="Fail">A failure.</param>
public sealed record QualityCount(QualityCheck Check, long NotEvaluated, long Pass, long Warn, long Fail)
{
    /// <summary>Readings that were judged.</summary>
    public long Evaluated => Pass + Warn + Fail;
}

/// <summary>The verdicts of all checks on a period's readings.</summary>
/// <param name="Scope">What was looked at, by which rules, and the root over every verdict.</param>
/// <param name="RepeatedRecords">Records that stood on the chain already, word for word; they are not judged again.</param>
/// <param name="Counts">One for each check, in order.</param>
/// <param name="Rows">Warnings and failures in ascending order of record, resource, check.</param>
public sealed record QualityResult(
    AttestationScope Scope, long RepeatedRecords, ImmutableArray<QualityCount> Counts, ImmutableArray<AttestationRow> Rows)
{
    /// <summary>The record that puts the verdicts on the chain.</summary>
    /// <returns>False where there are more rows than a record holds (<see cref="RecordRules.MaxRows"/>): a shorter period has fewer.</returns>
    public bool TryToAttestation([NotNullWhen(true)] out Attestation? attestation)
    {
        attestation = Rows.Length <= RecordRules.MaxRows ? new Attestation(Scope, Rows) : null;
        return attestation is not null;
    }
}
