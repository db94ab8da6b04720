using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>Readings and commands are between a prosumer and its own aggregator, and name only the prosumer's own devices, as they were at the start of their interval.</summary>
internal static class DeviceRules
{
    public static string? Check(Registry registry, Telemetry telemetry, ParticipantRow sender, ParticipantRow aggregator)
    {
        long at = telemetry.Interval.StartUnixSeconds;
        Address prosumer = sender.Role == ParticipantRole.Device ? sender.MemberOf!.Value : sender.Account;
        if (CheckMembership(registry, at, prosumer, aggregator) is { } membership) return membership;
        foreach (TelemetryRow row in telemetry.Rows)
        {
            if (CheckDevice(registry, at, row.Resource, row.ResourceKind, prosumer) is { } violation) return violation;
            if (!registry.TryResolve(row, out _))
                return $"Resource {row.Resource} has no version {((CompactReading)row).RegistrationVersion} with the parameters of its kind.";
        }
        return null;
    }

    public static string? Check(Registry registry, ControlCommand command, ParticipantRow aggregator, ParticipantRow prosumer)
    {
        long at = command.Validity.StartUnixSeconds;
        if (CheckMembership(registry, at, prosumer.Account, aggregator) is { } membership) return membership;
        foreach (ControlRow row in command.Rows)
            if (CheckDevice(registry, at, row.Resource, row.ResourceKind, prosumer.Account) is { } violation) return violation;
        return null;
    }

    private static string? CheckMembership(Registry registry, long at, Address prosumer, ParticipantRow aggregator) =>
        registry.AggregatorAt(prosumer, at) == aggregator.Account
            ? null
            : $"Prosumer {registry.NameOf(prosumer)} does not belong to aggregator {aggregator.Participant} at {at}.";

    private static string? CheckDevice(Registry registry, long at, ResourceId resource, ResourceKind kind, Address prosumer)
    {
        if (registry.ResourceAt(resource, at) is not { } registered)
            return registry.VersionsOf(resource).IsEmpty ? $"Resource {resource} is not registered." : $"Resource {resource} is not registered at {at}, or revoked.";
        if (registered.Owner != prosumer) return $"Resource {resource} does not belong to prosumer {registry.NameOf(prosumer)}.";
        return registered.ResourceKind == kind ? null : $"Resource {resource} is registered as {registered.ResourceKind}, not as {kind}.";
    }
}
