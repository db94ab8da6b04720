using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Plausibility;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using static DerChain.Market.Tests.Plausibility.JudgedSite;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>An attestation is put on the chain, read back, and made again by somebody else (docs/spec/market.md, 3).</summary>
public sealed class AttestationReviewTests
{
    private static readonly JudgedSite Site = new JudgedSite().Reports(0, 2).Record(Report(2, Giving(2) with { SocPpm = 700_000 }))
        .Record(Report(3, Giving(3) with { Mode = StorageMode.Charge })).Reports(4, 2);

    private static readonly Attestation Honest = ReadBack(Site.Judge());

    [Fact]
    public void An_honest_attestation_agrees()
    {
        Assert.Equal(
            [(QualityCheck.StateOfChargeContinuity, QualityVerdict.Fail), (QualityCheck.ModeConsistency, QualityVerdict.Warn)],
            Honest.Rows.OrderByDescending(row => row.Verdict).Select(row => (row.Check, row.Verdict)));
        Assert.True(Review(Honest).Agrees);
    }

    [Fact]
    public void What_came_after_the_attestation_makes_no_difference()
    {
        LedgerEntry later = new(Report(1, Giving(7)), Samples.Prosumer, Samples.Aggregator, new(7, default, Samples.Noon + 3_000, 0, default));
        Assert.True(AttestationReview.Check(Honest, [.. Site.Entries, later], Registry, QualityRules.Default).Agrees);
    }

    [Fact]
    public void The_first_row_that_differs_is_named()
    {
        AttestationRow first = Honest.Rows[0];
        AttestationReview review = Review(With([first with { Residual = first.Residual + 1 }, Honest.Rows[1]]));
        Assert.Equal((AttestationDifference.Row, first.Residual + 1, first.Residual), (review.Difference, review.Claimed!.Residual, review.Found!.Residual));

        review = Review(With([first, Honest.Rows[1] with { Inputs = [Hash256.Zero] }]));
        Assert.Equal((AttestationDifference.Row, Honest.Rows[1].Record), (review.Difference, review.Found!.Record));
    }

    [Fact]
    public void A_row_that_is_kept_back_or_made_up_is_named()
    {
        AttestationReview keptBack = Review(With([Honest.Rows[0]]));
        Assert.Equal((AttestationDifference.Row, null, Honest.Rows[1].Record), (keptBack.Difference, keptBack.Claimed, keptBack.Found!.Record));

        AttestationReview madeUp = Review(With([.. Honest.Rows, Honest.Rows[1]]));
        Assert.Equal((AttestationDifference.Row, Honest.Rows[1], null), (madeUp.Difference, madeUp.Claimed, madeUp.Found));
    }

    [Fact]
    public void A_scope_that_differs_is_named()
    {
        AttestationScope scope = Honest.Scope;
        Assert.Equal(AttestationDifference.VerdictRoot, Review(new(scope with { VerdictRoot = Hash256.Zero }, Honest.Rows)).Difference);
        Assert.Equal(AttestationDifference.EvaluatedRecords, Review(new(scope with { EvaluatedRecords = 7 }, Honest.Rows)).Difference);
        Assert.Equal(AttestationDifference.RuleSetVersion, Review(new(scope with { RuleSetVersion = 1 }, Honest.Rows)).Difference);
        Assert.Equal(AttestationDifference.EvaluatedRecords, Review(new(scope with { EvaluatedAtBlock = 5 }, Honest.Rows)).Difference);
    }

    [Fact]
    public void Other_rules_give_another_root_even_without_rows()
    {
        var site = new JudgedSite().Reports(0, 3);
        QualityResult one = site.Judge();
        QualityResult other = site.Judge(rules: QualityRulesTests.With((QualityParameter.PowerWarnPpm, 60_000)));

        Assert.Empty(one.Rows);
        Assert.Empty(other.Rows);
        Assert.NotEqual(one.Scope.VerdictRoot, other.Scope.VerdictRoot);
    }

    [Fact]
    public void More_rows_than_a_record_holds_need_a_shorter_period()
    {
        QualityResult result = Site.Judge();
        Assert.False((result with { Rows = [.. Enumerable.Repeat(Honest.Rows[0], RecordRules.MaxRows + 1)] }).TryToAttestation(out _));
        Assert.True((result with { Rows = [.. Enumerable.Repeat(Honest.Rows[0], RecordRules.MaxRows)] }).TryToAttestation(out _));
    }

    private static Attestation With(params AttestationRow[] rows) => new(Honest.Scope, [.. rows]);

    private static AttestationReview Review(Attestation attestation) =>
        AttestationReview.Check(attestation, Site.Entries, Registry, QualityRules.Default);

    private static Attestation ReadBack(QualityResult result)
    {
        Assert.True(result.TryToAttestation(out Attestation? attestation));
        Assert.True(RecordCodec.TryDecode(RecordCodec.Encode(attestation), out MarketRecord? record, out _));
        return Assert.IsType<Attestation>(record);
    }
}
