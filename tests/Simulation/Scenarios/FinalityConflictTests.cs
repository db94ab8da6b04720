using DerChain.Chain.Engine;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Testing;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>Clique has no absolute finality: without the assumption that blocks arrive within a slot, a better branch may leave a final block. Then an operator decides.</summary>
public sealed class FinalityConflictTests
{
    private static readonly SimulationOptions ByHand = new() { Validators = 3, PeriodSeconds = 15, SlotMilliseconds = 200, DelayMeanMilliseconds = 5, DelayMaxMilliseconds = 40 };

    private static readonly SimulationOptions Slow = new()
    {
        Validators = 3, PeriodSeconds = 1, DelayMinMilliseconds = 1, DelayMeanMilliseconds = 1_000, DelayMaxMilliseconds = 8_000, LossPerMille = 200, Reorders = true,
    };

    [Fact]
    public void A_better_branch_that_leaves_the_final_block_waits_for_the_operator()
    {
        using var network = new SimulatedNetwork(ByHand);
        SimulatedNode node = Branch.InOrder(network)[0];
        Branch seen = new Branch(network).Seal(0, 1);
        Branch better = new Branch(network).Seal(1, 2);
        network.AdvanceUntil(() => network.NowUnixMilliseconds / 1000 > seen.Head.Header.Timestamp, 3_600_000);
        network.Start(node);
        seen.ShowTo(node);
        network.Advance(100);
        Assert.Equal(seen.Blocks[0].Hash, node.Chain.Finalized.Hash);

        better.ShowTo(node);
        network.Advance(60_000);
        Assert.Equal(SealStatus.FinalityConflict, node.Status.Seal);
        Assert.Equal(new BlockReference(2, better.Head.Hash), node.Status.Conflict);
        Assert.Equal(seen.Head.Hash, node.Head.Hash);

        network.AcceptReorganisation(node);
        Assert.Null(node.Status.Conflict);
        Assert.Equal(better.Head.Hash, node.Chain.FindHash(2));
        Assert.Equal(better.Blocks[0].Hash, node.Chain.FindHash(1));
        Assert.True(node.Chain.Finalized.Number >= 1);
    }

    // The transaction was final on the branch that is left, and forgotten; a crash at any write of the operator's decision must not lose it.
    [Fact]
    public void A_crash_while_the_decision_is_carried_out_loses_no_transaction()
    {
        (int before, int after) = Decide(failingCommit: null);
        Assert.True(after > before);
        for (int commit = before + 1; commit <= after + 1; commit++)
            Decide(commit);
    }

    private static (int Before, int After) Decide(int? failingCommit)
    {
        using var network = new SimulatedNetwork(ByHand);
        SimulatedNode node = Branch.InOrder(network)[0];
        Transaction included = network.Transfer(user: 0, nonce: 0);
        Branch seen = new Branch(network).SealWith(0, included).Seal(1);
        Branch better = new Branch(network).Seal(1, 2);
        network.AdvanceUntil(() => network.NowUnixMilliseconds / 1000 > seen.Head.Header.Timestamp, 3_600_000);
        network.Start(node, failingCommit is { } commit ? StoreFault.BeforeCommit(commit) : null);
        network.Submit(node, included);
        seen.ShowTo(node);
        network.Advance(100);
        network.Submit(node, network.Transfer(user: 1, nonce: 0));
        better.ShowTo(node);
        network.Advance(60_000);

        int before = node.WritesPerCommit.Length;
        network.AcceptReorganisation(node);
        int after = node.WritesPerCommit.Length;
        if (node.IsRunning)
            network.Crash(node);

        network.Start(node);
        network.Advance(60_000);
        Assert.True(node.Chain.FindTransaction(included.Hash) is not null || node.Core!.Pool.FindSender(included.Hash) is not null);
        return (before, after);
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
