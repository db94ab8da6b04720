using System.CommandLine;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique status</c>: where the chain stands and who may seal next.</summary>
internal static class StatusCommand
{
    public const string NoAuthorities = "No authority is left: nobody may seal a block on this chain any more.";

    public static Command Create(Terminal terminal)
    {
        Option<string?> store = CliqueStore.PathOption();
        Option<bool> json = Options.Json();
        var command = new Command("status", "Show the head, the final block, whose turn it is, who must wait, and what stops the chain.")
        {
            store,
            json,
        };
        command.SetAction(line =>
        {
            using CliqueStore clique = CliqueStore.Open(line.GetRequiredValue(store)!);
            ChainStatus status = ChainStatus.Of(clique);
            if (line.GetValue(json))
                terminal.WriteJson(status.Write);
            else
                status.Write(terminal.Output);
        });
        return command;
    }
}
