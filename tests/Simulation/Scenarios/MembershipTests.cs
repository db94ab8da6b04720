using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>Validators that are voted in and out.</summary>
public sealed class MembershipTests
{
    [Fact]
    public void One_validator_becomes_two_and_two_become_one()
    {
        using var network = new SimulatedNetwork(new SimulationOptions { Validators = 1, Followers = 1 });
        (SimulatedNode first, SimulatedNode second) = (network.Nodes[0], network.Nodes[1]);
        network.Start(network.Nodes);
        network.Propose(first, second.Address, authorizes: true);
        Assert.True(network.AdvanceUntil(() => second.Snapshot.Signers.Length == 2, 60_000));
        ulong grown = network.Result.Blocks;
        Assert.True(network.AdvanceUntil(() => network.AllHeadsEqual && network.Result.Blocks >= grown + 10, 30_000));

        network.Propose(first, second.Address, authorizes: false);
        network.Propose(second, second.Address, authorizes: false);
        Assert.True(network.AdvanceUntil(() => first.Snapshot.Signers.Length == 1, 10_000));
        ulong shrunk = network.Result.Blocks;
        Assert.True(network.AdvanceUntil(() => network.AllHeadsEqual && network.Result.Blocks >= shrunk + 10, 30_000));
        Assert.Equal(SealStatus.NotAuthorized, second.Status.Seal);
    }

    [Fact]
    public void The_last_validator_does_not_vote_itself_out()
    {
        using var network = new SimulatedNetwork(new SimulationOptions { Validators = 1 });
        SimulatedNode only = network.Nodes[0];
        network.Start(only);
        network.Propose(only, only.Address, authorizes: false);
        Assert.True(network.AdvanceUntil(() => only.Head.Number >= 20, 60_000));
        Assert.Equal([only.Address], only.Snapshot.Signers);
    }

    [Fact]
    public void Where_the_last_validator_was_voted_out_elsewhere_the_node_says_so_and_serves_reads()
    {
        using var network = new SimulatedNetwork(new SimulationOptions { Validators = 1, Followers = 1 });
        SimulatedNode follower = network.Nodes[1];
        Branch end = new Branch(network).Seal(0, 0).SealVote(0, network.Nodes[0].Address, authorizes: false);
        network.Advance(60_000);
        network.Start(follower);
        end.ShowTo(follower);
        network.Advance(60_000);
        Assert.Equal(end.Head.Hash, follower.Head.Hash);
        Assert.Equal(SealStatus.NoAuthorities, follower.Status.Seal);
        Assert.Equal(end.Blocks[1].Hash, follower.Chain.FindBlock(2)!.Hash);
        Assert.Equal((UInt256)1_000 * 1_000_000_000 * 1_000_000_000, follower.Chain.GetAccount(network.UserKey(0).Address).Balance);
    }
}
