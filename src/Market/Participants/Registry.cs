using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>Who takes part and which devices there are, at any time: what the registrations on the chain add up to after some block.</summary>
/// <remarks>Every question names an instant. What is revoked at that instant is not there; what it was before can still be asked.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class Registry : TransactionRuleState
{
    // The rows of one account or device in ascending order of effective time.
    private readonly ImmutableDictionary<Address, ImmutableArray<ParticipantRow>> _participants;
    private readonly ImmutableDictionary<ResourceId, ImmutableArray<ResourceRow>> _resources;

    // Made on first use: two threads may both make it, and make the same.
    private ILookup<Address, ResourceId>? _resourcesByOwner;

    internal Registry(IEnumerable<ParticipantRow> participants, IEnumerable<ResourceRow> resources)
        : this(
            participants.GroupBy(static row => row.Account).ToImmutableDictionary(static rows => rows.Key, static rows => rows.ToImmutableArray()),
            resources.GroupBy(static row => row.Resource).ToImmutableDictionary(static rows => rows.Key, static rows => rows.ToImmutableArray()))
    {
    }

    private Registry(
        ImmutableDictionary<Address, ImmutableArray<ParticipantRow>> participants, ImmutableDictionary<ResourceId, ImmutableArray<ResourceRow>> resources)
    {
        _participants = participants;
        _resources = resources;
    }

    /// <summary>Every row of every participant, in ascending order of account, then of effective time.</summary>
    public IEnumerable<ParticipantRow> ParticipantRows => _participants.OrderBy(static pair => pair.Key).SelectMany(static pair => pair.Value);

    /// <summary>Every version of every device, in ascending order of resource id, then of version.</summary>
    public IEnumerable<ResourceRow> ResourceRows => _resources.OrderBy(static pair => pair.Key).SelectMany(static pair => pair.Value);

    /// <summary>Number of participants there ever were, the system operator included.</summary>
    public int ParticipantCount => _participants.Count;

    /// <summary>Number of devices there ever were.</summary>
    public int ResourceCount => _resources.Count;

    /// <summary>The participants of an instant in ascending order of account.</summary>
    public IEnumerable<ParticipantRow> ParticipantsAt(long unixSeconds) =>
        _participants.Keys.Order().Select(account => ParticipantAt(account, unixSeconds)).OfType<ParticipantRow>();

    /// <summary>The devices of an instant in ascending order of resource id.</summary>
    public IEnumerable<ResourceRow> ResourcesAt(long unixSeconds) =>
        _resources.Keys.Order().Select(resource => ResourceAt(resource, unixSeconds)).OfType<ResourceRow>();

    /// <summary>The participant that signs with an account at an instant; null where there is none.</summary>
    public ParticipantRow? ParticipantAt(Address account, long unixSeconds) =>
        _participants.TryGetValue(account, out ImmutableArray<ParticipantRow> rows)
        && LastAt(rows, unixSeconds, static row => row.EffectiveFromUnixSeconds) is { IsRevoked: false } row ? row : null;

    /// <summary>The version of a device that holds at an instant; null where there is none.</summary>
    public ResourceRow? ResourceAt(ResourceId resource, long unixSeconds) =>
        VersionsOf(resource) is { IsEmpty: false } rows
        && LastAt(rows, unixSeconds, static row => row.EffectiveFromUnixSeconds) is { IsRevoked: false } row ? row : null;

    /// <summary>The rows of an account in ascending order of effective time; none where it was never registered.</summary>
    public ImmutableArray<ParticipantRow> HistoryOf(Address account) => _participants.TryGetValue(account, out ImmutableArray<ParticipantRow> rows) ? rows : [];

    /// <summary>The versions of a device, from 1; none where it was never registered.</summary>
    public ImmutableArray<ResourceRow> VersionsOf(ResourceId resource) =>
        resource.Value is not null && _resources.TryGetValue(resource, out ImmutableArray<ResourceRow> rows) ? rows : [];

    /// <summary>Role of an account, also where it is revoked; null where it was never registered.</summary>
    public ParticipantRole? RoleOf(Address account) => HistoryOf(account) is { IsEmpty: false } rows ? rows[0].Role : null;

    /// <summary>Name of the participant that signs with an account, also where it is revoked; null where it was never registered.</summary>
    public ParticipantId? NameOf(Address account) => HistoryOf(account) is { IsEmpty: false } rows ? rows[0].Participant : null;

    /// <summary>Account of the aggregator that a prosumer belongs to at an instant; null where it belongs to none, or is no prosumer.</summary>
    public Address? AggregatorAt(Address prosumer, long unixSeconds) =>
        ParticipantAt(prosumer, unixSeconds) is { Role: ParticipantRole.Prosumer } row ? row.MemberOf : null;

    /// <summary>The prosumers of an aggregator at an instant in ascending order of account.</summary>
    public IEnumerable<ParticipantRow> ProsumersAt(Address aggregator, long unixSeconds) =>
        ParticipantsAt(unixSeconds).Where(row => row.Role == ParticipantRole.Prosumer && row.MemberOf == aggregator);

    /// <summary>The devices of a prosumer at an instant in ascending order of resource id.</summary>
    public IEnumerable<ResourceRow> ResourcesAt(Address prosumer, long unixSeconds)
    {
        _resourcesByOwner ??= ResourceRows.Select(static row => (row.Owner, row.Resource)).Distinct().ToLookup(static pair => pair.Owner, static pair => pair.Resource);
        return _resourcesByOwner[prosumer].Select(resource => ResourceAt(resource, unixSeconds)).OfType<ResourceRow>().Where(row => row.Owner == prosumer);
    }

    /// <summary>A reading in the paper's own layout: a compact one with the nameplate values of the version it refers to, any other as it is.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="resolved">The same reading with all values.</param>
    /// <returns>False where it refers to a version that is not there, or has no parameters.</returns>
    public bool TryResolve(TelemetryRow reading, [NotNullWhen(true)] out TelemetryRow? resolved)
    {
        resolved = reading;
        if (reading is not CompactReading compact)
            return true;

        ImmutableArray<ResourceRow> versions = VersionsOf(compact.Resource);
        resolved = compact.RegistrationVersion <= versions.Length ? compact.With(versions[compact.RegistrationVersion - 1].Parameters) : null;
        return resolved is not null;
    }

    /// <inheritdoc/>
    public override byte[] Encode() => RegistryCodec.Encode(this);

    internal Registry With(ParticipantRegistration registration)
    {
        ImmutableDictionary<Address, ImmutableArray<ParticipantRow>>.Builder participants = _participants.ToBuilder();
        foreach (ParticipantRow row in registration.Rows)
            participants[row.Account] = participants.TryGetValue(row.Account, out ImmutableArray<ParticipantRow> rows) ? rows.Add(row) : [row];

        return new Registry(participants.ToImmutable(), _resources);
    }

    internal Registry With(ResourceRegistration registration)
    {
        ImmutableDictionary<ResourceId, ImmutableArray<ResourceRow>>.Builder resources = _resources.ToBuilder();
        foreach (ResourceRow row in registration.Rows)
            resources[row.Resource] = resources.TryGetValue(row.Resource, out ImmutableArray<ResourceRow> rows) ? rows.Add(row) : [row];

        return new Registry(_participants, resources.ToImmutable());
    }

    private static T? LastAt<T>(ImmutableArray<T> rows, long unixSeconds, Func<T, long> effectiveFrom)
        where T : class
    {
        for (int index = rows.Length - 1; index >= 0; index--)
        {
            if (effectiveFrom(rows[index]) <= unixSeconds)
                return rows[index];
        }

        return null;
    }
}
