using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>Who may send which record to whom (docs/spec/market.md, 1.1).</summary>
public static class RoleMatrix
{
    /// <summary>The roles that a kind of record goes between.</summary>
    /// <param name="kind">Kind of the record.</param>
    /// <returns>Role of the sender and role of the receiver. A registration goes from the system operator to itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not a member of <see cref="RecordKind"/>.</exception>
    public static (ParticipantRole Sender, ParticipantRole Receiver) RolesOf(RecordKind kind) => kind switch
    {
        RecordKind.DayAheadBid => (ParticipantRole.Aggregator, ParticipantRole.SystemOperator),
        RecordKind.RealTimeBid => (ParticipantRole.Aggregator, ParticipantRole.SystemOperator),
        RecordKind.DayAheadAward => (ParticipantRole.SystemOperator, ParticipantRole.Aggregator),
        RecordKind.FifteenMinuteAward => (ParticipantRole.SystemOperator, ParticipantRole.Aggregator),
        RecordKind.DispatchInstruction => (ParticipantRole.SystemOperator, ParticipantRole.Aggregator),
        RecordKind.ReserveActivation => (ParticipantRole.SystemOperator, ParticipantRole.Aggregator),
        RecordKind.ControlCommand => (ParticipantRole.Aggregator, ParticipantRole.Prosumer),
        RecordKind.Telemetry => (ParticipantRole.Prosumer, ParticipantRole.Aggregator),
        RecordKind.ParticipantRegistration => (ParticipantRole.SystemOperator, ParticipantRole.SystemOperator),
        RecordKind.ResourceRegistration => (ParticipantRole.SystemOperator, ParticipantRole.SystemOperator),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of record."),
    };
}
