using DerChain.Market.Quantities;
using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of the registrations the role matrix rests on.</summary>
internal static class RegistrationRules
{
    public static RecordError? Check(ParticipantRegistration registration) => Rows(registration.Rows, CheckParticipant, Compare);

    public static RecordError? Check(ResourceRegistration registration) => Rows(registration.Rows, CheckResource, Compare);

    public static RecordError? CheckParticipant(int row, ParticipantRow participant) =>
        Name(row, "Participant", participant.Participant.Value)
        ?? Known(row, "Role", participant.Role is >= ParticipantRole.SystemOperator and <= ParticipantRole.Device, (int)participant.Role)
        ?? CheckMembership(row, participant)
        ?? Range(row, "EffectiveFromUnixSeconds", participant.EffectiveFromUnixSeconds, 0, MarketInterval.LatestUnixSeconds);

    public static RecordError? CheckResource(int row, ResourceRow resource) =>
        Name(row, "Resource", resource.Resource.Value)
        ?? Known(row, "ResourceKind", resource.ResourceKind is >= ResourceKind.Meter and <= ResourceKind.ChargingStation, (int)resource.ResourceKind)
        ?? Power(row, "NameplateW", resource.NameplateW)
        ?? Range(row, "Version", resource.Version, 1, int.MaxValue)
        ?? Range(row, "EffectiveFromUnixSeconds", resource.EffectiveFromUnixSeconds, 0, MarketInterval.LatestUnixSeconds)
        ?? (resource.Parameters is { } parameters ? CheckParameters(row, resource.ResourceKind, parameters) : null);

    public static int Compare(ParticipantRow left, ParticipantRow right)
    {
        int byAccount = left.Account.CompareTo(right.Account);
        return byAccount != 0 ? byAccount : left.EffectiveFromUnixSeconds.CompareTo(right.EffectiveFromUnixSeconds);
    }

    public static int Compare(ResourceRow left, ResourceRow right)
    {
        int byResource = left.Resource.CompareTo(right.Resource);
        return byResource != 0 ? byResource : left.Version.CompareTo(right.Version);
    }

    private static RecordError? CheckMembership(int row, ParticipantRow participant)
    {
        bool isAllowed = participant.Role is ParticipantRole.Prosumer or ParticipantRole.Device;
        bool isNeeded = participant.Role == ParticipantRole.Device;
        return (participant.MemberOf.HasValue || !isNeeded) && (!participant.MemberOf.HasValue || isAllowed)
            ? null
            : Error(RecordErrorCode.ValueNotAllowed, row,
                $"MemberOf is {(participant.MemberOf.HasValue ? "set" : "absent")} for the role {participant.Role}");
    }

    private static RecordError? CheckParameters(int row, ResourceKind kind, ResourceParameters parameters)
    {
        if (parameters.ResourceKind != kind)
            return Error(RecordErrorCode.ValueNotAllowed, row, $"Parameters of {parameters.ResourceKind} are set for the kind {kind}");
        return parameters switch
        {
            MeterParameters meter => Power(row, "ExportLimitW", meter.ExportLimitW),
            AirConditionerParameters ac => TelemetryRules.CheckNameplate(row, ac),
            BatteryParameters battery => TelemetryRules.CheckNameplate(row, battery),
            ChargingStationParameters station => Power(row, "MaxDischargeW", station.MaxDischargeW) ?? Power(row, "MaxChargeW", station.MaxChargeW),
            _ => Error(RecordErrorCode.EnumerationUnknown, row, $"{parameters.GetType().Name} are not parameters of a device"),
        };
    }
}
