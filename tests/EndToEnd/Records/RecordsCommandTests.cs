using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Records;

public sealed class RecordsCommandTests
{
    [Fact]
    public void A_store_is_exported_and_its_files_hold_against_it()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandLine.Run("run", "--prosumers", "1", "--validators", "1", "--out", folder.Path).ExitCode);
        string store = folder.File("chain/validator-1.db");

        CommandLine exported = CommandLine.Run("records", "export", store, "--out", folder.File("both"), "--format", "both");
        CommandLine alone = CommandLine.Run("records", "import", folder.File("both"));
        CommandLine onChain = CommandLine.Run("records", "import", folder.File("both"), "--store", store);

        Assert.Equal((0, 0, 0), (exported.ExitCode, alone.ExitCode, onChain.ExitCode));
        Assert.Contains("telemetry.csv", exported.Output, StringComparison.Ordinal);
        Assert.Contains("Whether the chain has them was not asked", alone.Output, StringComparison.Ordinal);
        Assert.Contains("every record stands on the chain where it says", onChain.Output, StringComparison.Ordinal);

        CommandLine some = CommandLine.Run(
            "records", "export", store, "--out", folder.File("some"), "--kind", "Telemetry", "--kind", "ControlCommand", "--from", "5", "--to", "9", "--format", "csv");
        Assert.Equal(0, some.ExitCode);
        Assert.Contains("blocks   5 to 9", some.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("records", "import", folder.File("some"), "--store", store).ExitCode);

        CommandLine again = CommandLine.Run("records", "export", store, "--out", folder.File("some"));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("is not empty", again.Error, StringComparison.Ordinal);
        CommandLine late = CommandLine.Run("records", "export", store, "--out", folder.File("late"), "--to", "99999999");
        Assert.Equal(2, late.ExitCode);
        Assert.Contains("it has no block 99999999.", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_do_not_hold_are_exit_code_1_with_every_problem_on_a_line()
    {
        using var day = new ExportedDay();
        day.Set("day-ahead-award.csv", 2, "energyW", "x");

        CommandLine result = CommandLine.Run("records", "import", day.Folder);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("day-ahead-award.csv:2: energyW 'x': is not a whole number from ", result.Error, StringComparison.Ordinal);
        Assert.Contains("derchain: the records do not hold; there are 2 problems.", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("records export", "'--out' is required")]
    [InlineData("records export /no/such/file --out x", "There is no store at '/no/such/file'.")]
    [InlineData("records export x --out y --format xml", "--format is 'xml'; jsonl, csv or both is wanted.")]
    [InlineData("records export x --out y --kind telemetry", "--kind is 'telemetry'; one of DayAheadBid, ")]
    [InlineData("records export x --out y --from -1", "--from is '-1'")]
    [InlineData("records export x --out y --sender 0x12", "'0x12' is no address")]
    [InlineData("records export x --out y --resource a+b", "--resource is 'a+b'; a name of 1 to 40 characters")]
    [InlineData("records import /no/such/folder", "There is no manifest.json in '/no/such/folder'.")]
    public void A_wrong_command_line_is_one_clear_message_and_exit_code_2(string line, string expected)
    {
        CommandLine result = CommandLine.Run(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
