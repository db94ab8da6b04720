using System.CommandLine;
using System.Text;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Cli.Clique;
using DerChain.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;
using DerChain.Settlement;

namespace DerChain.Cli.Statement;

/// <summary><c>derchain statement</c>: makes a statement again from the records on a chain, and says whether it is the one that was issued.</summary>
internal static class StatementCommand
{
    private const int NotAsIssued = 1;

    private static readonly string[] Formats = ["markdown", "html", "csv", "jsonl"];

    public static Command Create(Terminal terminal)
    {
        Option<string?> store = CliqueStore.PathOption();
        Option<string?> aggregation = new("--aggregation") { Description = "The aggregation; may be left out where the chain has statements of one alone." };
        Option<DateOnly?> date = Options.Date("--date", "The trading date; may be left out where the chain has statements of one day alone.");
        Option<string> zone = new("--zone") { Description = "IANA zone of the market. Default: America/Los_Angeles", DefaultValueFactory = static _ => "America/Los_Angeles" };
        Option<string> format = new("--format") { Description = "markdown, html, csv or jsonl.", DefaultValueFactory = static _ => "markdown" };
        format.AcceptOnlyFromAmong(Formats);
        Option<ulong?> line = Options.OptionalNumber("--line", "Write a receipt of this line, counted from 0, instead of the statement; with --out.");
        Option<string?> file = Options.Path("--out", "File to write to instead of standard output. It is there whole or not at all.");
        var command = new Command("statement", "Verify and settle a day from the records on a chain, and compare with the statement that was issued there.")
        {
            store, aggregation, date, zone, format, line, file,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(line) is not null && result.GetValue(file) is null)
                result.AddError("--line goes with --out.");
        });
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(store)!;
            using CliqueStore clique = CliqueStore.Open(path);
            var request = new StatementRequest(result.GetValue(aggregation), result.GetValue(date), result.GetRequiredValue(zone));
            (StatementDocument document, SettledDay settled) = Settle(clique, request);
            if (result.GetValue(file) is { } name)
                OutputFile.RequireReplaceable(name, path);
            if (result.GetValue(line) is { } number)
                return WriteLine(terminal, clique, settled, number, result.GetValue(file)!);

            Write(terminal, Text(document, result.GetRequiredValue(format)), result.GetValue(file));
            return Compare(terminal, settled);
        });
        return command;
    }

    private static (StatementDocument Document, SettledDay Settled) Settle(CliqueStore clique, StatementRequest request)
    {
        if (clique.Chain.Rule is not MarketRule)
            throw new UserErrorException("The chain holds no market's records.");

        var ledger = new MarketLedger(clique.Chain);
        ((AggregationId aggregation, MarketInterval period), Address systemOperator) = request.Find(ledger.Read(static kind => kind == RecordKind.StatementIssue));
        TradingDay day = request.DayOf(period);
        var verification = new VerificationOptions { DayAheadGateUnixSeconds = day.InstantAt(day.Date.AddDays(-1), new TimeOnly(10, 0)) };
        SettledDay settled = SettledDay.Of(ledger.Read(), ledger.Registry, day, aggregation, new SettledDayOptions { Verification = verification });
        var document = new StatementDocument(
            settled.Statement, day, ledger.Registry.NameOf(systemOperator)!.Value, ledger.Registry.NameOf(settled.Result.Aggregator)!.Value)
        {
            Allocation = settled.Allocation,
        };
        return (document, settled);
    }

    private static string Text(StatementDocument document, string format) => format switch
    {
        "html" => StatementPage.Of(document),
        "csv" => StatementCsv.Of(document),
        "jsonl" => StatementJsonLines.Of(document),
        _ => StatementMarkdown.Of(document),
    };

    private static void Write(Terminal terminal, string text, string? file)
    {
        if (file is null)
            terminal.Output.Write(text);
        else
            AtomicFile.Write(Path.GetFullPath(file), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private static int Compare(Terminal terminal, SettledDay settled)
    {
        if (settled.Issued is { } issued)
        {
            terminal.Say($"The statement is the one that was issued: block {issued.Location.BlockNumber}, record {issued.Hash}.");
            return 0;
        }

        IssuedStatement last = settled.Issues[^1];
        terminal.Say($"The statement is NOT the one that was issued in block {last.Location.BlockNumber}:");
        foreach (StatementProblem problem in StatementCheck.Differences(settled.Statement, last.Record))
            terminal.Say($"  {problem.Difference}: issued {problem.Issued}, made again {problem.Stated}");

        return NotAsIssued;
    }

    private static int WriteLine(Terminal terminal, CliqueStore clique, SettledDay settled, ulong number, string file)
    {
        if (settled.Issued is not { } issued)
            return Compare(terminal, settled);

        if (number >= (ulong)settled.Statement.Lines.Length)
            throw new UserErrorException($"The statement has {settled.Statement.Lines.Length} lines, counted from 0; there is no line {number}.");

        ValidationResult result = InclusionReceipt.TryCreate(clique.Chain, issued.Location.TransactionHash, fromCheckpoint: false, out InclusionReceipt? receipt);
        if (!result.IsValid)
            throw new UserErrorException($"No receipt was written. {result.Message}");

        StatementProof proof = settled.Statement.ProofOf((int)number);
        byte[] encoded = (receipt! with { Leaf = new ReceiptLeaf(proof.Line.ToBytes(), proof.Index, proof.Path) }).Encode();
        AtomicFile.Write(Path.GetFullPath(file), stream => stream.Write(encoded));
        terminal.Output.WriteLine($"line     {number}: {LineText.Code(proof.Line.Line)} from {proof.Line.Interval.Start:yyyy-MM-ddTHH:mm:ssZ}, {StatementNumbers.Usd(proof.Line.Amount)} $");
        terminal.Output.WriteLine($"receipt  {file}, {encoded.Length} bytes");
        return 0;
    }
}
