using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>Proposals of operators, through the blocks of their nodes, to who may seal.</summary>
public sealed class ProposalTests
{
    private static readonly Address First = TestChain.Authorities(1)[0].Address;

    [Fact]
    public void One_authority_admits_a_second_and_both_drop_it_again()
    {
        var network = new NodeNetwork(2, period: 1, authorities: 1);
        foreach (ValidatorNode each in network.Nodes)
            network.Do(each.StartAsync(NodeNetwork.Token));

        (ValidatorNode node, ValidatorNode other) = network.Nodes[0].Address == First ? (network.Nodes[0], network.Nodes[1]) : (network.Nodes[1], network.Nodes[0]);
        network.Pass(seconds: 3);
        Assert.Equal(SealStatus.NotAuthorized, other.Status.Seal);

        network.Do(node.ProposeAsync(other.Address, authorizes: true, NodeNetwork.Token));
        network.Pass(seconds: 10);
        Assert.Equal(network.Keys.Select(static key => key.Address), node.Snapshot.Signers);
        ulong grown = node.Chain.Head.Header.Number;
        network.Pass(seconds: 10);
        Address[] sealers = [.. node.Chain.Blocks(grown).Select(block => node.Chain.Engine.GetAuthor(block.Header)).Distinct()];
        Assert.Equal(2, sealers.Length);

        network.Do(node.ProposeAsync(other.Address, authorizes: false, NodeNetwork.Token));
        network.Pass(seconds: 6);
        Assert.Equal(2, node.Snapshot.Signers.Length);
        network.Do(other.ProposeAsync(other.Address, authorizes: false, NodeNetwork.Token));
        network.Pass(seconds: 10);
        Assert.Equal([First], node.Snapshot.Signers);
        Assert.Equal(SealStatus.NotAuthorized, other.Status.Seal);
        ulong shrunk = node.Chain.Head.Header.Number;
        network.Pass(seconds: 5);
        Assert.True(node.Chain.Head.Header.Number >= shrunk + 4);
        network.AssertEqualHeads(node.Chain.Head.Header.Number);
    }

    [Fact]
    public void The_last_authority_casts_no_vote_against_itself()
    {
        NodeNetwork network = NodeNetwork.Run(1, period: 1);
        network.Do(network.Nodes[0].ProposeAsync(First, authorizes: false, NodeNetwork.Token));
        network.Pass(seconds: 5);
        Assert.Equal([First], network.Nodes[0].Snapshot.Signers);
        Assert.All(network.Nodes[0].Chain.Blocks(from: 1), static block => Assert.True(block.Header.Beneficiary.IsZero));
    }

    [Fact]
    public void A_proposal_outlives_a_restart_and_ends_where_it_is_discarded()
    {
        NodeNetwork network = NodeNetwork.Run(3, period: 1);
        PrivateKey stranger = TestChain.Key("stranger");
        network.Do(network.Nodes[1].ProposeAsync(stranger.Address, authorizes: true, NodeNetwork.Token));
        network.Stop(1);
        network.Restart(1);
        network.Pass(seconds: 10);
        Assert.True(network.Nodes[1].Proposals[stranger.Address]);
        Vote vote = Assert.Single(network.Nodes[0].Snapshot.Votes);
        Assert.Equal((network.Nodes[1].Address, stranger.Address), (vote.Signer, vote.Account));

        network.Do(network.Nodes[1].DiscardAsync(stranger.Address, NodeNetwork.Token));
        Assert.Empty(network.Nodes[1].Proposals);
        ulong discarded = network.Nodes[0].Chain.Head.Header.Number;
        network.Pass(seconds: 10);
        Assert.All(network.Nodes[0].Chain.Blocks(discarded + 1), static block => Assert.True(block.Header.Beneficiary.IsZero));
    }
}
