using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;

namespace DerChain.Market.Records;

/// <summary>What a participant does in the market; decides which records it may send to whom (<c>RoleMatrix</c>).</summary>
public enum ParticipantRole : byte
{
    /// <summary>The independent system operator (ISO).</summary>
    SystemOperator = 1,

    /// <summary>The aggregator (scheduling coordinator) that trades for its prosumers.</summary>
    Aggregator = 2,

    /// <summary>The distributed prosumer (DP, n-Grid, agent).</summary>
    Prosumer = 3,

    /// <summary>Reads and checks; sends nothing.</summary>
    Auditor = 4,
}

/// <summary>One participant and its role.</summary>
/// <param name="Account">The account that signs for the participant.</param>
/// <param name="Participant">Its name.</param>
/// <param name="Role">Its role.</param>
/// <param name="Aggregator">Account of the aggregator it belongs to; set for a prosumer, null for every other role.</param>
public sealed record ParticipantRow(Address Account, ParticipantId Participant, ParticipantRole Role, Address? Aggregator);

/// <summary>The system operator admits participants. ISO to itself.</summary>
/// <param name="rows">Participants in ascending order of account.</param>
public sealed class ParticipantRegistration(ImmutableArray<ParticipantRow> rows) : MarketRecord(RecordKind.ParticipantRegistration)
{
    /// <summary>Participants in ascending order of account.</summary>
    public ImmutableArray<ParticipantRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>One device and the prosumer it belongs to.</summary>
/// <param name="Resource">The device.</param>
/// <param name="ResourceKind">Its type.</param>
/// <param name="Owner">Account of the prosumer that reports and controls it.</param>
/// <param name="NameplateW">Rated power in watts ≥ 0; 0 for a meter without a service rating.</param>
public sealed record ResourceRow(ResourceId Resource, ResourceKind ResourceKind, Address Owner, long NameplateW);

/// <summary>The system operator admits devices. ISO to itself.</summary>
/// <param name="rows">Devices in ascending order of resource id.</param>
public sealed class ResourceRegistration(ImmutableArray<ResourceRow> rows) : MarketRecord(RecordKind.ResourceRegistration)
{
    /// <summary>Devices in ascending order of resource id.</summary>
    public ImmutableArray<ResourceRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}
