using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Cli.Run;
using DerChain.Market.Quantities;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report;

/// <summary>One hour as a report prints it.</summary>
/// <param name="Hour">The verified hour, consumption counted positive.</param>
/// <param name="NoPayUsd">What No-Pay takes back for it, dollars ≤ 0.</param>
internal sealed record ReportHour(HourResult Hour, decimal NoPayUsd)
{
    /// <summary>True where less reserve was there than awarded.</summary>
    public bool IsShort => Hour.Verdict == ReserveVerdict.Short;
}

/// <summary>A run as every form of its report shows it: console, page, figures, tables.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class DayReport
{
    private const int IntervalsPerHour = MarketInterval.HourSeconds / MarketInterval.DispatchSeconds;

    public DayReport(RunOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Outcome = outcome;
        Clock = new LocalClock(outcome.Day.Day);
        Hours = [.. outcome.Result.Hours.Select((hour, index) => new ReportHour(hour.AsConsumption(), NoPayOf(index)))];
        ShortHours = [.. Hours.Where(static hour => hour.IsShort)];
        UnverifiableHours = [.. Hours.Where(static hour => hour.Hour.Verdict == ReserveVerdict.NotVerifiable)];
    }

    /// <summary>The run.</summary>
    public RunOutcome Outcome { get; }

    /// <summary>Verdicts of the run, + injection.</summary>
    public DayResult Result => Outcome.Result;

    /// <summary>Clock of the market.</summary>
    public LocalClock Clock { get; }

    /// <summary>The hours in order, consumption counted positive.</summary>
    public ImmutableArray<ReportHour> Hours { get; }

    /// <summary>Hours in which less reserve was there than awarded.</summary>
    public ImmutableArray<ReportHour> ShortHours { get; }

    /// <summary>Hours of which too little is on the chain to say.</summary>
    public ImmutableArray<ReportHour> UnverifiableHours { get; }

    /// <summary>The trading date, as in 2021-07-15.</summary>
    public string Date => Outcome.Day.Day.Date.ToString("yyyy-MM-dd", Numbers.Culture);

    /// <summary>Name of the participant of an account; the account itself where it is not registered.</summary>
    public string NameOf(Address account) => Outcome.Registry.NameOf(account)?.Value ?? account.ToString();

    private decimal NoPayOf(int hour) =>
        DayTotals.Of(Outcome.Result.SettlementIntervals.Skip(hour * IntervalsPerHour).Take(IntervalsPerHour)).NoPay;
}
