using System.CommandLine;
using DerChain.Chain;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Cli.Report;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique accept-reorganisation</c>: an operator decides a finality conflict for the better branch.</summary>
internal static class AcceptReorganisationCommand
{
    public static Command Create(Terminal terminal)
    {
        var head = new Argument<string>("HASH") { Description = "Hash of the head that 'clique status' names in conflict." };
        Option<string?> store = CliqueStore.PathOption();
        Option<bool> json = Options.Json();
        var command = new Command(
            "accept-reorganisation", "Decide a finality conflict: follow the better branch, although it leaves the final block. Blocks that were final are left.")
        {
            head,
            store,
            json,
        };
        command.SetAction(line =>
        {
            Hash256 hash = HashText.Parse(line.GetRequiredValue(head), "a block");
            using CliqueStore clique = CliqueStore.Open(line.GetRequiredValue(store)!);
            Write(terminal, Accept(clique.Chain, hash), clique.Chain.Head, line.GetValue(json));
        });
        return command;
    }

    private static ImportResult Accept(Blockchain chain, Hash256 hash)
    {
        if (chain.FinalityConflict is not { } conflict)
            throw new UserErrorException("There is no finality conflict: no better head leaves the final block.");

        return conflict.Hash == hash
            ? chain.AcceptReorganisation(hash)
            : throw new UserErrorException($"The head in conflict is {conflict.Hash}, not {hash}; nothing was changed.");
    }

    private static void Write(Terminal terminal, ImportResult result, HeadCandidate head, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(json =>
            {
                json.WriteHead(head.Header.Number, head.Hash, head.Header.StateRoot);
                json.WriteNumber("abandoned", result.Abandoned.Length);
                json.WriteNumber("adopted", result.Adopted.Length);
            });
            return;
        }

        terminal.Output.WriteLine($"head       {head.Header.Number} {head.Hash}");
        terminal.Output.WriteLine($"abandoned  {Wording.Plural(result.Abandoned.Length, "block", "blocks")}");
        terminal.Output.WriteLine($"adopted    {Wording.Plural(result.Adopted.Length, "block", "blocks")}");
    }
}
