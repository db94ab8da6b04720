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

    /// <summary>Reads, checks and attests.</summary>
    Auditor = 4,

    /// <summary>Seals blocks; sends no record.</summary>
    Validator = 5,

    /// <summary>A device with a key of its own: reports for the prosumer it belongs to.</summary>
    Device = 6,
}

/// <summary>What holds of one participant from an instant on, until a later row of the same account.</summary>
/// <param name="Account">The account that signs for the participant.</param>
/// <param name="Participant">Its name; the same in every row of the account.</param>
/// <param name="Role">Its role; the same in every row of the account.</param>
/// <param name="MemberOf">Account that it belongs to: of a prosumer its aggregator, or null where it has none; of a device its prosumer; null for every other role.</param>
/// <param name="EffectiveFromUnixSeconds">From when on the row holds, seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="IsRevoked">True where the participant may send and receive nothing from then on.</param>
public sealed record ParticipantRow(
    Address Account,
    ParticipantId Participant,
    ParticipantRole Role,
    Address? MemberOf,
    long EffectiveFromUnixSeconds = 0,
    bool IsRevoked = false);

/// <summary>The system operator admits participants, moves prosumers from one aggregator to another, and revokes. ISO to itself.</summary>
/// <param name="rows">Rows in ascending order of account, then of effective time.</param>
public sealed class ParticipantRegistration(ImmutableArray<ParticipantRow> rows) : MarketRecord(RecordKind.ParticipantRegistration)
{
    /// <summary>Rows in ascending order of account, then of effective time.</summary>
    public ImmutableArray<ParticipantRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}

/// <summary>What holds of one device from an instant on, until its next version.</summary>
/// <param name="Resource">The device.</param>
/// <param name="ResourceKind">Its type; the same in every version.</param>
/// <param name="Owner">Account of the prosumer that reports and controls it.</param>
/// <param name="NameplateW">Rated power in watts ≥ 0; 0 for a meter without a service rating.</param>
/// <param name="Version">Number of the version, from 1 without a gap: compact readings refer to it.</param>
/// <param name="EffectiveFromUnixSeconds">From when on the version holds, seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="IsRevoked">True where the device counts for nothing from then on.</param>
/// <param name="Parameters">Nameplate values that compact readings leave out, of the device's type; null where it sends none.</param>
public sealed record ResourceRow(
    ResourceId Resource,
    ResourceKind ResourceKind,
    Address Owner,
    long NameplateW,
    int Version = 1,
    long EffectiveFromUnixSeconds = 0,
    bool IsRevoked = false,
    ResourceParameters? Parameters = null);

/// <summary>The system operator admits devices, in versions, and revokes them. ISO to itself.</summary>
/// <param name="rows">Rows in ascending order of resource id, then of version.</param>
public sealed class ResourceRegistration(ImmutableArray<ResourceRow> rows) : MarketRecord(RecordKind.ResourceRegistration)
{
    /// <summary>Rows in ascending order of resource id, then of version.</summary>
    public ImmutableArray<ResourceRow> Rows { get; } = rows;

    /// <inheritdoc/>
    public override int RowCount => Rows.Length;
}
