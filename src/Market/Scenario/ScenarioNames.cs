using System.Globalization;
using DerChain.Market.Quantities;

namespace DerChain.Market.Scenario;

/// <summary>Names of the participants every scenario has.</summary>
internal static class ScenarioNames
{
    public static readonly ParticipantId SystemOperator = new("ISO");
    public static readonly ParticipantId Aggregator = new("AGG1");
    public static readonly AggregationId Aggregation = new("AGG1.DERA");

    /// <summary>Name of an activation: SPIN-20210715-1 is the first of that day.</summary>
    public static ActivationId Activation(DateOnly date, int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"SPIN-{date:yyyyMMdd}-{index + 1}"));
}
