using System.Collections.Immutable;
using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>In what a statement differs from its issue.</summary>
public enum StatementDifference
{
    /// <summary>It is of another aggregation.</summary>
    AggregationWrong,

    /// <summary>It is of another period.</summary>
    PeriodWrong,

    /// <summary>It is another version.</summary>
    VersionWrong,

    /// <summary>It supersedes another statement.</summary>
    SupersedesWrong,

    /// <summary>It has more or fewer lines.</summary>
    LineCountWrong,

    /// <summary>Its lines are not those that the root commits to.</summary>
    RootWrong,

    /// <summary>A line adds up to another amount.</summary>
    TotalWrong,

    /// <summary>Another amount is payable.</summary>
    PayableWrong,
}

/// <summary>One difference, with both values.</summary>
/// <param name="Difference">What differs.</param>
/// <param name="Issued">The value in the record.</param>
/// <param name="Stated">The value in the statement.</param>
public sealed record StatementProblem(StatementDifference Difference, string Issued, string Stated);

/// <summary>The record that issues a statement, and whether a statement is the one that was issued.</summary>
public static class StatementCheck
{
    /// <summary>The record that issues a statement.</summary>
    /// <exception cref="OverflowException">A total leaves 64 bits of micro-dollars.</exception>
    public static StatementIssue IssueOf(SettlementStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new StatementIssue(
            statement.Subject,
            statement.Root,
            statement.Lines.Length,
            statement.PayableCents,
            [.. statement.Totals.Select(static total => new StatementTotal(total.Line, total.Amount.MicroUsd))]);
    }

    /// <summary>Every difference between a statement and a record; none where the record issues the statement.</summary>
    public static ImmutableArray<StatementProblem> Differences(SettlementStatement statement, StatementIssue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        StatementIssue own = IssueOf(statement);
        (StatementDifference Difference, object? Issued, object? Stated)[] values =
        [
            (StatementDifference.AggregationWrong, issue.Subject.Aggregation, own.Subject.Aggregation),
            (StatementDifference.PeriodWrong, issue.Subject.Period, own.Subject.Period),
            (StatementDifference.VersionWrong, issue.Subject.Version, own.Subject.Version),
            (StatementDifference.SupersedesWrong, issue.Subject.Supersedes, own.Subject.Supersedes),
            (StatementDifference.LineCountWrong, issue.LineCount, own.LineCount),
            (StatementDifference.RootWrong, issue.Root, own.Root),
            (StatementDifference.TotalWrong, TextOf(issue.Rows), TextOf(own.Rows)),
            (StatementDifference.PayableWrong, issue.PayableCents, own.PayableCents),
        ];
        return
        [
            .. values.Where(static value => !Equals(value.Issued, value.Stated))
                .Select(static value => new StatementProblem(value.Difference, $"{value.Issued}", $"{value.Stated}")),
        ];
    }

    private static string TextOf(ImmutableArray<StatementTotal> rows) => string.Join("; ", rows.Select(static row => $"{row.Line} {row.AmountMicroUsd}"));
}
