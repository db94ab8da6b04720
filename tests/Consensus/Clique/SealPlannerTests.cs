using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

public sealed class SealPlannerTests
{
    private const ulong Slot = 500;
    private const ulong ParentSeconds = 1_000;
    private static readonly ImmutableArray<Address> Signers = [.. TestChain.Authorities(5).Select(key => key.Address)];
    private static readonly CliqueParameters OnDemand = new(0, 30_000);
    private static readonly CliqueParameters Every5Seconds = new(5, 30_000);

    // Block 11 is the turn of signer 11 mod 5 = 1. With nobody recent the others wait their distance; 9 and 10 were sealed by the recent ones.
    [Theory]
    [InlineData(1, new int[0], 0UL)]
    [InlineData(2, new int[0], 1UL)]
    [InlineData(3, new int[0], 2UL)]
    [InlineData(0, new int[0], 4UL)]
    [InlineData(2, new[] { 0, 1 }, 0UL)]
    [InlineData(4, new[] { 0, 1 }, 2UL)]
    [InlineData(4, new[] { 2, 3 }, 1UL)]
    public void A_signer_waits_a_slot_for_each_that_may_seal_and_is_nearer_to_its_turn(int self, int[] recent, ulong slots)
    {
        SealPlan early = Plan(self, Every5Seconds, pendingSince: null, now: 0, recent);
        ulong due = (ParentSeconds + 5) * 1000 + slots * Slot;
        Assert.Equal(new SealPlan(SealStatus.WaitingForTurn, due), early);
        Assert.Equal(SealStatus.WaitingForTurn, Plan(self, Every5Seconds, null, due - 1, recent).Status);
        Assert.Equal(new SealPlan(SealStatus.Sealing), Plan(self, Every5Seconds, null, due, recent));
    }

    [Fact]
    public void On_demand_a_block_is_sealed_for_a_transaction_and_never_without()
    {
        ulong now = ParentSeconds * 1000 + 10_000;
        Assert.Equal(new SealPlan(SealStatus.NothingToSeal), Plan(1, OnDemand, null, now));
        Assert.Equal(new SealPlan(SealStatus.Sealing), Plan(1, OnDemand, now, now));
        Assert.Equal(new SealPlan(SealStatus.WaitingForTurn, now + 2 * Slot), Plan(3, OnDemand, now, now));
        Assert.Equal(new SealPlan(SealStatus.Sealing), Plan(3, OnDemand, now, now + 2 * Slot));
    }

    [Fact]
    public void On_demand_no_block_is_older_than_its_parent() => Assert.Equal(
        new SealPlan(SealStatus.WaitingForTurn, ParentSeconds * 1000), Plan(1, OnDemand, 1, ParentSeconds * 1000 - 1));

    [Fact]
    public void Who_sealed_one_of_the_last_blocks_waits_for_others()
    {
        Assert.Equal(new SealPlan(SealStatus.SignedRecently, UntilBlock: 11), Plan(1, Every5Seconds, null, ulong.MaxValue, [1, 2]));
        Assert.Equal(new SealPlan(SealStatus.SignedRecently, UntilBlock: 12), Plan(2, Every5Seconds, null, ulong.MaxValue, [1, 2]));
    }

    [Fact]
    public void Who_is_no_authority_does_not_seal() => Assert.Equal(
        new SealPlan(SealStatus.NotAuthorized),
        SealPlanner.Plan(Snapshot([]), Parent, TestChain.Key("stranger").Address, OnDemand, Slot, 1, ulong.MaxValue));

    [Theory]
    [InlineData(ulong.MaxValue, 5UL)]
    [InlineData(ulong.MaxValue / 1000, 5UL)]
    [InlineData(ParentSeconds, CliqueParameters.MaxPeriodSeconds)]
    public void A_time_that_no_clock_shows_is_waited_for(ulong parentSeconds, ulong periodSeconds)
    {
        BlockHeader parent = Parent with { Timestamp = parentSeconds };
        UInt128 due = ((UInt128)parentSeconds + periodSeconds) * 1000;
        SealPlan plan = SealPlanner.Plan(Snapshot([]), parent, Signers[1], new CliqueParameters(periodSeconds, 30_000), ulong.MaxValue, null, 1);
        Assert.Equal(new SealPlan(SealStatus.WaitingForTurn, due > ulong.MaxValue ? ulong.MaxValue : (ulong)due), plan);
    }

    // Block 10 was the turn of signer 0. Block 11 is that of signer 1, who waits for nobody.
    [Theory]
    [InlineData(2, new[] { 3, 4 }, 2UL)]
    [InlineData(2, new[] { 0, 4 }, 1UL)]
    [InlineData(1, new[] { 3, 4 }, 0UL)]
    public void Out_of_turn_a_block_sealed_in_anothers_stead_is_followed_a_slot_later_where_the_other_may_only_be_late(int self, int[] recent, ulong slots)
    {
        BlockHeader outOfTurn = Parent with { Difficulty = 1 };
        SealPlan plan = SealPlanner.Plan(Snapshot(recent), outOfTurn, Signers[self], Every5Seconds, Slot, null, 0);
        Assert.Equal((ParentSeconds + 5) * 1000 + slots * Slot, plan.AtUnixMilliseconds);
    }

    private static BlockHeader Parent => new()
    {
        ParentHash = Hash256.Zero,
        StateRoot = Hash256.Zero,
        TransactionsRoot = Hash256.Zero,
        ReceiptsRoot = Hash256.Zero,
        Difficulty = 2,
        Number = 10,
        GasLimit = 8_000_000,
        GasUsed = 0,
        Timestamp = ParentSeconds,
        ExtraData = CliqueExtraData.Unsealed([], []),
    };

    // The signers of blocks 9 and 10, where given.
    private static CliqueSnapshot Snapshot(int[] recent) =>
        new(10, Signers, [.. recent.Select(signer => Signers[signer])], [], ImmutableSortedDictionary<Address, Tally>.Empty);

    private static SealPlan Plan(int self, CliqueParameters parameters, ulong? pendingSince, ulong now, int[]? recent = null) =>
        SealPlanner.Plan(Snapshot(recent ?? []), Parent, Signers[self], parameters, Slot, pendingSince, now);
}
