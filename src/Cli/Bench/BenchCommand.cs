using System.CommandLine;

namespace DerChain.Cli.Bench;

/// <summary><c>derchain bench</c>: measurements of this machine.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal) => new("bench", "Measure how fast validators are on this machine.")
    {
        TableFiveCommand.Create(terminal),
    };
}
