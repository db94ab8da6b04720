using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace DerChain.Cli;

/// <summary>Where a command writes: results to standard output, progress and messages to standard error.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    /// <summary>Standard output as it is: one JSON document, where JSON is asked for.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Opens standard input for bytes.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Opens standard output for bytes.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Waits for a key of the keyboard and does not show it. Null where there is no terminal to ask.</summary>
    public Func<ConsoleKeyInfo>? ReadKey { get; init; }

    /// <summary>Results for a person.</summary>
    public IAnsiConsole Results { get; } = ConsoleOver(output);

    /// <summary>Progress and messages for a person.</summary>
    public IAnsiConsole Messages { get; } = ConsoleOver(error);

    /// <summary>True where progress can be drawn in place.</summary>
    public bool IsInteractive => Messages.Profile.Out.IsTerminal && Messages.Profile.Capabilities.Interactive;

    /// <summary>Writes a line of progress or a message.</summary>
    public void Say(string message) => Messages.Profile.Out.Writer.WriteLine(message);

    /// <summary>Writes what is asked for, and leaves the line open for the answer.</summary>
    public void Ask(string question)
    {
        Messages.Profile.Out.Writer.Write(question);
        Messages.Profile.Out.Writer.Flush();
    }

    /// <summary>Writes one JSON document, an object, to standard output.</summary>
    public void WriteJson(Action<Utf8JsonWriter> writeProperties)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            writeProperties(json);
            json.WriteEndObject();
        }

        Output.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>Runs work that Ctrl-C or SIGTERM asks to stop. Asked again, the process ends at once.</summary>
    public static int WithCancellation(Func<CancellationToken, int> work)
    {
        using var source = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return work(source.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        }
    }

    private static IAnsiConsole ConsoleOver(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
