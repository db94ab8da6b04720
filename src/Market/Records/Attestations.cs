using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>A check of data quality, Q01 to Q19 (docs/spec/market.md, 3). The values are on the chain and never change.</summary>
public enum QualityCheck : byte
{
    /// <summary>Q01: every field is inside its range.</summary>
    SchemaAndRange = 1,

    /// <summary>Q02: the interval lies on the grid.</summary>
    IntervalAlignment = 2,

    /// <summary>Q03: the block came soon after the interval.</summary>
    Freshness = 3,

    /// <summary>Q04: the device's clock agrees with the block's.</summary>
    ClockSkew = 4,

    /// <summary>Q05: sequence numbers ascend; no payload comes twice for different intervals.</summary>
    Sequence = 5,

    /// <summary>Q06: the reading is not stuck.</summary>
    StuckValue = 6,

    /// <summary>Q07: power is within its limits.</summary>
    PowerLimits = 7,

    /// <summary>Q08: mode and power agree.</summary>
    ModeConsistency = 8,

    /// <summary>Q09: state of charge is within its bounds.</summary>
    StateOfChargeBounds = 9,

    /// <summary>Q10: state of charge follows from the power.</summary>
    StateOfChargeContinuity = 10,

    /// <summary>Q11: no solar power at night.</summary>
    SolarAtNight = 11,

    /// <summary>Q12: solar power is below nameplate and clear sky.</summary>
    SolarCeiling = 12,

    /// <summary>Q13: indoor temperature follows from the thermal model.</summary>
    ThermalModel = 13,

    /// <summary>Q14: power of an air conditioner is within its rating, outdoor temperature near the fleet's.</summary>
    AirConditionerPower = 14,

    /// <summary>Q15: devices and meter of a site agree.</summary>
    SiteBalance = 15,

    /// <summary>Q16: the device does what it was told.</summary>
    CommandFollowing = 16,

    /// <summary>Q17: the reading is not far from those of its peers.</summary>
    PeerOutlier = 17,

    /// <summary>Q18: meters agree with the aggregate.</summary>
    AggregateReconciliation = 18,

    /// <summary>Q19: power changes no faster than registered.</summary>
    Ramp = 19,
}

/// <summary>What a check found.</summary>
public enum QualityVerdict : byte
{
    /// <summary>There was not what the check needs.</summary>
    NotEvaluated = 0,

    /// <summary>Nothing against the reading.</summary>
    Pass = 1,

    /// <summary>The reading is used, and marked.</summary>
    Warn = 2,

    /// <summary>The reading is no evidence; it stays on the chain.</summary>
    Fail = 3,
}

/// <summary>Unit of a residual and its threshold.</summary>
public enum QualityUnit : byte
{
    /// <summary>A number without a unit.</summary>
    None = 0,

    /// <summary>Seconds.</summary>
    Seconds = 1,

    /// <summary>Watts.</summary>
    Watts = 2,

    /// <summary>Parts per million.</summary>
    PartsPerMillion = 3,

    /// <summary>Thousandths of a degree Celsius.</summary>
    MilliCelsius = 4,

    /// <summary>A count of things.</summary>
    Count = 5,
}

/// <summary>One parameter of the checks.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Value">Its value, in the parameter's unit.</param>
public sealed record QualityParameterRow(QualityParameter Parameter, long Value);

/// <summary>The parameters that data quality is judged by. ISO to itself; a later version takes the place of an earlier one.</summary>
/// <param name="version">Number of the version, ≥ 1.</param>
/// <param name="rows">Parameters that differ from their defaults or repeat them, in ascending order.</param>
public sealed class QualityRuleSet(int version, ImmutableArray<QualityParameterRow> rows) : MarketRecord(RecordKind.QualityRuleSet)
{
    /// <summary>Number of the version.</summary>
    public int Version { get; } = version;

    /// <summary>Parameters in ascending order.</summary>
    public ImmutableArray<QualityParameterRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>What one check found against one reading: only warnings and failures have rows.</summary>
/// <param name="Record">Hash of the record that holds the reading.</param>
/// <param name="Resource">The device.</param>
/// <param name="Check">The check.</param>
/// <param name="Verdict"><see cref="QualityVerdict.Warn"/> or <see cref="QualityVerdict.Fail"/>.</param>
/// <param name="Residual">By how much the reading is off, in the unit.</param>
/// <param name="Threshold">What it was compared with, in the unit.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Inputs">Hashes of the other records that the check looked at, at most 4.</param>
public sealed record AttestationRow(
    Hash256 Record,
    ResourceId Resource,
    QualityCheck Check,
    QualityVerdict Verdict,
    long Residual,
    long Threshold,
    QualityUnit Unit,
    ImmutableArray<Hash256> Inputs);

/// <summary>What an attestation is about, and how its verdicts can be made again.</summary>
/// <param name="RuleSetVersion">Version of the rule set; 0 for the defaults.</param>
/// <param name="EvaluatedAtBlock">Last block whose records were looked at.</param>
/// <param name="Period">The readings' intervals start in this period.</param>
/// <param name="EvaluatedRecords">Records of telemetry that were looked at.</param>
/// <param name="VerdictRoot">Merkle root over every verdict, passes included (docs/spec/market.md, 3).</param>
public sealed record AttestationScope(
    int RuleSetVersion, ulong EvaluatedAtBlock, MarketInterval Period, int EvaluatedRecords, Hash256 VerdictRoot);

/// <summary>Verdicts on the data quality of a period's readings. Anyone who runs the same rules over the same records gets the same. Auditor or ISO.</summary>
/// <param name="scope">What it is about.</param>
/// <param name="rows">Warnings and failures in ascending order of record, resource, check; possibly none.</param>
public sealed class Attestation(AttestationScope scope, ImmutableArray<AttestationRow> rows) : MarketRecord(RecordKind.Attestation)
{
    /// <summary>What it is about.</summary>
    public AttestationScope Scope { get; } = scope;

    /// <summary>Warnings and failures.</summary>
    public ImmutableArray<AttestationRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}
