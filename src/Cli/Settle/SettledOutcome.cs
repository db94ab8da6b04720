using DerChain.Cli.Statement;
using DerChain.Market.Quantities;
using DerChain.Market.Scenario;
using DerChain.Settlement;

namespace DerChain.Cli.Settle;

/// <summary>A day as it was settled on its chain.</summary>
/// <param name="Day">The day.</param>
/// <param name="Settled">Verdicts, statement and allocation.</param>
/// <param name="Consortium">The chain.</param>
internal sealed record SettledOutcome(MarketDay Day, SettledDay Settled, Consortium Consortium)
{
    /// <summary>What the statement's texts are written from.</summary>
    public StatementDocument Document => new(Settled.Statement, Day.Day, Day.SystemOperator, Day.Aggregator) { Allocation = Settled.Allocation };

    /// <summary>Name of a prosumer as a file's name: identities hold nothing that a file's name may not, but for the colon.</summary>
    public static string FileNameOf(ParticipantId participant) => participant.Value.Replace(':', '_');
}
