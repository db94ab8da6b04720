using System.Diagnostics;
using System.Text;
using DerChain.Chain.Storage;
using DerChain.Cli.Report;
using DerChain.Cli.Settle;
using DerChain.Market.Ledger;
using DerChain.Market.Scenario;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;
using DerChain.RecordFiles;
using DerChain.Settlement;

namespace DerChain.Cli.Run;

/// <summary>The work of <c>derchain run</c>.</summary>
internal static class MarketDayCommand
{
    private const string ChainFolder = "chain";

    public static int Run(Terminal terminal, RunSettings settings, CancellationToken cancellation)
    {
        (MarketDay day, ulong seed, ulong chainId) = DayOf(terminal, settings);
        using MarketDayRun run = Open(terminal, settings, day, seed, chainId);
        double? recordingSeconds = Record(terminal, run, cancellation);
        RunOutcome outcome = Verify(run, day, seed, StorePath(Path.Combine(settings.OutFolder, ChainFolder), 0), recordingSeconds);
        ReportFiles.Write(outcome, settings.OutFolder);
        if (settings.Json)
            WriteJson(terminal, outcome);
        else
            ConsoleReport.Write(outcome, terminal.Results, settings.OutFolder);

        return 0;
    }

    /// <summary>Records the day, or the rest of it, and settles it on the chain.</summary>
    public static int Settle(Terminal terminal, RunSettings settings, CancellationToken cancellation)
    {
        (MarketDay day, ulong seed, ulong chainId) = DayOf(terminal, settings);
        using MarketDayRun run = Open(terminal, settings, day, seed, chainId);
        Record(terminal, run, cancellation);
        terminal.Say("Verifying and settling.");
        SettledDay settled = run.Settle(new SettledDayOptions { Verification = new VerificationOptions { DayAheadGateUnixSeconds = GateOf(day) } }, cancellation);
        SettlementFiles.Write(terminal, new SettledOutcome(day, settled, run.Consortium), settings.OutFolder, settings.Json);
        return 0;
    }

    // Bids for a day close at ten o'clock the day before (docs/spec/market.md, 1.1).
    private static long GateOf(MarketDay day) => day.Day.InstantAt(day.Day.Date.AddDays(-1), new TimeOnly(10, 0));

    private static MarketDayRun Open(Terminal terminal, RunSettings settings, MarketDay day, ulong seed, ulong chainId)
    {
        string chainFolder = Directory.CreateDirectory(Path.Combine(settings.OutFolder, ChainFolder)).FullName;
        MarketDayRun run = MarketDayRun.Open(day, new MarketDayOptions
        {
            Seed = seed,
            ChainId = chainId,
            Validators = settings.Validators,
            Threads = settings.Threads,
            OpenStore = index => LiteDbStore.Open(StorePath(chainFolder, index)),
        });
        if (run.IsResumed)
            terminal.Say($"The chain in '{chainFolder}' has {run.Consortium.Chain.Head.Header.Number} blocks; going on from there.");

        return run;
    }

    private static double? Record(Terminal terminal, MarketDayRun run, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        ulong before = run.Consortium.Chain.Head.Header.Number;
        RunProgress.Show(terminal, progress => run.Record(progress, cancellation));
        return run.Consortium.Chain.Head.Header.Number > before ? clock.Elapsed.TotalSeconds : null;
    }

    private static RunOutcome Verify(MarketDayRun run, MarketDay day, ulong seed, string storePath, double? recordingSeconds)
    {
        var clock = Stopwatch.StartNew();
        Consortium consortium = run.Consortium;
        long rows = 0;
        IEnumerable<LedgerEntry> entries = consortium.Ledger.Read().Select(entry =>
        {
            rows += entry.Record.RowCount;
            return entry;
        });
        DayResult result = DayVerification.Run(entries, consortium.Ledger.Registry, day.Day.Hours, day.Aggregation);
        DayTotals totals = DayTotals.Of(result.SettlementIntervals);
        double verificationSeconds = clock.Elapsed.TotalSeconds;
        long storeBytes = new FileInfo(storePath).Length;
        ChainSummary chain = ChainSummaryBuilder.Of(consortium, seed, rows, storeBytes, recordingSeconds, verificationSeconds);
        return new RunOutcome(day, result, totals, consortium.Ledger.Registry, chain);
    }

    private static (MarketDay Day, ulong Seed, ulong ChainId) DayOf(Terminal terminal, RunSettings settings)
    {
        if (settings.DataFolder is { } folder)
        {
            StoredMarketDay stored = FileProblems.Require(terminal, MarketDayFiles.Read(folder));
            return (stored.Day, stored.Seed, stored.ChainId);
        }

        var options = new CaseStudyOptions { Prosumers = settings.Prosumers, Seed = settings.Seed };
        return (CaseStudy.Create(options), settings.Seed, MarketDayOptions.DefaultChainId);
    }

    private static void WriteJson(Terminal terminal, RunOutcome outcome)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(outcome, stream);
        terminal.Output.WriteLine(Encoding.UTF8.GetString(stream.ToArray()).TrimEnd());
    }

    private static string StorePath(string chainFolder, int validator) => Path.Combine(chainFolder, $"validator-{validator + 1}.db");
}
