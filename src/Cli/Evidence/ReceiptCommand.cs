using System.CommandLine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Cli.Clique;
using DerChain.Evidence;

namespace DerChain.Cli.Evidence;

/// <summary><c>derchain receipt</c>: writes what proves a transaction to whoever has no chain.</summary>
internal static class ReceiptCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> store = CliqueStore.PathOption();
        Option<string> transaction = new("--transaction") { Description = "Hash of the transaction.", Required = true };
        Option<string?> file = Options.Path("--out", "The receipt to write. It is there whole or not at all.", required: true);
        Option<bool> fromCheckpoint = new("--from-checkpoint")
        {
            Description = "Begin at the last checkpoint or genesis: a larger receipt that also holds where the authorities have changed since.",
        };
        Option<string?> batch = Options.Path("--batch", "File of the batch that the transaction's record commits to; with --row.");
        Option<ulong?> row = Options.OptionalNumber("--row", "Row of the batch that the receipt proves too, counted from 0.");
        var command = new Command("receipt", "Write a receipt: what proves, without the chain, that a transaction is in a final block and did not fail.")
        {
            store,
            transaction,
            file,
            fromCheckpoint,
            batch,
            row,
        };
        command.Validators.Add(line =>
        {
            if (line.GetValue(batch) is null != line.GetValue(row) is null)
                line.AddError("--batch and --row go together.");
        });
        command.SetAction(line => Run(
            terminal,
            line.GetRequiredValue(store)!,
            HashText.Parse(line.GetRequiredValue(transaction), "a transaction"),
            line.GetRequiredValue(file)!,
            line.GetValue(fromCheckpoint),
            line.GetValue(batch) is { } path ? (path, (int)Math.Min(line.GetValue(row)!.Value, int.MaxValue)) : null));
        return command;
    }

    private static void Run(Terminal terminal, string path, Hash256 transaction, string file, bool fromCheckpoint, (string File, int Row)? batch)
    {
        OutputFile.RequireReplaceable(file, path);
        using CliqueStore clique = CliqueStore.Open(path);
        ValidationResult result = InclusionReceipt.TryCreate(clique.Chain, transaction, fromCheckpoint, out InclusionReceipt? receipt);
        if (!result.IsValid)
            throw new UserErrorException($"No receipt was written. {result.Message}");

        if (batch is { } rows)
            receipt = receipt! with { Leaf = BatchRow.Read(clique.Chain, transaction, rows.File, rows.Row) };

        byte[] encoded = receipt!.Encode();
        AtomicFile.Write(Path.GetFullPath(file), stream => stream.Write(encoded));
        terminal.Output.WriteLine($"transaction  {transaction}");
        terminal.Output.WriteLine($"block        {receipt.Header.Number} {receipt.Header.ComputeHash()}");
        terminal.Output.WriteLine($"headers      {receipt.Ancestors.Length} before the block, {receipt.Descendants.Length} after it");
        terminal.Output.WriteLine($"receipt      {file}, {encoded.Length} bytes");
    }
}
