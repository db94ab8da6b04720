using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DerChain.Benchmarks.Results;

/// <summary>The short version of the benchmarks, some minutes, and the file that says what came out.</summary>
internal static class ResultsFile
{
    private static readonly (string Name, Func<IEnumerable<ResultTable>> Tables)[] Parts =
    [
        ("crypto", CryptoResults.Tables),
        ("records", RecordResults.Tables),
        ("chain", ChainResults.Tables),
        ("day", DayResults.Tables),
        ("growth", GrowthResults.Tables),
    ];

    /// <summary>Measures, and writes the file where all parts were measured.</summary>
    /// <param name="parts">Names of the parts to measure; none for all.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> parts)
    {
        if (parts.FirstOrDefault(static name => Parts.All(part => part.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"'{unknown}' is no part of the results; they are {string.Join(", ", Parts.Select(static part => part.Name))}.");
            return 2;
        }

        long start = Stopwatch.GetTimestamp();
        var text = new StringBuilder();
        foreach (ResultTable table in Parts.Where(part => parts.Count == 0 || parts.Contains(part.Name)).SelectMany(static part => part.Tables()))
        {
            var one = new StringBuilder();
            table.Write(one);
            Console.Write(one);
            text.Append(one);
        }

        if (parts.Count > 0)
            return 0;

        string path = Path.Combine(Folder(), "RESULTS.md");
        File.WriteAllText(path, Head(Stopwatch.GetElapsedTime(start)) + text.ToString().TrimEnd('\n') + "\n");
        Console.WriteLine($"Written: {path}");
        return 0;
    }

    private static string Head(TimeSpan took) =>
        $"""
        # Results of the benchmarks

        Written by `dotnet run -c Release --project benchmarks -- results` on {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, in {ResultTable.Number(took.TotalMinutes)} minutes.
        Machine: {Machine.Processor}, {Environment.ProcessorCount} cores, {ResultTable.Number(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024))} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}{Machine.Vectors}; load when it began: {Machine.LoadAtStart}.
        Medians of rounds in which each way is measured once, so that ratios are of neighbours in time; bytes are the least of the rounds. "Bar" is what issue 6 asks.
        `--filter '*'` instead of `results` runs the same and more under BenchmarkDotNet, for hours.


        """;

    // The source's folder, whichever folder the command is run in.
    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DerChain.Benchmarks.csproj")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks do not run from their project's folder.");
    }
}
