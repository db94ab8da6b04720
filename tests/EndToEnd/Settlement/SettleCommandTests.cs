using System.Text.Json;
using DerChain.EndToEnd.Tests.Kills;

namespace DerChain.EndToEnd.Tests.Settlement;

/// <summary><c>derchain settle</c> and <c>derchain statement</c>, and what they leave for whoever has no chain.</summary>
public sealed class SettleCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("derchain-settle-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_day_is_settled_made_again_and_proven_without_the_chain()
    {
        string outFolder = _folder.FullName;
        string store = Path.Combine(outFolder, "chain", "validator-2.db");
        CommandLine settle = CommandLine.Run("settle", "--prosumers", "2", "--out", outFolder, "--json");
        Assert.Equal(0, settle.ExitCode);
        using JsonDocument summary = JsonDocument.Parse(settle.Output);
        Assert.Equal((1, 2, 3, 0), (Number(summary, "version"), Number(summary, "prosumers"), Number(summary, "receipts"), summary.RootElement.GetProperty("problems").GetArrayLength()));
        string root = summary.RootElement.GetProperty("root").GetString()!;

        // The same again changes nothing; a run on the settled chain goes on as before.
        CommandLine again = CommandLine.Run("settle", "--prosumers", "2", "--out", outFolder, "--json");
        Assert.Equal(settle.Output, again.Output);
        Assert.Equal(0, CommandLine.Run("run", "--prosumers", "2", "--out", outFolder, "--json").ExitCode);

        // Anyone with the chain makes the same statement.
        CommandLine statement = CommandLine.Run("statement", "--store", store);
        Assert.Equal(0, statement.ExitCode);
        Assert.Contains("The statement is the one that was issued", statement.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(outFolder, "settlement", "statement.md")), statement.Output);
        Assert.Contains(root, statement.Output, StringComparison.Ordinal);
        foreach ((string format, string name) in (ReadOnlySpan<(string, string)>)[("html", "statement.html"), ("csv", "statement.csv"), ("jsonl", "statement.jsonl")])
            Assert.Equal(File.ReadAllText(Path.Combine(outFolder, "settlement", name)), CommandLine.Run("statement", "--store", store, "--format", format).Output);

        // Another process holds the addresses of the authorities alone.
        string line = Path.Combine(outFolder, "line.receipt");
        Assert.Equal(0, CommandLine.Run("statement", "--store", store, "--line", "5", "--out", line).ExitCode);
        string[] authorities = [.. CommandLine.Run("clique", "signers", "--store", store).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        foreach (string receipt in Directory.GetFiles(Path.Combine(outFolder, "settlement", "receipts")).Append(line))
        {
            using ChildProcess process = ChildProcess.Start(
                "DerChain.Cli", ["verify-receipt", receipt, "--chain-id", "222200", .. authorities.SelectMany(static authority => (string[])["--authority", authority])]);
            (int exitCode, string output, _) = process.WaitForEnd();
            Assert.Equal(0, exitCode);
            Assert.StartsWith("VALID: ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_chain_without_statement_or_of_another_zone_is_said_in_one_sentence()
    {
        string outFolder = _folder.FullName;
        string store = Path.Combine(outFolder, "chain", "validator-1.db");
        Assert.Equal(0, CommandLine.Run("run", "--prosumers", "1", "--validators", "1", "--out", outFolder, "--json").ExitCode);
        AssertRefused("The chain holds no such statement. 'derchain settle' issues one.", "statement", "--store", store);

        Assert.Equal(0, CommandLine.Run("settle", "--prosumers", "1", "--validators", "1", "--out", outFolder).ExitCode);
        AssertRefused("is no trading day in UTC", "statement", "--store", store, "--zone", "UTC");
        AssertRefused("'Nowhere' is no IANA zone known to this system.", "statement", "--store", store, "--zone", "Nowhere");
        AssertRefused("The chain holds no such statement.", "statement", "--store", store, "--aggregation", "NONE");
        AssertRefused("there is no line 99999", "statement", "--store", store, "--line", "99999", "--out", Path.Combine(outFolder, "x"));
    }

    private static int Number(JsonDocument document, string name) => document.RootElement.GetProperty(name).GetInt32();

    private static void AssertRefused(string expected, params string[] args)
    {
        CommandLine result = CommandLine.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
