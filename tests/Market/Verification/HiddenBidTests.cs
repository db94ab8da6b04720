using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Records;
using DerChain.Market.Tests.Confidentiality;
using DerChain.Market.Tests.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>Bids that are sealed for the system operator, or committed to, seen by those who may read them and by those who may not (docs/spec/market.md, 1.7).</summary>
public sealed class HiddenBidTests
{
    private const long AwardedW = 10_000;

    [Theory]
    [InlineData(AwardedW, 0)]
    [InlineData(4_000, 2)]
    public void The_reader_of_a_sealed_bid_compares_it_with_the_awards(long offeredW, int inconsistentHours)
    {
        Assert.Equal(Inconsistent(inconsistentHours), ProblemsOf(Sealed(BidOf(offeredW)), new LedgerDisclosure(1) { Reader = Keys.Operator }));
        Assert.Empty(ProblemsOf(Sealed(BidOf(offeredW)), new LedgerDisclosure(1)));
        Assert.Empty(ProblemsOf(Sealed(BidOf(offeredW)), new LedgerDisclosure(1) { Reader = Keys.Stranger }));
    }

    [Theory]
    [InlineData(AwardedW, 0)]
    [InlineData(4_000, 2)]
    public void Who_has_the_rows_of_a_committed_bid_compares_it_with_the_awards(long offeredW, int inconsistentHours)
    {
        var rows = SaltedBatch.Create([RecordCodec.Encode(BidOf(offeredW))], new byte[SaltedLeaf.SaltLength]);
        var commitment = new RecordCommitment(RecordKind.DayAheadBid, rows.Root.Root, rows.Root.Count);
        ReadOnlyMemory<byte>? Find(Hash256 root) => root == rows.Root.Root ? BatchFile.Encode(rows) : null;

        Assert.Equal(Inconsistent(inconsistentHours), ProblemsOf(commitment, new LedgerDisclosure(1) { FindBatch = Find }));
        Assert.Empty(ProblemsOf(commitment, new LedgerDisclosure(1)));
    }

    [Fact]
    public void A_sealed_bid_that_another_sends_as_its_own_is_not_opened()
    {
        SealedRecord foreign = RecordSealing.Seal(BidOf(AwardedW), Keys.Stranger.Address, [Keys.Operator.PublicKey]);
        Assert.Empty(ProblemsOf(foreign, new LedgerDisclosure(1) { Reader = Keys.Operator }));
    }

    [Fact]
    public void Without_a_bid_or_with_a_hidden_bid_of_another_every_award_is_one_without()
    {
        VerificationRule[] without = [VerificationRule.AwardWithoutBid, VerificationRule.AwardWithoutBid];
        Assert.Equal(without, ProblemsOf(null, new LedgerDisclosure(1)));
        Assert.Equal(without, ProblemsOf(Sealed(BidOf(AwardedW)), new LedgerDisclosure(1), sender: MiniDay.Neighbour));
    }

    private static VerificationRule[] Inconsistent(int hours) => [.. Enumerable.Repeat(VerificationRule.InconsistentAward, hours)];

    private static DayAheadBid BidOf(long offeredW) => new(
        MiniDay.Aggregation, [.. MiniDay.Hours.Select(hour => new BidBlock(hour, 1, 50_000_000, -20_000, 5_000_000, offeredW, null, null))]);

    private static SealedRecord Sealed(DayAheadBid bid) => RecordSealing.Seal(bid, Samples.Aggregator, [Keys.Operator.PublicKey]);

    private static ImmutableArray<VerificationRule> ProblemsOf(MarketRecord? bid, LedgerDisclosure disclosure, Address? sender = null)
    {
        var records = new MiniDay { AwardW = AwardedW };
        if (bid is not null) records.Record(bid, sender ?? Samples.Aggregator, Samples.SystemOperator, Samples.Noon - 7_200);
        records.AwardsWithoutBid().Dispatches().Report(0, MiniDay.Intervals, MiniDay.Idle);
        return [.. records.Verify(disclosure).Problems.Select(static problem => problem.Rule)];
    }
}
