using System.CommandLine;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique propose</c>: lets blocks that are sealed on this store vote on an account, until the proposal is discarded.</summary>
internal static class ProposeCommand
{
    public static Command Create(Terminal terminal)
    {
        var account = new Argument<string>("ADDRESS") { Description = "The account to vote on." };
        Option<bool> admit = new("--admit") { Description = "Vote to make it an authority." };
        Option<bool> drop = new("--drop") { Description = "Vote that it is an authority no more." };
        Option<string?> store = CliqueStore.PathOption();
        Option<bool> json = Options.Json();
        var command = new Command(
            "propose", "Let the blocks that are sealed on this store vote on an account, until it is discarded; lists all proposals then.")
        {
            account,
            admit,
            drop,
            store,
            json,
        };
        command.Validators.Add(line =>
        {
            if (line.GetValue(admit) == line.GetValue(drop))
                line.AddError("Either --admit or --drop is wanted.");
        });
        command.SetAction(line =>
        {
            Address address = AddressText.Parse(line.GetRequiredValue(account));
            using CliqueStore clique = CliqueStore.Open(line.GetRequiredValue(store)!);
            clique.Proposals.Propose(address, line.GetValue(admit));
            ProposalsCommand.Write(terminal, clique, line.GetValue(json));
        });
        return command;
    }
}
