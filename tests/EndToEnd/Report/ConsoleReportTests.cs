using DerChain.Cli.Report;
using DerChain.Cli.Run;
using DerChain.Market.Verification;
using Spectre.Console;

namespace DerChain.EndToEnd.Tests.Report;

public sealed class ConsoleReportTests(RecordedDay recorded)
{
    private RunOutcome Outcome => recorded.Outcome;

    [Fact]
    public void Without_a_terminal_lines_are_plain_and_never_wrapped()
    {
        string[] lines = Write(Outcome).Split(Environment.NewLine);

        Assert.DoesNotContain(lines, static line => line.Contains('\u001b'));
        Assert.Contains(lines, static line => line.Length > 80);
        int header = Array.FindIndex(lines, static line => line.StartsWith("Hour ", StringComparison.Ordinal));
        string[] table = lines[(header + 1)..(header + 25)];
        Assert.Equal(Enumerable.Range(1, 24), table.Select(static line => int.Parse(line[..4])));
        Assert.Equal(
            Outcome.Result.ShortHours,
            table.Where(static line => line.EndsWith("  short", StringComparison.Ordinal)).Select(static line => int.Parse(line[..4])));
        Assert.Contains($"Head: {Outcome.Chain.HeadHash}", lines);
        Assert.Contains($"Report: {Path.Combine("folder", "report.html")}", lines);
    }

    [Fact]
    public void A_terminal_gets_the_same_verdict_in_colour()
    {
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.TrueColor, Out = new Terminal(text),
        });

        ConsoleReport.Write(Outcome, console, "folder");

        Assert.Contains("\u001b[", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("failed to deliver", text.ToString(), StringComparison.Ordinal);
        Assert.Contains(Outcome.Chain.HeadHash.ToString(), text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_without_a_short_hour_is_said_to_be_delivered()
    {
        DayResult result = Outcome.Result with
        {
            Hours = [.. Outcome.Result.Hours.Select(static hour => hour with { Verdict = ReserveVerdict.Delivered })],
        };

        Assert.StartsWith(
            "AGG1 delivered the spinning reserve it was paid for in every hour of 2021-07-15.",
            Write(Outcome with { Result = result with { Shortfalls = [] } }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_that_cannot_be_verified_are_named()
    {
        HourResult first = Outcome.Result.Hours[0] with { Verdict = ReserveVerdict.NotVerifiable };

        Assert.Contains(
            "Too little telemetry is on the chain to verify hour 1;",
            Write(Outcome with { Result = Outcome.Result with { Hours = Outcome.Result.Hours.SetItem(0, first) } }),
            StringComparison.Ordinal);
    }

    private static string Write(RunOutcome outcome)
    {
        var text = new StringWriter();
        ConsoleReport.Write(outcome, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) }), "folder");
        return text.ToString();
    }

    private sealed class Terminal(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 100;

        public int Height => 50;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
