using System.Collections.Immutable;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of each kind of record.</summary>
internal static class KindFields
{
    public static MarketRecord Visit(RecordFields fields, RecordKind kind, MarketRecord? record) => kind switch
    {
        RecordKind.DayAheadBid => TradeFields.DayAheadBid(fields, (DayAheadBid?)record),
        RecordKind.RealTimeBid => TradeFields.RealTimeBid(fields, (RealTimeBid?)record),
        RecordKind.DayAheadAward => TradeFields.DayAheadAward(fields, (DayAheadAward?)record),
        RecordKind.FifteenMinuteAward => TradeFields.FifteenMinuteAward(fields, (FifteenMinuteAward?)record),
        RecordKind.DispatchInstruction => TradeFields.DispatchInstruction(fields, (DispatchInstruction?)record),
        RecordKind.ControlCommand => ControlFields.ControlCommand(fields, (ControlCommand?)record),
        RecordKind.Telemetry => TelemetryFields.Telemetry(fields, (Telemetry?)record),
        RecordKind.ReserveActivation => TradeFields.ReserveActivation(fields, (ReserveActivation?)record),
        RecordKind.ParticipantRegistration => RegistrationFields.ParticipantRegistration(fields, (ParticipantRegistration?)record),
        RecordKind.ResourceRegistration => RegistrationFields.ResourceRegistration(fields, (ResourceRegistration?)record),
        RecordKind.Correction => CommitmentFields.Correction(fields, (Correction?)record),
        RecordKind.TelemetryBatch => CommitmentFields.TelemetryBatch(fields, (TelemetryBatch?)record),
        RecordKind.RecordCommitment => CommitmentFields.RecordCommitment(fields, (RecordCommitment?)record),
        RecordKind.SealedRecord => CommitmentFields.SealedRecord(fields, (SealedRecord?)record),
        RecordKind.QualityRuleSet => AttestationFields.QualityRuleSet(fields, (QualityRuleSet?)record),
        RecordKind.Attestation => AttestationFields.Attestation(fields, (Attestation?)record),
        RecordKind.StatementIssue => MoneyFields.StatementIssue(fields, (StatementIssue?)record),
        RecordKind.Allocation => MoneyFields.Allocation(fields, (Allocation?)record),
        RecordKind.PaymentAcknowledgement => MoneyFields.PaymentAcknowledgement(fields, (PaymentAcknowledgement?)record),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No fields for this kind."),
    };

    /// <summary>Names of the fields of a kind, of its rows too.</summary>
    public static ImmutableArray<string> NamesOf(RecordKind kind) => FieldNames.Of(fields => Visit(fields, kind, null));
}
