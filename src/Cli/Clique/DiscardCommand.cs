using System.CommandLine;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique discard</c>: takes a proposal back.</summary>
internal static class DiscardCommand
{
    public static Command Create(Terminal terminal)
    {
        var account = new Argument<string>("ADDRESS") { Description = "The account that is proposed." };
        Option<string?> store = CliqueStore.PathOption();
        Option<bool> json = Options.Json();
        var command = new Command("discard", "Take a proposal back; votes that stand in blocks stay. Lists the proposals that are left.")
        {
            account,
            store,
            json,
        };
        command.SetAction(line =>
        {
            Address address = AddressText.Parse(line.GetRequiredValue(account));
            using CliqueStore clique = CliqueStore.Open(line.GetRequiredValue(store)!);
            if (!clique.Proposals.Discard(address))
                throw new UserErrorException($"There is no proposal on {address.ToChecksumString()}.");

            ProposalsCommand.Write(terminal, clique, line.GetValue(json));
        });
        return command;
    }
}
