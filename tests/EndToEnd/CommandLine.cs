using DerChain.Cli;

namespace DerChain.EndToEnd.Tests;

/// <summary>A command line run in this process, as from a shell whose output goes to files.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    public static CommandLine Run(params string[] args) => Run(null, args);

    /// <summary>Runs it before a person who types these characters; a line feed is Enter, a backspace Backspace.</summary>
    public static CommandLine RunTyping(string typed, params string[] args)
    {
        var keys = new Queue<char>(typed);
        return Run(() => KeyOf(keys.Dequeue()), args);
    }

    private static CommandLine Run(Func<ConsoleKeyInfo>? readKey, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = DerChainCommand.Run(args, new Terminal(output, error) { ReadKey = readKey });
        return new CommandLine(exitCode, output.ToString(), error.ToString());
    }

    private static ConsoleKeyInfo KeyOf(char character) => new(
        character,
        character switch
        {
            '\n' => ConsoleKey.Enter,
            '\b' => ConsoleKey.Backspace,
            _ => ConsoleKey.None,
        },
        shift: false,
        alt: false,
        control: false);
}
