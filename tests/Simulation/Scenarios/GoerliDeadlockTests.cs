using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>The two configurations of eight validators in which networks of Geth and others stood still (EIP-3436): both branches weigh the same, and on each
/// too few are left that may seal. Here validators agree on one of them and go on.</summary>
public sealed class GoerliDeadlockTests
{
    private readonly SimulatedNetwork _network = new(new SimulationOptions { Validators = 8, PeriodSeconds = 15, TransactionIntervalMilliseconds = 0 });

    // Validators 5, 7 and 8 of the EIP are away. One branch has a block in turn and one out of turn, the other three out of turn.
    [Fact]
    public void Branches_of_equal_weight_and_different_length_become_one()
    {
        Branch common = new Branch(_network).Seal(Enumerable.Range(1, 15).Select(static number => number % 8));
        Split([0, 2], common.Fork().Seal(0, 2), [1, 3, 5], common.Fork().Seal(1, 3, 5));
    }

    // The EIP's own second branch breaks the signer limit; this is the configuration that its author gave instead.
    [Fact]
    public void Branches_of_equal_weight_and_equal_length_become_one()
    {
        Branch common = new Branch(_network).Seal(Enumerable.Range(1, 14).Select(static number => number % 8));
        Split([0, 2, 3], common.Fork().Seal(0, 3, 2), [1, 4, 6, 7], common.Fork().Seal(1, 7, 4));
    }

    private void Split(int[] firstSide, Branch first, int[] secondSide, Branch second)
    {
        SimulatedNode[] nodes = Branch.InOrder(_network);
        SimulatedNode[] left = [.. firstSide.Select(index => nodes[index])];
        SimulatedNode[] right = [.. secondSide.Select(index => nodes[index])];
        _network.AdvanceUntil(() => _network.NowUnixMilliseconds / 1000 > second.Head.Header.Timestamp, 3_600_000);
        _network.Partition(left, right);
        _network.Start([.. left, .. right]);
        first.ShowTo(left);
        second.ShowTo(right);
        _network.Advance(300);
        Assert.All(left, node => Assert.Equal(first.Head.Hash, node.Head.Hash));
        Assert.All(right, node => Assert.Equal(second.Head.Hash, node.Head.Hash));

        _network.Heal();
        ulong split = second.Head.Number;
        Assert.True(_network.AdvanceUntil(() => _network.AllHeadsEqual && _network.Result.Blocks > split + 8, 600_000));
        Assert.Equal(0UL, _network.Result.Conflicts);
    }
}
