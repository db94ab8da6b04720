using System.Collections.Immutable;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Reads the files of a market day.</summary>
internal static class MarketDayReader
{
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static StoredMarketDay? Read(string folder, ProblemList problems)
    {
        ScenarioDescription? scenario = FolderFiles.Exists(folder, ScenarioDescription.File, problems)
            ? ScenarioJsonReader.Read(Path.Combine(folder, ScenarioDescription.File), problems)
            : null;
        long before = problems.Count;
        ImmutableArray<ScenarioParticipant> participants = FolderFiles.Exists(folder, FleetFiles.Participants, problems)
            ? FleetFiles.ReadParticipants(folder, scenario, problems)
            : [];
        bool areParticipantsKnown = problems.Count == before;
        ImmutableArray<ScenarioResource> resources = FolderFiles.Exists(folder, FleetFiles.Resources, problems)
            ? FleetFiles.ReadResources(folder, participants, areParticipantsKnown, problems)
            : [];
        if (problems.Count == 0 && Rules(Day(scenario!, participants, resources, []), scenario!.Seed, problems) is { } rules)
        {
            ImmutableArray<ScenarioMessage> messages = MessageReading.Read(folder, new MessageOrder(participants), rules, problems);
            return new StoredMarketDay(Day(scenario, participants, resources, messages), scenario.Seed, scenario.ChainId);
        }

        MessageReading.CheckForm(folder, problems);
        return null;
    }

    private static DayRules? Rules(MarketDay day, ulong seed, ProblemList problems)
    {
        var rules = new DayRules(day, seed);
        if (rules.RegistrationError is null) return rules;
        problems.Add(FleetFiles.Participants, 0, null, null, $"cannot be registered: {rules.RegistrationError}");
        return null;
    }

    private static MarketDay Day(
        ScenarioDescription scenario,
        ImmutableArray<ScenarioParticipant> participants,
        ImmutableArray<ScenarioResource> resources,
        ImmutableArray<ScenarioMessage> messages) => new()
        {
            Day = scenario.Day,
            Aggregation = scenario.Aggregation,
            SystemOperator = scenario.SystemOperator,
            Aggregator = scenario.Aggregator,
            Participants = participants,
            Resources = resources,
            Messages = messages,
            FleetDescription = scenario.FleetDescription,
            Origin = scenario.Origin,
        };
}
