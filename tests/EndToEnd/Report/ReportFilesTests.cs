using System.Globalization;
using DerChain.Cli;
using DerChain.Cli.Report;
using DerChain.Cli.Run;
using DerChain.Market.Verification;

namespace DerChain.EndToEnd.Tests.Report;

public sealed class ReportFilesTests(RecordedDay recorded)
{
    private RunOutcome Outcome => recorded.Outcome;

    [Fact]
    public void Write_leaves_the_five_files_and_nothing_else()
    {
        using ReportFolder folder = ReportFolder.Of(Outcome);

        Assert.Equal(["figure4.svg", "figure5.svg", "hours.csv", "report.html", "report.json"], folder.Names());
    }

    [Fact]
    public void Runs_that_took_another_time_differ_in_their_chain_statistics_and_timings_only()
    {
        var slower = Outcome with { Chain = Outcome.Chain with { RecordingSeconds = 98.7, VerificationSeconds = 6.5 } };
        using ReportFolder folder = ReportFolder.Of(Outcome);
        using ReportFolder other = ReportFolder.Of(slower);

        Assert.All(["figure4.svg", "figure5.svg", "hours.csv"], name => Assert.Equal(folder.Read(name), other.Read(name)));
        Assert.Equal(
            folder.Read("report.html"),
            other.Read("report.html")
                .Replace("98.7 s", "1.2 s", StringComparison.Ordinal).Replace("6.5 s", "0.5 s", StringComparison.Ordinal));
        Assert.Equal(
            folder.Read("report.json"),
            other.Read("report.json")
                .Replace("98.7", "1.25", StringComparison.Ordinal).Replace("6.5\n", "0.5\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_replaces_an_older_report()
    {
        using ReportFolder folder = ReportFolder.Of(Outcome);
        File.WriteAllText(Path.Combine(folder.Path, "hours.csv"), "old");

        ReportFiles.Write(Outcome, folder.Path);

        Assert.StartsWith("hour,", folder.Read("hours.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_the_old_one_and_no_half_one()
    {
        using ReportFolder folder = ReportFolder.Of(Outcome);
        string path = Path.Combine(folder.Path, "hours.csv");
        string before = folder.Read("hours.csv");

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device.");
        }));

        Assert.Equal(before, folder.Read("hours.csv"));
        Assert.Equal(5, folder.Names().Length);
    }

    [Fact]
    public void A_folder_that_is_a_file_is_an_IOException()
    {
        string path = Path.GetTempFileName();

        Assert.Throws<IOException>(() => ReportFiles.Write(Outcome, path));

        File.Delete(path);
    }

    [Fact]
    public void Hours_csv_has_its_columns_and_a_row_for_every_hour()
    {
        string[] lines = HoursCsv.Of(new DayReport(Outcome)).Split('\n');

        Assert.StartsWith("hour,traded_kw,actual_kw,awarded_srp_kw,delivered_srp_kw,", lines[0], StringComparison.Ordinal);
        Assert.Equal("", lines[^1]);
        Assert.Equal(24, lines.Length - 2);
        Assert.All(lines[..^1], line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
    }

    [Fact]
    public void Hours_csv_counts_consumption_positive_to_the_watt()
    {
        string[][] rows = [.. HoursCsv.Of(new DayReport(Outcome)).Split('\n')[1..^1].Select(static line => line.Split(','))];

        foreach ((HourResult hour, string[] row) in Outcome.Result.Hours.Zip(rows))
        {
            Assert.Equal(hour.HourEnding.ToString(CultureInfo.InvariantCulture), row[0]);
            double[] expected = [-hour.TradedKw, -hour.ActualKw, hour.AwardedReserveKw, hour.DeliveredReserveKw];
            double[] found = [.. row[1..5].Select(static value => double.Parse(value, CultureInfo.InvariantCulture))];
            Assert.All(expected.Zip(found), static pair => Assert.Equal(pair.First, pair.Second, 0.00051));
            Assert.All(row[1..7], value => Assert.Matches(@"^-?\d+\.\d{3}$", value));
            Assert.Equal(hour.Verdict.ToString(), row[7]);
        }
    }

    [Fact]
    public void No_Pay_of_the_hours_adds_up_to_that_of_the_day() =>
        Assert.Equal((double)Outcome.Totals.NoPay, (double)new DayReport(Outcome).Hours.Sum(static hour => hour.NoPayUsd), 1e-12);
}
