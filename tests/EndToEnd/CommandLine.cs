using DerChain.Cli;

namespace DerChain.EndToEnd.Tests;

/// <summary>A command line run in this process, as from a shell whose output goes to files.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    public static CommandLine Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = DerChainCommand.Run(args, new Terminal(output, error));
        return new CommandLine(exitCode, output.ToString(), error.ToString());
    }
}
