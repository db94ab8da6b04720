using System.Diagnostics;
using DerChain.Benchmarks.Consensus;
using DerChain.Benchmarks.Market;
using DerChain.Benchmarks.State;
using DerChain.Chain;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Results;

/// <summary>How costs grow with the fleet, the state and the chain.</summary>
internal static class GrowthResults
{
    public static IEnumerable<ResultTable> Tables()
    {
        yield return Prosumers();
        yield return Accounts();
        yield return ChainLength();
    }

    private static ResultTable Prosumers()
    {
        var rows = new List<string[]>();
        foreach (int prosumers in new[] { 200, 1_000, 5_000 })
        {
            var settle = new SettleMarketDay { Prosumers = prosumers };
            settle.Setup();
            double seconds = Interleaved.Measure([new("", () => settle.Settle())], rounds: prosumers > 1_000 ? 1 : 5, secondsPerWay: 0)[0].Seconds;
            rows.Add([$"{prosumers:N0}", $"{settle.Rows:N0}", ResultTable.Time(seconds), ResultTable.Time(seconds / settle.Rows)]);
        }

        return new ResultTable(
            "Verify and settle a market day, its records in memory, by prosumers", ["prosumers", "rows", "median", "for a row"], rows, []);
    }

    private static ResultTable Accounts()
    {
        var rows = new List<string[]>();
        foreach (int accounts in new[] { 1_000, 100_000, 1_000_000 })
        {
            using LargeStateChain made = LargeStateChain.Make(accounts, blocks: 40, transfersPerBlock: 200);
            Blockchain chain = made.OpenChain(made.CopyToMemory());
            double[] seconds = [.. made.Blocks.Select(block => SecondsOf(() => chain.Import(block, ulong.MaxValue, made.FindSender)))];
            rows.Add([$"{accounts:N0}", ResultTable.Time(Spread.Of(seconds[10..]).Median)]);
        }

        return new ResultTable(
            "Import a block of 200 transfers to accounts drawn at random, senders known, in memory, by accounts", ["accounts", "median"], rows, []);
    }

    private static ResultTable ChainLength()
    {
        const int Blocks = 6_000, Part = 1_000;
        using ImportChain made = ImportChain.Make(Blocks, transactionsPerBlock: 1);
        Blockchain chain = made.OpenEmpty(threads: 1);
        double[] seconds = [.. made.Blocks.Select(block => SecondsOf(() => chain.Import(block, ImportChain.NowUnixMilliseconds / 1000)))];
        return new ResultTable(
            "Import a block of one transfer, in memory, by blocks before it",
            ["blocks before", "median"],
            [.. seconds.Chunk(Part).Select(static (part, index) => (string[])[$"{index * Part:N0} to {(index + 1) * Part - 1:N0}", ResultTable.Time(Spread.Of(part).Median)])],
            []);
    }

    private static double SecondsOf(Func<ImportResult> import)
    {
        long start = Stopwatch.GetTimestamp();
        ImportResult result = import();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return result.Outcome == ImportOutcome.NewHead ? seconds : throw new InvalidOperationException($"{result.Outcome} {result.Verdict}");
    }
}
