using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Bench;

public sealed class TableFiveTests
{
    private static readonly string[] Stores = ["memory", "litedb"];
    private static readonly int[] Validators = [2, 3, 5, 10];
    private static readonly int[] Threads = [.. new[] { 1, 2, 4, 8, 16 }.Where(static threads => threads <= Environment.ProcessorCount)];

    [Fact]
    public void Every_cell_of_the_grid_is_measured_and_written()
    {
        using var folder = new TemporaryFolder();

        CommandLine result = CommandLine.Run("bench", "table5", "--runs", "1", "--warm-up", "0", "--out", folder.File("out"), "--json");

        Assert.Equal("", result.ExitCode == 0 ? "" : result.Error);
        string[][] rows = [.. File.ReadLines(folder.File("out/table5.csv")).Select(static line => line.Split(','))];
        string[] cells =
        [
            .. from store in Stores from threads in Threads from validators in Validators select $"{store} {threads} {validators}",
        ];
        Assert.Equal(cells, rows[1..].Select(static row => $"{row[0]} {row[1]} {row[2]}"));
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal(cells, json.RootElement.GetProperty("cells").EnumerateArray().Select(static cell =>
            $"{cell.GetProperty("store")} {cell.GetProperty("threads")} {cell.GetProperty("validators")}"));
        Assert.All(json.RootElement.GetProperty("cells").EnumerateArray().Zip(rows[1..]), static pair =>
            Assert.Equal(pair.First.GetProperty("medianSeconds").GetDouble(), Number(pair.Second[4]), tolerance: 1e-6));
        Assert.Equal("table5-description", (string?)XElement.Load(folder.File("out/table5.svg")).Attribute("aria-labelledby"));
        Assert.Equal("PNG"u8, File.ReadAllBytes(folder.File("out/table5.png")).AsSpan(1, 3));
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), $"derchain-bench-{Environment.ProcessId}-*"));
    }

    [Fact]
    public void The_table_stands_beside_the_figures_of_Geth_scaled_to_this_machine()
    {
        using var folder = new TemporaryFolder();

        CommandLine result = CommandLine.Run("bench", "table5", "--store", "memory", "--runs", "2", "--warm-up", "1", "--out", folder.Path);

        Assert.Equal("", result.ExitCode == 0 ? "" : result.Error);
        string[] lines = File.ReadAllLines(folder.File("table5.csv"));
        string[] names = lines[0].Split(',');
        foreach (string[] row in lines[1..].Select(static line => line.Split(',')))
        {
            double geth = Of("validators") switch { 2 => 0.071, 3 => 0.124, 5 => 0.425, _ => 1.31 };
            Assert.Equal(geth * Of("bouncycastle_recover_s") / 184e-6, Of("geth_scaled_s"), tolerance: 0.02 * geth);
            Assert.Equal(Of("geth_scaled_s") / Of("median_s"), Of("geth_over_ours"), tolerance: 0.02 * Of("geth_over_ours") + 0.01);
            Assert.InRange(Of("median_s"), Of("min_s"), Of("max_s"));
            double signatures = 10 * (2 * Of("sign_s") + (2 * Of("validators") - 1) * Of("recover_s")) / Of("threads");
            Assert.Equal(signatures, Of("signatures_s"), tolerance: 0.02 * signatures);

            double Of(string name) => Number(row[Array.IndexOf(names, name)]);
        }

        Assert.Contains("Geth/ours", result.Output, StringComparison.Ordinal);
        Assert.Equal(Threads.Length * Validators.Length, result.Output.Split('\n').Count(static line => line.TrimStart().StartsWith("memory ", StringComparison.Ordinal)));
        Assert.Equal(16 > Environment.ProcessorCount, result.Output.Contains("Left out: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bench", "command")]
    [InlineData("bench table6", "'table6'")]
    [InlineData("bench table5 --store disk", "'disk'")]
    [InlineData("bench table5 --runs 0", "--runs is '0'; a whole number from 1 to 10000 is wanted.")]
    [InlineData("bench table5 --warm-up -1", "--warm-up is '-1'; a whole number from 0 to 10000 is wanted.")]
    public void A_wrong_command_line_is_refused(string line, string expected)
    {
        CommandLine result = CommandLine.Run(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_before_anything_is_measured()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");

        CommandLine result = CommandLine.Run("bench", "table5", "--out", folder.File("file"));

        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("median", result.Error, StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
