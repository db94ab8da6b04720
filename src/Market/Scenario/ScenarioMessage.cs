using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Scenario;

/// <summary>A participant of a scenario.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Role">Its role.</param>
/// <param name="Aggregator">The aggregator a prosumer belongs to; null for every other role.</param>
public sealed record ScenarioParticipant(ParticipantId Id, ParticipantRole Role, ParticipantId? Aggregator);

/// <summary>A device of a scenario.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Owner">The prosumer that reports and controls it.</param>
/// <param name="NameplateW">Rated power in watts ≥ 0; 0 for a meter, which has no rating here.</param>
public sealed record ScenarioResource(ResourceId Id, ResourceKind Kind, ParticipantId Owner, long NameplateW);

/// <summary>A record on its way from one participant to another.</summary>
/// <param name="RecordedAtUnixSeconds">When it is sent, seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Sender">Who signs it.</param>
/// <param name="Receiver">Whom it is for.</param>
/// <param name="Record">The record.</param>
public sealed record ScenarioMessage(long RecordedAtUnixSeconds, ParticipantId Sender, ParticipantId Receiver, MarketRecord Record);
