using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>A registration adds what is not there yet, or changes it from now or later on; what was true before stays so.</summary>
internal static class RegistrationChecks
{
    public static string? Check(Registry registry, long unixSeconds, ParticipantRegistration registration, ParticipantRow from, ParticipantRow to)
    {
        if (CheckSelf(from, to) is { } self) return self;
        Registry next = registry.With(registration);
        for (int index = 0; index < registration.Rows.Length; index++)
            if (Check(registry, next, unixSeconds, registration.Rows.AsSpan(0, index), registration.Rows[index]) is { } violation) return violation;
        return null;
    }

    public static string? Check(Registry registry, long unixSeconds, ResourceRegistration registration, ParticipantRow from, ParticipantRow to)
    {
        if (CheckSelf(from, to) is { } self) return self;
        Registry next = registry.With(registration);
        for (int index = 0; index < registration.Rows.Length; index++)
            if (Check(registry, next, unixSeconds, registration.Rows.AsSpan(0, index), registration.Rows[index]) is { } violation) return violation;
        return null;
    }

    private static string? CheckSelf(ParticipantRow from, ParticipantRow to) =>
        from.Account == to.Account ? null : $"A registration by {from.Participant} is sent to itself, not to {to.Participant}.";

    // Rows of one account follow one another, so the row before is the last that was registered, or the one just before in the record.
    private static string? Check(Registry registry, Registry next, long unixSeconds, ReadOnlySpan<ParticipantRow> earlier, ParticipantRow row)
    {
        ParticipantRow? before = earlier.IsEmpty || earlier[^1].Account != row.Account ? registry.HistoryOf(row.Account).LastOrDefault() : earlier[^1];
        if (before is null)
        {
            return row.Role == ParticipantRole.SystemOperator
                ? $"Account {row.Account} cannot be a second system operator."
                : CheckPrincipal(next, row);
        }
        if (row.Participant != before.Participant || row.Role != before.Role)
            return $"Account {row.Account} is already registered as {before.Role} {before.Participant}.";
        return row.Role == ParticipantRole.SystemOperator
            ? $"The system operator {row.Account} cannot be changed."
            : CheckOrder(row.Account, before.EffectiveFromUnixSeconds, row.EffectiveFromUnixSeconds, unixSeconds) ?? CheckPrincipal(next, row);
    }

    private static string? CheckPrincipal(Registry next, ParticipantRow row)
    {
        if (row.MemberOf is not { } principal) return null;
        ParticipantRole expected = row.Role == ParticipantRole.Device ? ParticipantRole.Prosumer : ParticipantRole.Aggregator;
        return next.RoleOf(principal) == expected
            ? null
            : $"{row.Role} {row.Participant} names {principal}, which is not registered as {(expected == ParticipantRole.Aggregator ? "an aggregator" : "a prosumer")}.";
    }

    private static string? Check(Registry registry, Registry next, long unixSeconds, ReadOnlySpan<ResourceRow> earlier, ResourceRow row)
    {
        ResourceRow? before = earlier.IsEmpty || earlier[^1].Resource != row.Resource ? registry.VersionsOf(row.Resource).LastOrDefault() : earlier[^1];
        if (row.Version != (before?.Version ?? 0) + 1)
        {
            return before is null
                ? $"The first version of resource {row.Resource} is 1, not {row.Version}."
                : $"Resource {row.Resource} is already registered: its next version is {before.Version + 1}, not {row.Version}.";
        }
        if (before is not null)
        {
            if (row.ResourceKind != before.ResourceKind) return $"Resource {row.Resource} is registered as {before.ResourceKind}, not as {row.ResourceKind}.";
            if (CheckOrder(row.Resource, before.EffectiveFromUnixSeconds, row.EffectiveFromUnixSeconds, unixSeconds) is { } order) return order;
        }
        return next.RoleOf(row.Owner) == ParticipantRole.Prosumer
            ? null
            : $"Resource {row.Resource} names owner {row.Owner}, which is not registered as a prosumer.";
    }

    // A change that reached back would make what was settled wrong.
    private static string? CheckOrder(object what, long before, long effectiveFrom, long unixSeconds)
    {
        if (effectiveFrom <= before) return $"The change of {what} takes effect at {effectiveFrom}, not after the one before it at {before}.";
        return effectiveFrom < unixSeconds ? $"The change of {what} takes effect at {effectiveFrom}, before the block of {unixSeconds}." : null;
    }
}
