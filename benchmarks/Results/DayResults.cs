using System.Diagnostics;

namespace DerChain.Benchmarks.Results;

/// <summary>The main job of the README, as a user starts it: a process of its own.</summary>
internal static class DayResults
{
    private const double Megabyte = 1024 * 1024;

    public static IEnumerable<ResultTable> Tables()
    {
        using var folder = new TemporaryFolder();
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "DerChain.Cli.dll"), "run", "--out", folder.Path("day")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("derchain did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long peak = 0;
        double processor = 0;
        while (!process.WaitForExit(100))
        {
            process.Refresh();
            (peak, processor) = (Math.Max(peak, process.PeakWorkingSet64), process.TotalProcessorTime.TotalSeconds);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"derchain run ended with {process.ExitCode}.");

        yield return new ResultTable(
            "The market day of 200 prosumers: `derchain run`, three validators, LiteDB, two threads, start of the process and report included",
            ["", "measured", "bar"],
            [
                ["wall time", ResultTable.Time(seconds), $"{Bar.AtMost(30, seconds, "s")}"],
                ["processor time", ResultTable.Time(processor), ""],
                ["most memory", $"{ResultTable.Number(peak / Megabyte)} MB", $"{Bar.AtMost(600, peak / Megabyte, "MB")}"],
            ],
            []);
    }
}
