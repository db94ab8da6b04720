using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Validators;

public sealed class ValidatorNodeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void On_demand_nodes_seal_what_is_submitted_and_no_empty_block(int count)
    {
        NodeNetwork network = NodeNetwork.Run(count);
        network.Pass(seconds: 1);
        for (int round = 0; round < 8; round++)
        {
            network.Submit(round % count);
            network.Pass(seconds: 3);
        }

        network.AssertEqualHeads(8);
        Assert.All(network.Nodes[0].Chain.Blocks(from: 1), static block => Assert.Single(block.Transactions));
        Assert.All(network.Nodes[0].Chain.Blocks(from: 1), static block => Assert.Equal(CliqueEngine.InTurnDifficulty, block.Header.Difficulty));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void With_a_period_nodes_seal_in_turn_once_a_period(int count)
    {
        NodeNetwork network = NodeNetwork.Run(count, period: 2);
        network.Pass(seconds: 20);
        ulong height = network.Nodes[0].Chain.Head.Header.Number;
        Assert.InRange(height, 9UL, 11UL);
        network.AssertEqualHeads(height);
        Assert.All(network.Nodes[0].Chain.Blocks(from: 2), static block => Assert.Equal(CliqueEngine.InTurnDifficulty, block.Header.Difficulty));
    }
}
