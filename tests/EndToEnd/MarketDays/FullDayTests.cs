using System.Globalization;
using System.Text.Json;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.MarketDays;

/// <summary>The main job: one market day of 200 prosumers through the command line, each validator with its own LiteDB store.</summary>
public sealed class FullDayTests
{
    // The same seed gives the same chain on every machine. A change here is a change of the format, the generator or the rules.
    private const string HeadHash = "0xb3b75b5520fe1cbac40b93d638635c5da1b245c0fd01fd774d403ae9f952416c";

    // shared/reference/case_study.py, unrounded to three decimals: traded, actual, awarded and delivered reserve, consumption positive.
    private static readonly double[][] Reference =
    [
        [447.048, -186.254, 1290, 1281.280],
        [448.960, 460.576, 1290, 1138.192],
        [326.553, 985.052, 1190, 1190.000],
        [251.499, 257.384, 1130, 1130.000],
        [223.548, 233.937, 1110, 1110.000],
        [179.806, 185.936, 1070, 1070.000],
        [91.071, 62.561, 1050, 1050.000],
        [-137.807, -164.550, 1080, 1080.000],
        [-222.057, -234.046, 1200, 1200.000],
        [36.391, 39.268, 1620, 1620.000],
        [88.351, 187.263, 1840, 1476.504],
        [162.370, 540.586, 2070, 1275.914],
        [271.862, 629.414, 2240, 2232.001],
        [245.960, 263.341, 2200, 2200.000],
        [269.028, 258.177, 2100, 2100.000],
        [456.525, 452.872, 2060, 2060.000],
        [809.945, 813.627, 2020, 2020.000],
        [923.074, -169.051, 1930, 1929.760],
        [879.222, 1554.736, 1720, 1599.091],
        [575.013, 1441.472, 1270, 1270.000],
        [534.127, 532.640, 1200, 1200.000],
        [401.950, 416.830, 1180, 1180.000],
        [284.037, 297.778, 1130, 1130.000],
        [336.225, 348.569, 1190, 1190.000],
    ];

    [Fact]
    public void The_day_gives_the_papers_answer_and_a_chain_that_audits()
    {
        using var folder = new TemporaryFolder();
        CommandLine run = CommandLine.Run("run", "--out", folder.Path, "--json");
        Assert.Equal(0, run.ExitCode);

        using JsonDocument report = JsonDocument.Parse(run.Output);
        JsonElement chain = report.RootElement.GetProperty("chain");
        Assert.Equal(HeadHash, chain.GetProperty("headHash").GetString());
        Assert.Equal([2, 11, 12, 19], report.RootElement.GetProperty("verdict").GetProperty("shortHours").EnumerateArray().Select(static hour => hour.GetInt32()));
        CompareWithReference(File.ReadAllLines(folder.File("hours.csv")));
        Assert.All(["report.html", "figure4.svg", "figure5.svg", "report.json"], name => Assert.True(new FileInfo(folder.File(name)).Length > 1000));
        CommandLine audit = CommandLine.Run("audit", "--store", folder.File("chain/validator-2.db"));
        Assert.Equal(0, audit.ExitCode);
        Assert.Contains(HeadHash, audit.Output, StringComparison.Ordinal);
    }

    private static void CompareWithReference(string[] lines)
    {
        Assert.StartsWith("hour,traded_kw,actual_kw,awarded_srp_kw,delivered_srp_kw", lines[0], StringComparison.Ordinal);
        Assert.Equal(24, lines.Length - 1);
        for (int hour = 0; hour < 24; hour++)
        {
            string[] cells = lines[hour + 1].Split(',');
            for (int column = 0; column < 4; column++)
            {
                double expected = Reference[hour][column];
                double found = double.Parse(cells[column + 1], CultureInfo.InvariantCulture);
                Assert.True(
                    Math.Abs(found - expected) <= Math.Max(2, 0.01 * Math.Abs(expected)), $"hour {hour + 1}, column {column}: {found}, expected {expected}");
            }
        }
    }
}
