using System.Text;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Cli.Statement;
using DerChain.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Records;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;
using DerChain.Settlement;

namespace DerChain.Cli.Settle;

/// <summary>The files that a settlement leaves below <c>settlement</c>: the statement in four forms, one for each prosumer, and receipts of the records that bind.</summary>
internal static class SettlementFiles
{
    private const string Folder = "settlement";

    /// <summary>Writes all files; each is there whole or not at all.</summary>
    /// <param name="terminal">Gets a summary.</param>
    /// <param name="outcome">The day.</param>
    /// <param name="outFolder">Folder of the run.</param>
    /// <param name="isJson">Whether the summary is a JSON document.</param>
    public static void Write(Terminal terminal, SettledOutcome outcome, string outFolder, bool isJson)
    {
        string folder = Path.Combine(outFolder, Folder);
        StatementDocument document = outcome.Document;
        Write(folder, "statement.md", StatementMarkdown.Of(document));
        Write(folder, "statement.html", StatementPage.Of(document));
        Write(folder, "statement.csv", StatementCsv.Of(document));
        Write(folder, "statement.jsonl", StatementJsonLines.Of(document));
        foreach (AllocatedShare share in outcome.Settled.Allocation.Shares)
        {
            string name = SettledOutcome.FileNameOf(share.Contribution.Name);
            Write(Path.Combine(folder, "prosumers"), $"{name}.md", ProsumerStatement.Of(outcome.Settled, share, outcome.Day.Day));
        }

        int receipts = WriteReceipts(outcome, Path.Combine(folder, "receipts"));
        if (isJson)
            SummariseAsJson(terminal, outcome, folder, receipts);
        else
            Summarise(terminal, outcome, folder, receipts);
    }

    private static void SummariseAsJson(Terminal terminal, SettledOutcome outcome, string folder, int receipts) => terminal.WriteJson(json =>
    {
        SettledDay settled = outcome.Settled;
        json.WriteNumber("version", settled.Statement.Subject.Version);
        json.WriteNumber("lines", settled.Statement.Lines.Length);
        json.WriteString("root", settled.Statement.Root.ToString());
        json.WriteString("record", settled.Issued?.Hash.ToString());
        json.WriteString("transaction", settled.Issued?.Location.TransactionHash.ToString());
        json.WriteNumber("payableCents", settled.Statement.PayableCents);
        json.WriteNumber("allocatedCents", settled.Allocation.PayableCents);
        json.WriteNumber("prosumers", settled.Allocation.Shares.Length);
        json.WriteNumber("receipts", receipts);
        json.WriteString("folder", folder);
        json.WriteStartArray("problems");
        foreach (VerificationProblem problem in settled.Result.Problems)
        {
            json.WriteStartObject();
            json.WriteString("rule", problem.Rule.ToString());
            json.WriteString("message", problem.Message);
            json.WriteString("transaction", problem.Location?.TransactionHash.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static int WriteReceipts(SettledOutcome outcome, string folder)
    {
        if (outcome.Settled.Issued is not { } issued)
            return 0;

        int receipts = WriteReceipt(outcome, folder, "statement", issued.Location.TransactionHash);
        Dictionary<Address, AllocatedShare> shares = outcome.Settled.Allocation.Shares.ToDictionary(static share => share.Contribution.Prosumer);
        foreach (LedgerEntry entry in outcome.Consortium.Ledger.Read(issued.Location.BlockNumber))
        {
            if (entry.Record is Allocation allocation && allocation.Statement == issued.Hash)
                receipts += WriteReceipt(outcome, folder, SettledOutcome.FileNameOf(shares[allocation.Prosumer].Contribution.Name), entry.Location.TransactionHash);
        }

        return receipts;
    }

    private static int WriteReceipt(SettledOutcome outcome, string folder, string name, Hash256 transaction)
    {
        ValidationResult result = InclusionReceipt.TryCreate(outcome.Consortium.Chain, transaction, fromCheckpoint: false, out InclusionReceipt? receipt);
        if (!result.IsValid)
            throw new UserErrorException($"No receipt of '{name}' was written. {result.Message}");

        byte[] encoded = receipt!.Encode();
        AtomicFile.Write(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{name}.receipt"), stream => stream.Write(encoded));
        return 1;
    }

    private static void Summarise(Terminal terminal, SettledOutcome outcome, string folder, int receipts)
    {
        SettledDay settled = outcome.Settled;
        terminal.Output.WriteLine($"statement    version {settled.Statement.Subject.Version}, {settled.Statement.Lines.Length} lines, root {settled.Statement.Root}");
        terminal.Output.WriteLine($"on the chain {(settled.Issued is { } issued ? $"block {issued.Location.BlockNumber}, transaction {issued.Location.TransactionHash}" : "not issued")}");
        terminal.Output.WriteLine($"payable      {StatementNumbers.Cents(settled.Statement.PayableCents)} $; {outcome.Document.Verdict}");
        terminal.Output.WriteLine($"prosumers    {settled.Allocation.Shares.Length}, together {StatementNumbers.Cents(settled.Allocation.PayableCents)} $");
        terminal.Output.WriteLine($"problems     {settled.Result.Problems.Length}");
        foreach (VerificationProblem problem in settled.Result.Problems)
            terminal.Output.WriteLine($"             {problem.Rule}: {problem.Message}");

        terminal.Output.WriteLine($"files        {folder}: statement, {settled.Allocation.Shares.Length} prosumers, {receipts} receipts");
    }

    private static void Write(string folder, string name, string text) => AtomicFile.Write(
        Path.Combine(Directory.CreateDirectory(folder).FullName, name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
