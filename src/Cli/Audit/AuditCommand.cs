using System.CommandLine;
using DerChain.Chain;
using DerChain.Chain.Audit;
using DerChain.Chain.Storage;
using DerChain.Cli.Report;
using DerChain.Consensus.Clique;
using DerChain.Market.Participants;

namespace DerChain.Cli.Audit;

/// <summary><c>derchain audit</c>: verifies a stored chain again from genesis.</summary>
internal static class AuditCommand
{
    private const int Broken = 1;

    public static Command Create(Terminal terminal)
    {
        Option<string?> store = Options.Path("--store", "The validator's store, e.g. out/chain/validator-1.db.", required: true);
        Option<int> threads = Options.Threads();
        Option<bool> json = Options.Json();
        var command = new Command(
            "audit", "Verify a stored chain again from genesis: links, seals, signatures, permissions, payloads, roots, and every stored entry.")
        {
            store,
            threads,
            json,
        };
        command.SetAction(line => Terminal.WithCancellation(cancellation =>
            Run(terminal, line.GetRequiredValue(store)!, line.GetValue(threads), line.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, string path, int threads, bool json, CancellationToken cancellation)
    {
        using IKeyValueStore store = StoreFile.OpenExisting(path);
        AuditReport report = Audit(terminal, store, path, threads, cancellation);
        if (json)
            WriteJson(terminal, report);
        else
            WriteText(terminal, report);

        return report.Finding is null ? 0 : Broken;
    }

    private static AuditReport Audit(Terminal terminal, IKeyValueStore store, string path, int threads, CancellationToken cancellation)
    {
        StoreIdentity identity = StoreFile.IdentityOf(store, path);
        MarketRule? rule = StoreFile.RuleOf(identity);
        var progress = new AuditProgressLines(terminal);
        return ChainAudit.Run(store, identity, new CliqueEngine(identity.Genesis.Spec), rule, threads, progress, cancellation);
    }

    private static void WriteText(Terminal terminal, AuditReport report)
    {
        TextWriter output = terminal.Output;
        output.WriteLine($"blocks verified         {report.Blocks}");
        output.WriteLine($"signatures verified     {report.Transactions + (long)report.Blocks - 1}");
        output.WriteLine($"transactions executed   {report.Transactions}");
        output.WriteLine($"stored entries compared {report.Entries}");
        output.WriteLine($"head                    {report.HeadNumber} {report.HeadHash}");
        output.WriteLine($"state root              {report.StateRoot}");
        output.WriteLine(report.Finding is { } finding
            ? $"BROKEN at block {finding.BlockNumber} {finding.BlockHash}, rule '{finding.Rule}': {finding.Message}"
            : "Everything is as it was written: links, seals, signatures, permissions, payloads, execution, roots and entries.");
    }

    private static void WriteJson(Terminal terminal, AuditReport report) => terminal.WriteJson(json =>
    {
        json.WriteBoolean("intact", report.Finding is null);
        json.WriteNumber("blocks", report.Blocks);
        json.WriteNumber("transactions", report.Transactions);
        json.WriteNumber("entries", report.Entries);
        json.WriteHead(report.HeadNumber, report.HeadHash, report.StateRoot);
        if (report.Finding is { } finding)
        {
            json.WriteStartObject("finding");
            json.WriteNumber("blockNumber", finding.BlockNumber);
            json.WriteString("blockHash", finding.BlockHash.ToString());
            json.WriteString("rule", finding.Rule);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }
    });
}
