using Spectre.Console;

namespace DerChain.Cli.Run;

/// <summary>Shows how far the recording has come: a bar drawn in place on a terminal, else a plain line every few seconds.</summary>
internal sealed class RunProgress : IProgress<MarketDayProgress>
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly Terminal _terminal;
    private readonly ProgressTask? _bar;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Pace _pace;
    private readonly long _started;
    private long? _firstTransactions;

    private RunProgress(Terminal terminal, ProgressTask? bar)
    {
        _terminal = terminal;
        _bar = bar;
        _pace = new Pace(_time, LineInterval);
        _started = _time.GetTimestamp();
    }

    /// <summary>Runs work that reports its progress.</summary>
    public static void Show(Terminal terminal, Action<IProgress<MarketDayProgress>> work)
    {
        if (!terminal.IsInteractive)
        {
            work(new RunProgress(terminal, null));
            return;
        }

        terminal.Messages.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => work(new RunProgress(terminal, context.AddTask("opening", maxValue: 1))));
    }

    public void Report(MarketDayProgress value)
    {
        _firstTransactions ??= value.Transactions;
        if (_bar is not null)
        {
            _bar.Description = Line(value);
            _bar.Value = value.Fraction;
        }
        else if (_pace.IsDue())
        {
            _terminal.Say(Line(value));
        }
    }

    private string Line(MarketDayProgress value)
    {
        TimeSpan elapsed = _time.GetElapsedTime(_started);
        double rate = (value.Transactions - _firstTransactions.GetValueOrDefault()) / Math.Max(elapsed.TotalSeconds, 0.001);
        string left = value.Fraction > 0.01 ? $"{elapsed.TotalSeconds * (1 - value.Fraction) / value.Fraction:F0} s left" : "estimating time left";
        return $"{DateTimeOffset.FromUnixTimeSeconds(value.RecordedAtUnixSeconds):HH:mm} UTC, block {value.Blocks}, "
            + $"{value.Transactions:N0} transactions, {value.Records:N0} records, {rate:N0} transactions/s, {left}";
    }
}
