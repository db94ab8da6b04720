using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain;

/// <summary>The registrations that open a market day's chain: who takes part, and which devices exist.</summary>
public static class DayRegistrations
{
    private const int RowsPerRecord = 500;

    /// <summary>Registrations of everyone but the system operator, who is registered from the start: aggregators, then prosumers, then devices,
    /// at most 500 rows a record.</summary>
    /// <param name="day">The day.</param>
    /// <param name="accountOf">Account of a participant.</param>
    public static IEnumerable<MarketRecord> Of(MarketDay day, Func<ParticipantId, Address> accountOf)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(accountOf);
        IEnumerable<IGrouping<bool, ScenarioParticipant>> byRank = day.Participants
            .Where(participant => participant.Id != day.SystemOperator)
            .GroupBy(static participant => participant.Role == ParticipantRole.Prosumer)
            .OrderBy(static group => group.Key);
        foreach (IGrouping<bool, ScenarioParticipant> group in byRank)
        {
            IEnumerable<ParticipantRow> rows = group.Select(participant => new ParticipantRow(
                accountOf(participant.Id), participant.Id, participant.Role, participant.Aggregator is { } aggregator ? accountOf(aggregator) : null));
            foreach (ParticipantRow[] chunk in rows.OrderBy(static row => row.Account).Chunk(RowsPerRecord))
                yield return new ParticipantRegistration([.. chunk]);
        }

        IEnumerable<ResourceRow> resources = day.Resources
            .Select(resource => new ResourceRow(resource.Id, resource.Kind, accountOf(resource.Owner), resource.NameplateW))
            .OrderBy(static row => row.Resource);
        foreach (ResourceRow[] chunk in resources.Chunk(RowsPerRecord))
            yield return new ResourceRegistration([.. chunk]);
    }
}
