using DerChain.Market.Quantities;
using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of the registrations the role matrix rests on.</summary>
internal static class RegistrationRules
{
    public static RecordError? Check(ParticipantRegistration registration) =>
        Rows(registration.Rows, CheckParticipant, static (left, right) => left.Account.CompareTo(right.Account));

    public static RecordError? Check(ResourceRegistration registration) =>
        Rows(registration.Rows, CheckResource, static (left, right) => left.Resource.CompareTo(right.Resource));

    public static RecordError? CheckParticipant(int row, ParticipantRow participant) =>
        Name(row, "Participant", participant.Participant.Value)
        ?? Known(row, "Role", participant.Role is >= ParticipantRole.SystemOperator and <= ParticipantRole.Auditor, (int)participant.Role)
        ?? (participant.Aggregator.HasValue == (participant.Role == ParticipantRole.Prosumer)
            ? null
            : Error(RecordErrorCode.ValueNotAllowed, row,
                $"Aggregator is {(participant.Aggregator.HasValue ? "set" : "absent")} for the role {participant.Role}"));

    public static RecordError? CheckResource(int row, ResourceRow resource) =>
        Name(row, "Resource", resource.Resource.Value)
        ?? Known(row, "ResourceKind", resource.ResourceKind is >= ResourceKind.Meter and <= ResourceKind.ChargingStation, (int)resource.ResourceKind)
        ?? Power(row, "NameplateW", resource.NameplateW);
}
