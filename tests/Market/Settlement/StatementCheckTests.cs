using DerChain.Chain.Crypto;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

public sealed class StatementCheckTests
{
    private static readonly StatementSubject Subject = new(new AggregationId("aggregation-1"), new MarketInterval(0, 86_400), 2, Keccak256.Hash([1]));

    private static readonly SettlementStatement Golden = new(Subject, GoldenHour.Lines);

    private static readonly StatementIssue Issue = StatementCheck.IssueOf(Golden);

    [Fact]
    public void The_record_states_root_count_totals_and_what_is_payable()
    {
        Assert.Equal((Subject, Golden.Root, 53, -1_987L), (Issue.Subject, Issue.Root, Issue.LineCount, Issue.PayableCents));
        Assert.Equal(Golden.Totals.Select(static total => (total.Line, total.Amount.MicroUsd)), Issue.Rows.Select(static row => (row.Line, row.AmountMicroUsd)));
    }

    [Fact]
    public void The_statement_that_was_issued_has_no_difference() => Assert.Empty(StatementCheck.Differences(Golden, Issue));

    [Fact]
    public void A_line_that_is_gone_is_told()
    {
        // The largest No-Pay line: 2.5 cents.
        SettlementStatement short1 = Without(SettlementLine.NoPay, 9);

        Assert.Equal(
            [StatementDifference.LineCountWrong, StatementDifference.RootWrong, StatementDifference.TotalWrong, StatementDifference.PayableWrong],
            Found(short1));
        StatementProblem count = StatementCheck.Differences(short1, Issue)[0];
        Assert.Equal(("53", "52"), (count.Issued, count.Stated));
    }

    [Fact]
    public void A_line_that_is_altered_below_rounding_is_told_by_the_root() => Assert.Equal(
        [StatementDifference.RootWrong],
        Found(new SettlementStatement(Subject, GoldenHour.Lines.SetItem(0, GoldenHour.Lines[0] with
        {
            Amount = GoldenHour.Lines[0].Amount + new SettlementAmount(1),
        }))));

    [Theory]
    [InlineData("aggregation-2", 0, 2, 1, StatementDifference.AggregationWrong)]
    [InlineData("aggregation-1", 86_400, 2, 1, StatementDifference.PeriodWrong)]
    [InlineData("aggregation-1", 0, 3, 1, StatementDifference.VersionWrong)]
    [InlineData("aggregation-1", 0, 2, 2, StatementDifference.SupersedesWrong)]
    public void Another_subject_is_told(string aggregation, long start, int version, byte supersedes, StatementDifference expected)
    {
        var subject = new StatementSubject(new AggregationId(aggregation), new MarketInterval(start, 86_400), version, Keccak256.Hash([supersedes]));

        Assert.Equal([expected], Found(new SettlementStatement(subject, GoldenHour.Lines)));
    }

    [Fact]
    public void Totals_and_payable_of_the_record_are_recomputed() => Assert.Equal(
        [StatementDifference.TotalWrong, StatementDifference.PayableWrong],
        StatementCheck.Differences(
            Golden,
            new StatementIssue(Subject, Issue.Root, Issue.LineCount, Issue.PayableCents + 1, Issue.Rows.SetItem(0, Issue.Rows[0] with { AmountMicroUsd = 0 })))
            .Select(static problem => problem.Difference));

    private static SettlementStatement Without(SettlementLine line, int t) =>
        new(Subject, GoldenHour.Lines.Where(found => found.Line != line || found.Interval != GoldenHour.At(t)));

    private static IEnumerable<StatementDifference> Found(SettlementStatement statement) =>
        StatementCheck.Differences(statement, Issue).Select(static problem => problem.Difference);
}
