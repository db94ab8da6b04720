using System.CommandLine;
using DerChain.Chain.Crypto;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Cli.Report;
using DerChain.Evidence;

namespace DerChain.Cli.Evidence;

/// <summary><c>derchain verify-receipt</c>: says what a receipt proves to someone who has no chain.</summary>
internal static class VerifyReceiptCommand
{
    private const int NotValid = 1;
    private const int ShownLeafBytes = 256;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The receipt." };
        var trust = new TrustOptions();
        var command = new Command("verify-receipt", "Verify a receipt without the chain, and say what it proves. Exit code 1 where it proves nothing.") { file };
        trust.AddTo(command);
        command.SetAction(line => Run(terminal, line.GetRequiredValue(file), trust.Read(line)));
        return command;
    }

    private static int Run(Terminal terminal, string path, ReceiptTrust trust)
    {
        ValidationResult result = ReceiptVerifier.Verify(Read(path), trust, out ProvenTransaction? proven);
        if (proven is null)
        {
            terminal.Output.WriteLine($"NOT VALID, {result.Error}: {result.Message}");
            return NotValid;
        }

        Write(terminal.Output, proven);
        return 0;
    }

    // One byte more than a receipt can have is read, so that a larger file is refused for its size and not read whole.
    private static byte[] Read(string path)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"There is no receipt at '{path}'.");

        using FileStream stream = File.OpenRead(path);
        var bytes = new byte[Math.Min(stream.Length, InclusionReceipt.MaxEncodedBytes + 1L)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void Write(TextWriter output, ProvenTransaction proven)
    {
        UnsignedTransaction content = proven.Transaction.Content;
        output.WriteLine($"VALID: transaction {proven.Transaction.Hash} was executed in a final block and did not fail.");
        output.WriteLine($"block      {proven.BlockNumber} {proven.BlockHash}");
        output.WriteLine($"time       {DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(proven.BlockUnixSeconds, LastSecond)):yyyy-MM-ddTHH:mm:ssZ}");
        output.WriteLine($"position   transaction {proven.TransactionIndex} of the block, counted from 0");
        output.WriteLine($"signed by  {proven.Sender}");
        output.WriteLine($"sent to    {content.To}");
        output.WriteLine($"value      {content.Value} wei");
        output.WriteLine($"payload    {content.Data.Length} bytes, Keccak-256 {Keccak256.Hash(content.Data.Span)}");
        output.WriteLine(proven.Record is { } record
            ? $"record     {record.Kind} with {Wording.Plural(record.RowCount, "row", "rows")}"
            : "record     none: the payload is not that of a market record");
        WriteLeaf(output, proven.Leaf);
        output.WriteLine(proven.Sealers.IsEmpty
            ? "final      because you trust the hash of a block that stands on it, or of the block itself"
            : $"final      because these authorities sealed on it: {string.Join(", ", proven.Sealers.Distinct())}");
    }

    private static void WriteLeaf(TextWriter output, ReceiptLeaf? leaf)
    {
        if (leaf is null)
            return;

        string content = leaf.Content.Length <= ShownLeafBytes
            ? Convert.ToHexStringLower(leaf.Content.Span)
            : $"Keccak-256 {Keccak256.Hash(leaf.Content.Span)}";
        output.WriteLine($"leaf       {leaf.Index} of those that the record commits to, {leaf.Content.Length} bytes: {content}");
    }

    // The last second that a date can be written of, in the year 9999.
    private static ulong LastSecond => (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
