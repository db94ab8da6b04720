using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Cli.Statement;

/// <summary>Which statement of a chain is asked for.</summary>
/// <param name="Aggregation">The aggregation, or null for the only one.</param>
/// <param name="Date">The trading date, or null for the only one.</param>
/// <param name="Zone">IANA zone of the market.</param>
internal sealed record StatementRequest(string? Aggregation, DateOnly? Date, string Zone)
{
    /// <summary>Finds the statements that are meant among a chain's records.</summary>
    /// <exception cref="UserErrorException">There is none, or more than one is meant.</exception>
    public ((AggregationId Aggregation, MarketInterval Period) Subject, Address SystemOperator) Find(IEnumerable<LedgerEntry> entries)
    {
        List<((AggregationId Aggregation, MarketInterval Period) Subject, Address SystemOperator)> found =
        [
            .. entries.Where(entry => entry.Record is StatementIssue issue && IsMeant(issue.Subject))
                .Select(static entry => ((((StatementIssue)entry.Record).Subject.Aggregation, ((StatementIssue)entry.Record).Subject.Period), entry.Sender))
                .Distinct(),
        ];
        return found switch
        {
            [] => throw new UserErrorException("The chain holds no such statement. 'derchain settle' issues one."),
            [var only] => only,
            _ => throw new UserErrorException(
                $"The chain holds statements of {string.Join(", ", found.Select(subject => $"{subject.Subject.Aggregation} on {DayOf(subject.Subject.Period).Date:yyyy-MM-dd}"))}: name one by --aggregation and --date."),
        };
    }

    /// <summary>The trading day of a period.</summary>
    /// <exception cref="UserErrorException">The period is no day of the zone.</exception>
    public TradingDay DayOf(MarketInterval period)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out TimeZoneInfo? zone))
            throw new UserErrorException($"'{Zone}' is no IANA zone known to this system.");

        var day = new TradingDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(period.Start, zone).DateTime), Zone);
        return day.StartUnixSeconds == period.StartUnixSeconds && day.EndUnixSeconds == period.EndUnixSeconds
            ? day
            : throw new UserErrorException($"The statement's period from {period.Start:yyyy-MM-ddTHH:mm:ssZ} is no trading day in {Zone}: name the market's zone by --zone.");
    }

    private bool IsMeant(StatementSubject subject) =>
        (Aggregation is null || subject.Aggregation.Value == Aggregation) && (Date is null || DayOf(subject.Period).Date == Date);
}
