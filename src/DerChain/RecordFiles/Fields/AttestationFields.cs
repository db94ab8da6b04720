using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of attestations and of the parameters they rest on.</summary>
internal static class AttestationFields
{
    public static QualityRuleSet QualityRuleSet(RecordFields fields, QualityRuleSet? rules) =>
        new(fields.Int32("version", rules?.Version), fields.Rows("rows", rules?.Rows, Parameter));

    public static Attestation Attestation(RecordFields fields, Attestation? attestation) =>
        new(Scope(fields, attestation?.Scope), fields.Rows("rows", attestation?.Rows, Finding));

    private static AttestationScope Scope(RecordFields fields, AttestationScope? scope) => new(
        fields.Int32("ruleSetVersion", scope?.RuleSetVersion),
        fields.UInt64("evaluatedAtBlock", scope?.EvaluatedAtBlock),
        fields.Period(scope?.Period),
        fields.Int32("evaluatedRecords", scope?.EvaluatedRecords),
        fields.Hash("verdictRoot", scope?.VerdictRoot));

    private static QualityParameterRow Parameter(RecordFields fields, QualityParameterRow? row) => new(
        fields.Required("parameter", row?.Parameter, FieldForms.QualityParameter), fields.Int64("value", row?.Value));

    private static AttestationRow Finding(RecordFields fields, AttestationRow? row) => new(
        fields.Hash("record", row?.Record),
        fields.Resource("resource", row?.Resource),
        fields.Required("check", row?.Check, FieldForms.QualityCheck),
        fields.Required("verdict", row?.Verdict, FieldForms.QualityVerdict),
        fields.Int64("residual", row?.Residual),
        fields.Int64("threshold", row?.Threshold),
        fields.Required("unit", row?.Unit, FieldForms.QualityUnit),
        fields.List("inputs", row?.Inputs, FieldForms.Hash));
}
