using System.Collections.Immutable;
using DerChain.Market.Records;
using static DerChain.Market.Records.ParticipantRole;

namespace DerChain.Market.Participants;

/// <summary>Who may send which record to whom (docs/spec/market.md, 1.1).</summary>
public static class RoleMatrix
{
    private static readonly ImmutableDictionary<RecordKind, ImmutableArray<(ParticipantRole Sender, ParticipantRole Receiver)>> Matrix =
        new Dictionary<RecordKind, ImmutableArray<(ParticipantRole, ParticipantRole)>>
        {
            [RecordKind.DayAheadBid] = [(Aggregator, SystemOperator)],
            [RecordKind.RealTimeBid] = [(Aggregator, SystemOperator)],
            [RecordKind.DayAheadAward] = [(SystemOperator, Aggregator)],
            [RecordKind.FifteenMinuteAward] = [(SystemOperator, Aggregator)],
            [RecordKind.DispatchInstruction] = [(SystemOperator, Aggregator)],
            [RecordKind.ControlCommand] = [(Aggregator, Prosumer)],
            [RecordKind.Telemetry] = [(Prosumer, Aggregator), (Device, Aggregator)],
            [RecordKind.ReserveActivation] = [(SystemOperator, Aggregator)],
            [RecordKind.ParticipantRegistration] = [(SystemOperator, SystemOperator)],
            [RecordKind.ResourceRegistration] = [(SystemOperator, SystemOperator)],
            [RecordKind.TelemetryBatch] = [(Aggregator, SystemOperator)],
            [RecordKind.QualityRuleSet] = [(SystemOperator, SystemOperator)],
            [RecordKind.Attestation] = [(Auditor, SystemOperator), (SystemOperator, SystemOperator), (SystemOperator, Auditor)],
            [RecordKind.StatementIssue] = [(SystemOperator, Aggregator)],
            [RecordKind.Allocation] = [(Aggregator, Prosumer)],
            [RecordKind.PaymentAcknowledgement] = [(Prosumer, Aggregator), (Aggregator, SystemOperator)],
        }.ToImmutableDictionary();

    /// <summary>The pairs of roles that a kind of record goes between.</summary>
    /// <param name="kind">Kind of the record. A record that carries another, or stands for one, goes where that one goes (<see cref="SubjectOf"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no roles of its own.</exception>
    public static ImmutableArray<(ParticipantRole Sender, ParticipantRole Receiver)> RolesOf(RecordKind kind) =>
        Matrix.TryGetValue(kind, out ImmutableArray<(ParticipantRole, ParticipantRole)> pairs)
            ? pairs
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of record with roles of its own.");

    /// <summary>The kind that decides who may send a record: that of the record inside for a correction, a commitment and a sealed record, else its own.</summary>
    public static RecordKind SubjectOf(MarketRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record switch
        {
            Correction correction => correction.Record.Kind,
            RecordCommitment commitment => commitment.CommittedKind,
            SealedRecord sealedRecord => sealedRecord.SealedKind,
            _ => record.Kind,
        };
    }
}
