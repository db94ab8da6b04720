using System.Text.Json;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("run --prosumers many", "--prosumers is 'many'; a whole number from 1 to 100000 is wanted.")]
    [InlineData("run --prosumers 0", "--prosumers is '0'")]
    [InlineData("run --validators 101", "--validators is '101'; a whole number from 1 to 100 is wanted.")]
    [InlineData("run --threads -1", "--threads is '-1'")]
    [InlineData("run --seed 18446744073709551616", "--seed is '18446744073709551616'")]
    [InlineData("run --frobnicate", "--frobnicate")]
    [InlineData("run --data x --prosumers 5", "--prosumers is for the generated day; with --data the files say it.")]
    [InlineData("run --data x --seed 5", "--seed is for the generated day; with --data the files say it.")]
    [InlineData("mine", "'mine'")]
    [InlineData("audit", "'--store' is required")]
    [InlineData("audit --store /no/such/file", "There is no store at '/no/such/file'.")]
    [InlineData("run --data /no/such/folder", "/no/such/folder")]
    [InlineData("scenario", "--out")]
    [InlineData("settle --prosumers many", "--prosumers is 'many'; a whole number from 1 to 100000 is wanted.")]
    [InlineData("statement", "'--store' is required")]
    [InlineData("statement --store /no/such/file", "There is no store at '/no/such/file'.")]
    [InlineData("statement --store x --line 3", "--line goes with --out.")]
    [InlineData("statement --store x --format pdf", "'pdf'")]
    [InlineData("statement --store x --date today", "--date is 'today'; a date like 2020-08-14 is wanted.")]
    [InlineData("receipt", "'--transaction' is required")]
    [InlineData("receipt --store /no/such/file --transaction 0x12 --out x", "'0x12' is no hash of a transaction: 64 hexadecimal digits are wanted.")]
    [InlineData("receipt --store /no/such/file --transaction 0x12 --out x --row 1", "--batch and --row go together.")]
    [InlineData("verify-receipt x", "What is trusted must be said in one way: --authority, --checkpoint or --trusted-hash.")]
    [InlineData("verify-receipt x --authority 0x12", "--chain-id is wanted.")]
    [InlineData("verify-receipt x --authority 0x12 --chain-id 1", "'0x12' is no address: 40 hexadecimal digits are wanted.")]
    [InlineData("verify-receipt x --trusted-hash 0x12", "'0x12' is no hash of a block: 64 hexadecimal digits are wanted.")]
    [InlineData("verify-receipt x --trusted-hash 0x12 --chain-id 1", "--chain-id is for --authority and --checkpoint.")]
    [InlineData("verify-receipt x --trusted-hash 0x12 --checkpoint 0x12", "What is trusted must be said in one way")]
    [InlineData(
        "verify-receipt /no/such/file --trusted-hash 0x12 --trusted-hash 0x4545454545454545454545454545454545454545454545454545454545454545",
        "'0x12' is no hash of a block")]
    [InlineData(
        "verify-receipt /no/such/file --trusted-hash 0x4545454545454545454545454545454545454545454545454545454545454545",
        "There is no receipt at '/no/such/file'.")]
    public void A_wrong_command_line_is_one_clear_message_and_exit_code_2(string line, string expected)
    {
        CommandLine result = CommandLine.Run(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "these are my notes, not a chain");

        CommandLine result = CommandLine.Run("audit", "--store", folder.File("notes.txt"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("notes.txt", result.Error, StringComparison.Ordinal);
        Assert.Equal("these are my notes, not a chain", File.ReadAllText(folder.File("notes.txt")));
    }

    [Fact]
    public void An_out_folder_that_cannot_be_made_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");

        CommandLine result = CommandLine.Run("run", "--prosumers", "1", "--out", folder.File("file"));

        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_into_the_chain_of_another_seed_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandLine.Run("run", "--prosumers", "1", "--validators", "1", "--out", folder.Path).ExitCode);

        CommandLine result = CommandLine.Run("run", "--prosumers", "1", "--validators", "1", "--seed", "7", "--out", folder.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("another genesis", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_and_audit_write_one_json_document_to_standard_output()
    {
        using var folder = new TemporaryFolder();
        CommandLine run = CommandLine.Run("run", "--prosumers", "1", "--validators", "2", "--out", folder.Path, "--json");
        CommandLine audit = CommandLine.Run("audit", "--store", folder.File("chain/validator-2.db"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0, audit.ExitCode);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        using JsonDocument verdict = JsonDocument.Parse(audit.Output);
        Assert.True(verdict.RootElement.GetProperty("intact").GetBoolean());
        Assert.Equal(
            report.RootElement.GetProperty("chain").GetProperty("headHash").GetString(),
            verdict.RootElement.GetProperty("head").GetProperty("hash").GetString());
    }

    [Fact]
    public void An_audit_of_an_altered_chain_exits_with_1_and_names_the_block()
    {
        using var folder = new TemporaryFolder();
        string store = folder.File("chain/validator-1.db");
        Assert.Equal(0, CommandLine.Run("run", "--prosumers", "1", "--validators", "1", "--out", folder.Path).ExitCode);
        AlteredStore.ChangeTransactionsOfBlock(store, number: 17);

        CommandLine result = CommandLine.Run("audit", "--store", store);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("BROKEN at block 17 ", result.Output, StringComparison.Ordinal);
        Assert.Contains("WrongTransactionsRoot", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_files_are_listed_with_file_line_and_column_and_nothing_is_recorded()
    {
        using var folder = new TemporaryFolder();
        string day = folder.File("day");
        Assert.Equal(0, CommandLine.Run("scenario", "--prosumers", "1", "--out", day).ExitCode);
        string[] meters = File.ReadAllLines(Path.Combine(day, "telemetry-meters.csv"));
        meters[4] = meters[4][..meters[4].LastIndexOf(',')] + ",12x";
        meters[9] = meters[9] + ",1";
        File.WriteAllLines(Path.Combine(day, "telemetry-meters.csv"), meters);

        CommandLine result = CommandLine.Run("run", "--data", day, "--out", folder.File("out"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("telemetry-meters.csv:5: net_power_w '12x': is not a whole number", result.Error, StringComparison.Ordinal);
        Assert.Contains("telemetry-meters.csv:10", result.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was recorded", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Fact]
    public void Files_of_the_case_study_give_the_same_head_as_the_generator()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandLine.Run("scenario", "--prosumers", "2", "--out", folder.File("day")).ExitCode);
        CommandLine generated = CommandLine.Run("run", "--prosumers", "2", "--validators", "1", "--out", folder.File("a"), "--json");
        CommandLine fromFiles = CommandLine.Run("run", "--data", folder.File("day"), "--validators", "1", "--out", folder.File("b"), "--json");

        Assert.Equal(HeadHash(generated), HeadHash(fromFiles));
    }

    [Fact]
    public void Real_prices_and_houses_become_a_day_that_runs_and_says_where_it_comes_from()
    {
        string? data = Environment.GetEnvironmentVariable("DERCHAIN_DATA");
        if (data is null)
            Assert.Skip("DERCHAIN_DATA names no folder with market data.");

        using var folder = new TemporaryFolder();
        CommandLine scenario = CommandLine.Run(
            "scenario",
            "--prices", Path.Combine(data, "caiso_fmm_15min_2020_08.csv"),
            "--profiles", Path.Combine(data, "citylearn2022_load_pv_hourly.csv"),
            "--date", "2020-08-14",
            "--prosumers", "5",
            "--out", folder.File("day"));
        CommandLine run = CommandLine.Run("run", "--data", folder.File("day"), "--validators", "1", "--out", folder.File("out"), "--json");

        Assert.Equal(0, scenario.ExitCode);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("caiso_fmm_15min_2020_08.csv", File.ReadAllText(folder.File("out/report.html")), StringComparison.Ordinal);
    }

    private static string? HeadHash(CommandLine run)
    {
        Assert.Equal(0, run.ExitCode);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        return report.RootElement.GetProperty("chain").GetProperty("headHash").GetString();
    }
}
