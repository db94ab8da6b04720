using System.Runtime.Intrinsics.X86;

namespace DerChain.Benchmarks.Results;

/// <summary>What the results were measured on.</summary>
internal static class Machine
{
    /// <summary>Name of the processor.</summary>
    public static string Processor => FirstLine("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim() ?? "unknown processor";

    /// <summary>Vectors that the library uses.</summary>
    public static string Vectors => Avx512F.IsSupported ? ", AVX-512" : Avx2.IsSupported ? ", AVX2" : ", no vectors";

    /// <summary>Processes that were running or waiting, over the last minute, when the program began.</summary>
    public static string LoadAtStart { get; } = FirstLine("/proc/loadavg", "")?.Split(' ')[0] ?? "unknown";

    private static string? FirstLine(string file, string beginning) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) : null;
}
