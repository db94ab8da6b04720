using System.Diagnostics;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Results;

/// <summary>Measures ways against each other on a machine that others use too: in rounds, each way once a round, so that what slows the machine slows all of them,
/// and a ratio is one of neighbours in time. BenchmarkDotNet measures one after the other, minutes apart.</summary>
internal static class Interleaved
{
    /// <summary>Measures ways; ratios are to the first.</summary>
    /// <param name="ways">The ways.</param>
    /// <param name="rounds">Rounds that count; a quarter of as many, and at least one, come before them.</param>
    /// <param name="secondsPerWay">How long a way is repeated in a round, at least once.</param>
    public static Measured[] Measure(IReadOnlyList<Way> ways, int rounds, double secondsPerWay)
    {
        int[] calls = [.. ways.Select(way => CallsFor(way, secondsPerWay))];
        var seconds = new double[ways.Count][];
        var bytes = new double[ways.Count][];
        for (int way = 0; way < ways.Count; way++)
            (seconds[way], bytes[way]) = (new double[rounds], new double[rounds]);

        for (int round = -Math.Max(1, rounds / 4); round < rounds; round++)
        {
            for (int way = 0; way < ways.Count; way++)
            {
                (double time, double allocated) = Time(ways[way], calls[way]);
                if (round >= 0)
                    (seconds[way][round], bytes[way][round]) = (time, allocated);
            }
        }

        return [.. ways.Select((way, index) => new Measured(
            way.Name,
            Spread.Of(seconds[index]).Median,
            Spread.Of(seconds[index].Zip(seconds[0], static (own, first) => own / first)).Median,
            bytes[index].Min()))];
    }

    private static int CallsFor(Way way, double secondsPerWay)
    {
        // Often enough that the runtime has compiled it for good, in the time that one round takes and half a second more.
        int calls = 0;
        double seconds = 0;
        while (seconds < secondsPerWay + 0.5 && calls < 1_000_000)
        {
            seconds += Time(way, 1).Seconds * way.Operations;
            calls++;
        }

        return way.Prepare is null ? Math.Max(1, (int)(secondsPerWay * calls / seconds)) : 1;
    }

    private static (double Seconds, double Bytes) Time(Way way, int calls)
    {
        way.Prepare?.Invoke();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
            way.Run();

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        double operations = (double)calls * way.Operations;
        return (seconds / operations, bytes / operations);
    }
}
