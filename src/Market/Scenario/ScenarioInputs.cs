using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Scenario;

/// <summary>Everything a day's messages follow from.</summary>
/// <param name="Day">The trading day.</param>
/// <param name="Fleet">The prosumers.</param>
/// <param name="Profiles">What the day itself brings.</param>
/// <param name="Seed">Seed of the day itself.</param>
/// <param name="Plan">What was planned the day before.</param>
/// <param name="Prices">The market's prices.</param>
/// <param name="Disturbances">What nobody planned for.</param>
internal sealed record ScenarioInputs(
    TradingDay Day,
    ImmutableArray<Prosumer> Fleet,
    DayProfiles Profiles,
    ulong Seed,
    OperatingPlan Plan,
    DayPrices Prices,
    Disturbances Disturbances)
{
    /// <summary>The day from its first step on.</summary>
    public DaySimulation Start() => DaySimulation.Actual(Fleet, Profiles, Seed, Plan, Disturbances);
}
