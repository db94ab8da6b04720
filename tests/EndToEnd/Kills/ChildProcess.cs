using System.Diagnostics;

namespace DerChain.EndToEnd.Tests.Kills;

/// <summary>A program of this repository, run as a process of its own so that it can be killed. Its standard output is read line by line.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Starts a program that stands beside the tests.</summary>
    public static ChildProcess Start(string program, params string[] args)
    {
        string name = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? program + ".exe" : program);
        var start = new ProcessStartInfo(name, args) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Most of a short life is compilation; profiling for later is of no use.
        start.Environment["DOTNET_TieredPGO"] = "0";
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{name} does not start.");
        return new ChildProcess(process);
    }

    /// <summary>Waits for the next whole line; null where the program has ended.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Waits until the program ends by itself.</summary>
    public CommandLine WaitForEnd()
    {
        Task<string> error = _process.StandardError.ReadToEndAsync();
        string output = _process.StandardOutput.ReadToEnd();
        string said = error.GetAwaiter().GetResult();
        _process.WaitForExit();
        return new CommandLine(_process.ExitCode, output, said);
    }

    /// <summary>Kills the program after a delay, at once and without a chance to clean up.</summary>
    /// <returns>The lines that it had still written, without a last one that was cut.</returns>
    public IReadOnlyList<string> KillAfter(TimeSpan delay)
    {
        bool hasEnded = _process.WaitForExit(delay);
        _process.Kill();
        string rest = _process.StandardOutput.ReadToEnd();
        string error = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        Assert.False(hasEnded && _process.ExitCode != 0, $"The program failed before it was killed: {error}");
        return rest.Split('\n')[..^1];
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
