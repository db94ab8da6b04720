using System.CommandLine;

namespace DerChain.Cli.Clique;

/// <summary><c>derchain clique</c>: who may seal, and votes on it, of a store that no node is running on.</summary>
internal static class CliqueCommand
{
    public static Command Create(Terminal terminal) => new(
        "clique", "Look at who may seal a chain, and vote on it, in a store that no node is running on.")
    {
        StatusCommand.Create(terminal),
        SignersCommand.Create(terminal),
        SnapshotCommand.Create(terminal),
        ProposalsCommand.Create(terminal),
        ProposeCommand.Create(terminal),
        DiscardCommand.Create(terminal),
        AcceptReorganisationCommand.Create(terminal),
    };
}
