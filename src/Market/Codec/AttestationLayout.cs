using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the fields of attestations and of the parameters they rest on (docs/spec/record-codec.md).</summary>
internal static class AttestationLayout
{
    private const int RuleSetFields = 2;
    private const int ParameterFields = 2;
    private const int AttestationFields = 7;
    private const int FindingFields = 8;

    public static void Write(CanonicalWriter writer, QualityRuleSet rules)
    {
        writer.WriteArrayHeader(RuleSetFields);
        writer.Write(rules.Version);
        RowLayout.Write(writer, rules.Rows, WriteParameter);
    }

    public static QualityRuleSet ReadQualityRuleSet(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(RuleSetFields);
        return new QualityRuleSet(reader.ReadInt32(), RowLayout.Read(ref reader, ReadParameter));
    }

    public static void Write(CanonicalWriter writer, Attestation attestation)
    {
        AttestationScope scope = attestation.Scope;
        writer.WriteArrayHeader(AttestationFields);
        writer.Write(scope.RuleSetVersion);
        writer.Write(scope.EvaluatedAtBlock);
        writer.Write(scope.Period);
        writer.Write(scope.EvaluatedRecords);
        writer.Write(scope.VerdictRoot);
        RowLayout.Write(writer, attestation.Rows, WriteFinding);
    }

    public static Attestation ReadAttestation(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(AttestationFields);
        var scope = new AttestationScope(
            reader.ReadInt32(), reader.ReadUInt64(), reader.ReadInterval(), EvaluatedRecords: reader.ReadInt32(), VerdictRoot: reader.ReadHash());
        return new Attestation(scope, RowLayout.Read(ref reader, ReadFinding));
    }

    private static void WriteParameter(CanonicalWriter writer, QualityParameterRow parameter)
    {
        writer.WriteArrayHeader(ParameterFields);
        writer.Write((byte)parameter.Parameter);
        writer.Write(parameter.Value);
    }

    private static QualityParameterRow ReadParameter(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(ParameterFields);
        return new QualityParameterRow((QualityParameter)reader.ReadByte(), reader.ReadInt64());
    }

    private static void WriteFinding(CanonicalWriter writer, AttestationRow finding)
    {
        writer.WriteArrayHeader(FindingFields);
        writer.Write(finding.Record);
        writer.WriteName(finding.Resource.Value);
        writer.Write((byte)finding.Check);
        writer.Write((byte)finding.Verdict);
        writer.Write(finding.Residual);
        writer.Write(finding.Threshold);
        writer.Write((byte)finding.Unit);
        RowLayout.Write(writer, finding.Inputs, static (inner, hash) => inner.Write(hash));
    }

    private static AttestationRow ReadFinding(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(FindingFields);
        return new AttestationRow(
            reader.ReadHash(),
            reader.ReadResourceId(),
            (QualityCheck)reader.ReadByte(),
            (QualityVerdict)reader.ReadByte(),
            Residual: reader.ReadInt64(),
            Threshold: reader.ReadInt64(),
            Unit: (QualityUnit)reader.ReadByte(),
            Inputs: RowLayout.Read(ref reader, static (ref CanonicalReader inner) => inner.ReadHash()));
    }
}
