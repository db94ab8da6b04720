using DerChain.Chain.Primitives;
using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>A registration adds what is not there yet, and refers only to what is there already.</summary>
internal static class RegistrationChecks
{
    public static string? Check(Registry registry, ParticipantRegistration registration, ParticipantRow from, ParticipantRow to)
    {
        if (CheckSelf(from, to) is { } self) return self;
        HashSet<Address> newAggregators =
            [.. registration.Rows.Where(static row => row.Role == ParticipantRole.Aggregator).Select(static row => row.Account)];
        foreach (ParticipantRow row in registration.Rows)
            if (Check(registry, newAggregators, row) is { } violation) return violation;
        return null;
    }

    public static string? Check(Registry registry, ResourceRegistration registration, ParticipantRow from, ParticipantRow to)
    {
        if (CheckSelf(from, to) is { } self) return self;
        foreach (ResourceRow row in registration.Rows)
            if (Check(registry, row) is { } violation) return violation;
        return null;
    }

    private static string? CheckSelf(ParticipantRow from, ParticipantRow to) =>
        from.Account == to.Account ? null : $"A registration by {from.Participant} is sent to itself, not to {to.Participant}.";

    private static string? Check(Registry registry, HashSet<Address> newAggregators, ParticipantRow row)
    {
        if (registry.TryGetParticipant(row.Account, out ParticipantRow? registered))
            return $"Account {row.Account} is already registered as {registered.Participant}.";
        if (row.Role == ParticipantRole.SystemOperator) return $"Account {row.Account} cannot be a second system operator.";
        if (row.Aggregator is not { } aggregator || newAggregators.Contains(aggregator)) return null;
        return registry.RoleOf(aggregator) == ParticipantRole.Aggregator
            ? null
            : $"Prosumer {row.Participant} names {aggregator}, which is not registered as an aggregator.";
    }

    private static string? Check(Registry registry, ResourceRow row)
    {
        if (registry.TryGetResource(row.Resource, out _)) return $"Resource {row.Resource} is already registered.";
        return registry.RoleOf(row.Owner) == ParticipantRole.Prosumer
            ? null
            : $"Resource {row.Resource} names owner {row.Owner}, which is not registered as a prosumer.";
    }
}
