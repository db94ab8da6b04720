using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of attestations and of the parameters they rest on (docs/spec/market.md, 3).</summary>
internal static class AttestationRules
{
    private const int MaxInputs = 4;

    public static RecordError? Check(QualityRuleSet rules) =>
        Range(NoRow, "Version", rules.Version, 1, int.MaxValue)
        ?? Rows(rules.Rows, static (row, parameter) => Known(row, "Parameter", Enum.IsDefined(parameter.Parameter), (int)parameter.Parameter),
            static (left, right) => ((byte)left.Parameter).CompareTo((byte)right.Parameter));

    public static RecordError? Check(Attestation attestation) =>
        Range(NoRow, "RuleSetVersion", attestation.Scope.RuleSetVersion, 0, int.MaxValue)
        ?? Interval(NoRow, "Period", attestation.Scope.Period)
        ?? Range(NoRow, "EvaluatedRecords", attestation.Scope.EvaluatedRecords, 0, int.MaxValue)
        ?? RowsOrNone(attestation.Rows, CheckRow, Compare);

    private static RecordError? CheckRow(int row, AttestationRow finding) =>
        Name(row, "Resource", finding.Resource.Value)
        ?? Known(row, "Check", finding.Check is >= QualityCheck.SchemaAndRange and <= QualityCheck.Ramp, (int)finding.Check)
        ?? Known(row, "Verdict", finding.Verdict is QualityVerdict.Warn or QualityVerdict.Fail, (int)finding.Verdict)
        ?? Known(row, "Unit", finding.Unit <= QualityUnit.Count, (int)finding.Unit)
        ?? Range(row, "Inputs.Length", finding.Inputs.IsDefault ? 0 : finding.Inputs.Length, 0, MaxInputs);

    private static int Compare(AttestationRow left, AttestationRow right)
    {
        int byRecord = left.Record.CompareTo(right.Record);
        if (byRecord != 0) return byRecord;
        int byResource = left.Resource.CompareTo(right.Resource);
        return byResource != 0 ? byResource : ((byte)left.Check).CompareTo((byte)right.Check);
    }
}
