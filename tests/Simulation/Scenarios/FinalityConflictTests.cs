using DerChain.Chain.Engine;
using DerChain.Consensus.Clique;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>Clique has no absolute finality: without the assumption that blocks arrive within a slot, a better branch may leave a final block. Then an operator decides.</summary>
public sealed class FinalityConflictTests
{
    private static readonly SimulationOptions Slow = new()
    {
        Validators = 3, PeriodSeconds = 1, DelayMinMilliseconds = 1, DelayMeanMilliseconds = 1_000, DelayMaxMilliseconds = 8_000, LossPerMille = 200, Reorders = true,
    };

    [Fact]
    public void A_better_branch_that_leaves_the_final_block_waits_for_the_operator()
    {
        using var network = new SimulatedNetwork(Slow with { LossPerMille = 0, DelayMeanMilliseconds = 5, DelayMaxMilliseconds = 10, PeriodSeconds = 15, Reorders = false, SlotMilliseconds = 40 });
        SimulatedNode node = Branch.InOrder(network)[0];
        Branch seen = new Branch(network).Seal(0, 1);
        Branch better = new Branch(network).Seal(1, 2);
        network.AdvanceUntil(() => network.NowUnixMilliseconds / 1000 > seen.Head.Header.Timestamp, 3_600_000);
        network.Start(node);
        seen.ShowTo(node);
        network.Advance(30);
        Assert.Equal(seen.Blocks[0].Hash, node.Chain.Finalized.Hash);

        better.ShowTo(node);
        network.Advance(60_000);
        Assert.Equal(SealStatus.FinalityConflict, node.Status.Seal);
        Assert.Equal(new BlockReference(2, better.Head.Hash), node.Status.Conflict);
        Assert.Equal(seen.Head.Hash, node.Head.Hash);

        network.AcceptReorganisation(node);
        Assert.Null(node.Status.Conflict);
        Assert.Equal(better.Head.Hash, node.Chain.FindHash(2));
        Assert.Equal(better.Blocks[0].Hash, node.Chain.Finalized.Hash);
    }

    [Fact]
    public void Where_blocks_come_late_conflicts_happen_and_operators_decide_them()
    {
        SimulationResult result = SeededSimulation.Run(Slow, seed: 4);
        Assert.True(result.Conflicts > 0);
        Assert.True(result.Blocks >= Slow.Blocks);
    }

    [Fact]
    public void Where_blocks_come_in_time_there_is_none()
    {
        SimulationResult result = SeededSimulation.Run(Slow with { LossPerMille = 0, DelayMeanMilliseconds = 40, DelayMaxMilliseconds = 90 }, seed: 4);
        Assert.Equal((0UL, 0UL), (result.Conflicts, result.Reorganisations));
        Assert.Equal(1.0, result.InTurnShare);
    }
}
