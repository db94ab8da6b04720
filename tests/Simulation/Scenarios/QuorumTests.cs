using DerChain.Consensus.Clique;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>How many validators a chain needs to go on.</summary>
public sealed class QuorumTests
{
    [Theory]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(10, 6)]
    public void A_chain_goes_on_while_a_majority_is_alive(int validators, int alive)
    {
        using var network = new SimulatedNetwork(new SimulationOptions { Validators = validators });
        network.Start(network.Nodes.Take(alive));
        Assert.True(network.AdvanceUntil(() => network.AllHeadsEqual && network.Result.Blocks >= 50, 300_000));
        Assert.All(network.Running, node => Assert.Equal((alive, alive), (node.Status.ActiveAuthorities, node.Status.NeededAuthorities)));
    }

    [Fact]
    public void With_half_of_the_validators_the_chain_stands_still_and_says_so_until_one_returns()
    {
        using var network = new SimulatedNetwork(new SimulationOptions { Validators = 4 });
        network.Start(network.Nodes);
        network.AdvanceUntil(() => network.Result.Blocks >= 10, 60_000);

        network.Crash(network.Nodes[0], network.Nodes[1]);
        network.Advance(30_000);
        ulong stopped = network.Result.Blocks;
        network.Advance(600_000);
        Assert.Equal(stopped, network.Result.Blocks);
        Assert.All(network.Running, static node => Assert.Equal(SealStatus.QuorumLost, node.Status.Seal));

        network.Start(network.Nodes[0]);
        Assert.True(network.AdvanceUntil(() => network.AllHeadsEqual && network.Result.Blocks >= stopped + 10, 60_000));
        Assert.All(network.Running, static node => Assert.NotEqual(SealStatus.QuorumLost, node.Status.Seal));
    }
}
