using DerChain.Chain.Primitives;
using DerChain.EndToEnd.Tests.Kills;
using DerChain.Market.Confidentiality;

namespace DerChain.EndToEnd.Tests.Evidence;

/// <summary>A small day on the chain, its receipts, and a process that knows nothing but the authorities' addresses.</summary>
public sealed class ReceiptCommandTests(ReceiptFolder folder) : IClassFixture<ReceiptFolder>
{
    [Fact]
    public void A_receipt_is_verified_by_a_process_that_holds_the_authorities_addresses_alone()
    {
        string file = Receipt(folder.Telemetry.Location.TransactionHash);
        CommandLine verified = InOtherProcess(["verify-receipt", file, "--chain-id", folder.ChainId, .. folder.AuthorityOptions]);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.StartsWith($"VALID: transaction {folder.Telemetry.Location.TransactionHash} was executed in a final block", verified.Output, StringComparison.Ordinal);
        Assert.Contains($"block      {folder.Telemetry.Location.BlockNumber} {folder.Telemetry.Location.BlockHash}", verified.Output, StringComparison.Ordinal);
        Assert.Contains($"signed by  {folder.Telemetry.Sender}", verified.Output, StringComparison.Ordinal);
        Assert.Contains($"sent to    {folder.Telemetry.Receiver}", verified.Output, StringComparison.Ordinal);
        Assert.Contains($"record     Telemetry with {folder.Telemetry.Record.RowCount} row", verified.Output, StringComparison.Ordinal);
        Assert.Contains("final      because these authorities sealed on it", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_holds_for_a_trusted_block_and_from_genesis()
    {
        Hash256 transaction = folder.Telemetry.Location.TransactionHash;
        CommandLine byBlock = CommandLine.Run("verify-receipt", Receipt(transaction), "--trusted-hash", folder.Telemetry.Location.BlockHash.ToString());
        Assert.Equal(0, byBlock.ExitCode);
        Assert.Contains("because you trust the hash", byBlock.Output, StringComparison.Ordinal);

        string fromGenesis = Receipt(transaction, "--from-checkpoint");
        CommandLine byGenesis = CommandLine.Run("verify-receipt", fromGenesis, "--checkpoint", folder.Genesis.ToString(), "--chain-id", folder.ChainId);
        Assert.Equal(0, byGenesis.ExitCode);
        Assert.Contains($"signed by  {folder.Telemetry.Sender}", byGenesis.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_that_proves_nothing_is_exit_code_1_and_a_named_reason()
    {
        string file = Receipt(folder.Telemetry.Location.TransactionHash);
        AssertNotValid("WrongChain", ["verify-receipt", file, "--chain-id", "1", .. folder.AuthorityOptions]);
        AssertNotValid("HeaderRefused", ["verify-receipt", file, "--chain-id", folder.ChainId, "--authority", folder.Telemetry.Sender.ToString()]);
        AssertNotValid("HeaderNotTrusted", ["verify-receipt", file, "--trusted-hash", folder.Genesis.ToString()]);

        byte[] altered = File.ReadAllBytes(file);
        altered[altered.AsSpan().IndexOf("DERC"u8) + 40]++;
        file = folder.File("altered");
        File.WriteAllBytes(file, altered);
        AssertNotValid("TransactionNotProven", ["verify-receipt", file, "--chain-id", folder.ChainId, .. folder.AuthorityOptions]);
    }

    [Fact]
    public void A_receipt_proves_a_row_that_is_kept_beside_the_chain()
    {
        string batch = folder.File("batch");
        File.WriteAllBytes(batch, BatchFile.Encode(folder.Batch));
        string file = Receipt(folder.BatchTransaction, "--batch", batch, "--row", "2");
        CommandLine verified = InOtherProcess(["verify-receipt", file, "--chain-id", folder.ChainId, .. folder.AuthorityOptions]);
        Assert.Equal(0, verified.ExitCode);
        string leaf = Convert.ToHexStringLower(folder.Batch.Rows[2].Disclosed!.ToBytes());
        Assert.EndsWith("0377", leaf, StringComparison.Ordinal);
        Assert.Contains($"leaf       2 of those that the record commits to, 18 bytes: {leaf}", verified.Output, StringComparison.Ordinal);

        AssertNoReceipt("Row 3 of", folder.BatchTransaction, "--batch", batch, "--row", "3");
        AssertNoReceipt("the batch has 4 rows", folder.BatchTransaction, "--batch", batch, "--row", "4");
        AssertNoReceipt("carries no record that commits to a batch", folder.Telemetry.Location.TransactionHash, "--batch", batch, "--row", "0");
        AssertNoReceipt("There is no file of a batch", folder.BatchTransaction, "--batch", folder.File("none"), "--row", "0");
        File.WriteAllBytes(batch, BatchFile.Encode(SaltedBatch.Create([new byte[] { 1 }])));
        AssertNoReceipt("is not the batch that the record commits to", folder.BatchTransaction, "--batch", batch, "--row", "0");
    }

    [Fact]
    public void No_receipt_is_written_of_a_block_that_is_not_final()
    {
        CommandLine result = CommandLine.Run("receipt", "--store", folder.Store, "--transaction", folder.LastTransaction.ToString(), "--out", folder.File("never"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is not final", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("never")));

        CommandLine unknown = CommandLine.Run("receipt", "--store", folder.Store, "--transaction", folder.Genesis.ToString(), "--out", folder.File("never"));
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains($"The chain holds no transaction {folder.Genesis}.", unknown.Error, StringComparison.Ordinal);
    }

    private string Receipt(Hash256 transaction, params string[] options)
    {
        string file = folder.File($"receipt-{transaction}{options.Length}");
        CommandLine made = CommandLine.Run(["receipt", "--store", folder.Store, "--transaction", transaction.ToString(), "--out", file, .. options]);
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Contains($"{new FileInfo(file).Length} bytes", made.Output, StringComparison.Ordinal);
        return file;
    }

    private void AssertNoReceipt(string reason, Hash256 transaction, params string[] options)
    {
        string[] line = ["receipt", "--store", folder.Store, "--transaction", transaction.ToString(), "--out", folder.File("never"), .. options];
        CommandLine result = CommandLine.Run(line);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("never")));
    }

    private static CommandLine InOtherProcess(string[] args)
    {
        using ChildProcess process = ChildProcess.Start("DerChain.Cli", args);
        return process.WaitForEnd();
    }

    private static void AssertNotValid(string reason, string[] args)
    {
        CommandLine result = CommandLine.Run(args);
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"NOT VALID, {reason}: ", result.Output, StringComparison.Ordinal);
    }
}
