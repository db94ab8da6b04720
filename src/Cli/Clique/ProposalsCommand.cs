using System.Collections.Immutable;
using System.CommandLine;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique proposals</c>: what blocks that are sealed on this store vote for.</summary>
internal static class ProposalsCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> store = CliqueStore.PathOption();
        Option<bool> json = Options.Json();
        var command = new Command("proposals", "List what the blocks that are sealed on this store vote for.")
        {
            store,
            json,
        };
        command.SetAction(line =>
        {
            using CliqueStore clique = CliqueStore.Open(line.GetRequiredValue(store)!);
            Write(terminal, clique, line.GetValue(json));
        });
        return command;
    }

    /// <summary>Writes all proposals of a store.</summary>
    public static void Write(Terminal terminal, CliqueStore clique, bool asJson)
    {
        ImmutableSortedDictionary<Address, bool> proposals = clique.Proposals.All;
        if (asJson)
        {
            terminal.WriteJson(json => json.WriteObjects("proposals", proposals, proposal =>
            {
                json.WriteAddress("address", proposal.Key);
                json.WriteBoolean("authorize", proposal.Value);
            }));
            return;
        }

        if (proposals.IsEmpty)
            terminal.Say("There are no proposals.");

        CliqueSnapshot snapshot = clique.Snapshot;
        foreach ((Address account, bool authorizes) in proposals)
        {
            string remark = VoteText.Remark(snapshot, account, authorizes);
            terminal.Output.WriteLine($"{VoteText.Verb(authorizes),-5}  {account.ToChecksumString()}{remark}");
        }
    }
}
