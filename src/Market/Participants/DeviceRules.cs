using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>Readings and commands are between a prosumer and its own aggregator, and name only the prosumer's own devices.</summary>
internal static class DeviceRules
{
    public static string? Check(Registry registry, Telemetry telemetry, ParticipantRow prosumer, ParticipantRow aggregator)
    {
        if (CheckMembership(prosumer, aggregator) is { } membership) return membership;
        foreach (TelemetryRow row in telemetry.Rows)
            if (CheckDevice(registry, row.Resource, row.ResourceKind, prosumer) is { } violation) return violation;
        return null;
    }

    public static string? Check(Registry registry, ControlCommand command, ParticipantRow aggregator, ParticipantRow prosumer)
    {
        if (CheckMembership(prosumer, aggregator) is { } membership) return membership;
        foreach (ControlRow row in command.Rows)
            if (CheckDevice(registry, row.Resource, row.ResourceKind, prosumer) is { } violation) return violation;
        return null;
    }

    private static string? CheckMembership(ParticipantRow prosumer, ParticipantRow aggregator) =>
        prosumer.Aggregator == aggregator.Account
            ? null
            : $"Prosumer {prosumer.Participant} does not belong to aggregator {aggregator.Participant}.";

    private static string? CheckDevice(Registry registry, ResourceId resource, ResourceKind kind, ParticipantRow prosumer)
    {
        if (!registry.TryGetResource(resource, out ResourceRow? registered)) return $"Resource {resource} is not registered.";
        if (registered.Owner != prosumer.Account) return $"Resource {resource} does not belong to prosumer {prosumer.Participant}.";
        return registered.ResourceKind == kind ? null : $"Resource {resource} is registered as {registered.ResourceKind}, not as {kind}.";
    }
}
