using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.RecordFiles;

/// <summary>What <c>scenario.json</c> says of a market day.</summary>
internal sealed record ScenarioDescription(
    ulong Seed,
    ulong ChainId,
    TradingDay Day,
    AggregationId Aggregation,
    ParticipantId SystemOperator,
    ParticipantId Aggregator,
    string FleetDescription,
    ImmutableArray<string> Origin)
{
    public const string File = "scenario.json";
    public const int FormatVersion = 1;
    public const string DateFormat = "yyyy-MM-dd";
}
