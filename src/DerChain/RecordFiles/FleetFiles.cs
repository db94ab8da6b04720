using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary><c>participants.csv</c> and <c>resources.csv</c>.</summary>
internal static class FleetFiles
{
    public const string Participants = "participants.csv";
    public const string Resources = "resources.csv";

    public static readonly CellLayout<ScenarioParticipant> Participant = new(
        ["participant", "role", "aggregator"],
        static row => new ScenarioParticipant(
            row.Participant(), row.Word(FileWords.Role), row.OptionalName() is { } name ? new ParticipantId(name) : null),
        static (text, participant) => text
            .Add(participant.Id.Value).Add(FileWords.Role.Of(participant.Role)).Add(participant.Aggregator?.Value));

    public static readonly CellLayout<ScenarioResource> Resource = new(
        ["resource", "kind", "owner", "nameplate_w"],
        static row => new ScenarioResource(row.Resource(), row.Word(FileWords.Kind), row.Participant(), row.Whole<long>()),
        static (text, resource) => text
            .Add(resource.Id.Value).Add(FileWords.Kind.Of(resource.Kind)).Add(resource.Owner.Value).Add<long>(resource.NameplateW));

    /// <summary>Participants by role, then in the order of the file.</summary>
    public static ImmutableArray<ScenarioParticipant> ReadParticipants(string folder, ScenarioDescription? scenario, ProblemList problems)
    {
        var participants = new List<(ScenarioParticipant Participant, int Line)>();
        var ids = new HashSet<ParticipantId>();
        using var file = new CsvReader(Path.Combine(folder, Participants), Participant.Columns, allowsOthers: false, problems);
        while (file.NextRow())
        {
            ScenarioParticipant participant = Participant.Read(file);
            if (file.Refusals == 0 && !ids.Add(participant.Id)) file.Refuse("participant", "stands on an earlier line already");
            if (file.Refusals == 0) CheckRole(file, participant, scenario);
            if (file.Refusals == 0) participants.Add((participant, file.Line));
        }

        CheckAggregators(participants, problems);
        if (scenario is not null)
        {
            RequireRole(participants, scenario.SystemOperator, ParticipantRole.SystemOperator, "system_operator", problems);
            RequireRole(participants, scenario.Aggregator, ParticipantRole.Aggregator, "aggregator", problems);
        }

        return [.. MessageOrder.Ordered(participants.Select(static line => line.Participant))];
    }

    /// <summary>Devices by owner, then kind, then id.</summary>
    public static ImmutableArray<ScenarioResource> ReadResources(
        string folder, ImmutableArray<ScenarioParticipant> participants, bool areParticipantsKnown, ProblemList problems)
    {
        Dictionary<ParticipantId, int> prosumers = participants
            .Where(static participant => participant.Role == ParticipantRole.Prosumer)
            .Select(static (participant, place) => (participant.Id, place)).ToDictionary();
        var resources = new List<ScenarioResource>();
        var ids = new HashSet<ResourceId>();
        using var file = new CsvReader(Path.Combine(folder, Resources), Resource.Columns, allowsOthers: false, problems);
        while (file.NextRow())
        {
            ScenarioResource resource = Resource.Read(file);
            if (file.Refusals > 0) continue;
            if (!ids.Add(resource.Id)) file.Refuse("resource", "stands on an earlier line already");
            if (areParticipantsKnown && !prosumers.ContainsKey(resource.Owner)) file.Refuse("owner", $"is no prosumer of {Participants}");
            if (resource.NameplateW is < 0 or > RecordRules.MaxPowerW)
                file.Refuse("nameplate_w", $"is not between 0 and {RecordRules.MaxPowerW}");
            if (file.Refusals == 0) resources.Add(resource);
        }

        return [.. resources.OrderBy(resource => prosumers.GetValueOrDefault(resource.Owner)).ThenBy(static resource => resource.Kind)
            .ThenBy(static resource => resource.Id)];
    }

    private static void CheckRole(CsvReader file, ScenarioParticipant participant, ScenarioDescription? scenario)
    {
        bool isSystemOperator = participant.Role == ParticipantRole.SystemOperator;
        if (isSystemOperator && scenario is not null && participant.Id != scenario.SystemOperator)
            file.Refuse("role", $"is that of {scenario.SystemOperator} alone, as {ScenarioDescription.File} says");
        if (participant.Aggregator.HasValue == (participant.Role == ParticipantRole.Prosumer)) return;
        string state = participant.Aggregator.HasValue ? "is not empty though this is no prosumer" : "is empty though this is a prosumer";
        file.Refuse("aggregator", state);
    }

    private static void CheckAggregators(List<(ScenarioParticipant Participant, int Line)> participants, ProblemList problems)
    {
        HashSet<ParticipantId> aggregators =
        [
            .. participants.Select(static line => line.Participant)
                .Where(static participant => participant.Role == ParticipantRole.Aggregator).Select(static participant => participant.Id),
        ];
        foreach ((ScenarioParticipant participant, int line) in participants)
            if (participant.Aggregator is { } aggregator && !aggregators.Contains(aggregator))
                problems.Add(Participants, line, "aggregator", aggregator.Value, "is no aggregator of this file");
    }

    private static void RequireRole(
        List<(ScenarioParticipant Participant, int Line)> participants,
        ParticipantId id,
        ParticipantRole role,
        string property,
        ProblemList problems)
    {
        if (participants.Exists(line => line.Participant.Id == id && line.Participant.Role == role)) return;
        string reason = $"does not stand in {Participants} with the role {FileWords.Role.Of(role)}";
        problems.Add(ScenarioDescription.File, 0, property, id.Value, reason);
    }
}
