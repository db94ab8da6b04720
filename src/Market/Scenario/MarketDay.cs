using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Scenario;

/// <summary>A day of the market to put on a chain: who takes part, with which devices, and every record they send.</summary>
/// <remarks>Registrations are not among the messages: they follow from <see cref="Participants"/> and <see cref="Resources"/>, once these
/// have accounts.</remarks>
/// <threadsafety>Immutable, as long as the sequence of messages is.</threadsafety>
public sealed class MarketDay
{
    /// <summary>The trading day.</summary>
    public required TradingDay Day { get; init; }

    /// <summary>The market resource that bids and is awarded.</summary>
    public required AggregationId Aggregation { get; init; }

    /// <summary>The system operator (ISO).</summary>
    public required ParticipantId SystemOperator { get; init; }

    /// <summary>The aggregator that trades for the prosumers.</summary>
    public required ParticipantId Aggregator { get; init; }

    /// <summary>System operator, aggregator, then the prosumers in fleet order.</summary>
    public required ImmutableArray<ScenarioParticipant> Participants { get; init; }

    /// <summary>Devices, by prosumer in fleet order, then by resource kind and id.</summary>
    public required ImmutableArray<ScenarioResource> Resources { get; init; }

    /// <summary>Every record of the day in the order it is sent. Enumerating again gives the same records. The generator makes them as
    /// they are asked for, so that a day of many prosumers need not be in memory.</summary>
    public required IEnumerable<ScenarioMessage> Messages { get; init; }

    /// <summary>The fleet in a sentence, for a report.</summary>
    public required string FleetDescription { get; init; }

    /// <summary>Where the day's numbers come from, in sentences, for a report.</summary>
    public required ImmutableArray<string> Origin { get; init; }
}
