using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Participants;

/// <summary>Who takes part and which devices there are: what the registrations on the chain add up to after some block.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class Registry : TransactionRuleState
{
    private readonly ImmutableDictionary<Address, ParticipantRow> _participants;
    private readonly ImmutableDictionary<ResourceId, ResourceRow> _resources;

    /// <summary>Made on first use: two threads may both make it, and make the same.</summary>
    private ILookup<Address, ResourceRow>? _resourcesByOwner;

    internal Registry(ImmutableDictionary<Address, ParticipantRow> participants, ImmutableDictionary<ResourceId, ResourceRow> resources)
    {
        _participants = participants;
        _resources = resources;
    }

    /// <summary>All participants in ascending order of account.</summary>
    public IEnumerable<ParticipantRow> Participants => _participants.Values.OrderBy(static row => row.Account);

    /// <summary>All devices in ascending order of resource id.</summary>
    public IEnumerable<ResourceRow> Resources => _resources.Values.OrderBy(static row => row.Resource);

    /// <summary>Number of participants, the system operator included.</summary>
    public int ParticipantCount => _participants.Count;

    /// <summary>Number of devices.</summary>
    public int ResourceCount => _resources.Count;

    /// <summary>The participant that signs with an account.</summary>
    public bool TryGetParticipant(Address account, [NotNullWhen(true)] out ParticipantRow? participant) =>
        _participants.TryGetValue(account, out participant);

    /// <summary>The device of an id.</summary>
    public bool TryGetResource(ResourceId resource, [NotNullWhen(true)] out ResourceRow? row)
    {
        row = null;
        return resource.Value is not null && _resources.TryGetValue(resource, out row);
    }

    /// <summary>Role of an account, or null where it is not registered.</summary>
    public ParticipantRole? RoleOf(Address account) => _participants.TryGetValue(account, out ParticipantRow? row) ? row.Role : null;

    /// <summary>Name of the participant that signs with an account, or null where it is not registered.</summary>
    public ParticipantId? NameOf(Address account) => _participants.TryGetValue(account, out ParticipantRow? row) ? row.Participant : null;

    /// <summary>Account of the aggregator that a prosumer belongs to, or null where the account is not a prosumer's.</summary>
    public Address? AggregatorOf(Address prosumer) => _participants.TryGetValue(prosumer, out ParticipantRow? row) ? row.Aggregator : null;

    /// <summary>The prosumers of an aggregator in ascending order of account.</summary>
    public IEnumerable<ParticipantRow> ProsumersOf(Address aggregator) => Participants.Where(row => row.Aggregator == aggregator);

    /// <summary>The devices of a prosumer in ascending order of resource id.</summary>
    public IEnumerable<ResourceRow> ResourcesOf(Address prosumer) =>
        (_resourcesByOwner ??= Resources.ToLookup(static row => row.Owner))[prosumer];

    /// <inheritdoc/>
    public override byte[] Encode() => RegistryCodec.Encode(this);

    internal Registry With(ParticipantRegistration registration) =>
        new(_participants.AddRange(registration.Rows.Select(static row => KeyValuePair.Create(row.Account, row))), _resources);

    internal Registry With(ResourceRegistration registration) =>
        new(_participants, _resources.AddRange(registration.Rows.Select(static row => KeyValuePair.Create(row.Resource, row))));
}
