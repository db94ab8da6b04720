using System.Collections.Immutable;
using System.CommandLine;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique signers</c>: the authorities after the head.</summary>
internal static class SignersCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> store = CliqueStore.PathOption();
        Option<bool> json = Options.Json();
        var command = new Command("signers", "List the authorities that may seal the next block, in the order of their turns.")
        {
            store,
            json,
        };
        command.SetAction(line =>
        {
            using CliqueStore clique = CliqueStore.Open(line.GetRequiredValue(store)!);
            Write(terminal, clique.Snapshot.Signers, line.GetValue(json));
        });
        return command;
    }

    private static void Write(Terminal terminal, ImmutableArray<Address> signers, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(json => json.WriteAddresses("signers", signers));
            return;
        }

        if (signers.IsEmpty)
            terminal.Say(StatusCommand.NoAuthorities);

        foreach (Address signer in signers)
            terminal.Output.WriteLine(signer.ToChecksumString());
    }
}
