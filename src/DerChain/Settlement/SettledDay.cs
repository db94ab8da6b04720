using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.Settlement;

/// <summary>How a day is verified and settled.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record SettledDayOptions
{
    /// <summary>Parameters of verification.</summary>
    public VerificationOptions Verification { get; init; } = new();

    /// <summary>Parameters of settlement. What awards and deployment mean is taken from <see cref="Verification"/>.</summary>
    public SettlementOptions Settlement { get; init; } = new();

    /// <summary>By what the payment for reserve is divided among prosumers.</summary>
    public AllocationRule Allocation { get; init; } = AllocationRule.VerifiedContribution;
}

/// <summary>A day verified and settled from its records alone: verdicts, statement, and each prosumer's part.</summary>
/// <param name="Result">The verdicts.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Allocation">The prosumers' parts.</param>
/// <param name="Issues">Versions of the statement that are on the chain, in order.</param>
public sealed record SettledDay(
    DayResult Result, SettlementStatement Statement, StatementAllocation Allocation, ImmutableArray<IssuedStatement> Issues)
{
    /// <summary>The version on the chain that states the same; null where none does.</summary>
    public IssuedStatement? Issued => Issues.LastOrDefault(issue => issue.Record.Root == Statement.Root && issue.Record.Subject == Statement.Subject);

    /// <summary>Reads the records once, in order, and settles what they say.</summary>
    /// <param name="entries">Records in chain order.</param>
    /// <param name="registry">The registry after the last entry.</param>
    /// <param name="day">The trading day.</param>
    /// <param name="aggregation">The aggregation.</param>
    /// <param name="options">Parameters; null for the defaults.</param>
    /// <exception cref="ArgumentException">No record is about the aggregation, it settles to nothing, or a parameter is out of range.</exception>
    public static SettledDay Of(
        IEnumerable<LedgerEntry> entries, Registry registry, TradingDay day, AggregationId aggregation, SettledDayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(day);
        options ??= new SettledDayOptions();
        var period = new MarketInterval(day.StartUnixSeconds, (int)(day.EndUnixSeconds - day.StartUnixSeconds));
        var issues = ImmutableArray.CreateBuilder<IssuedStatement>();
        DayResult result = DayVerification.Run(entries.Select(Note), registry, day.Hours, aggregation, options.Verification);
        SettlementOptions settlement = options.Settlement with { Awards = options.Verification.Awards, Deployment = options.Verification.Deployment };
        ImmutableArray<StatementLine> lines = [.. DaySettlement.LinesOf(result, [], null, settlement)];
        SettlementStatement statement = VersionOf(new StatementSubject(aggregation, period, 1, null), lines, issues.ToImmutable());
        StatementAllocation allocation = StatementAllocation.Of(
            statement, ProsumerShares.Of(result, registry, statement), options.Allocation, settlement);
        return new SettledDay(result, statement, allocation, issues.ToImmutable());

        LedgerEntry Note(LedgerEntry entry)
        {
            if (entry.Record is StatementIssue issue && issue.Subject.Aggregation == aggregation && issue.Subject.Period == period)
                issues.Add(new IssuedStatement(issue, entry.RecordHash, entry.Location));
            return entry;
        }
    }

    // What was issued last stays in force while it states the same; else the next version supersedes it.
    private static SettlementStatement VersionOf(StatementSubject first, ImmutableArray<StatementLine> lines, ImmutableArray<IssuedStatement> issues)
    {
        var statement = new SettlementStatement(issues.IsEmpty ? first : issues[^1].Record.Subject, lines);
        return issues.IsEmpty || issues[^1].Record.Root == statement.Root
            ? statement
            : new SettlementStatement(first with { Version = issues[^1].Record.Subject.Version + 1, Supersedes = issues[^1].Hash }, lines);
    }
}

/// <summary>A version of a statement that is on the chain.</summary>
/// <param name="Record">The record.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Location">Where it stands.</param>
public sealed record IssuedStatement(StatementIssue Record, Hash256 Hash, RecordLocation Location);
