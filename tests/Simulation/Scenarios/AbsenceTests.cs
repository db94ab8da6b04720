using DerChain.Chain.Engine;
using DerChain.Consensus.Clique;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>Nodes that stop, are cut off, come back or come late.</summary>
public sealed class AbsenceTests
{
    private readonly SimulatedNetwork _network = new(new SimulationOptions { Validators = 5 });

    [Fact]
    public void All_restart_at_once()
    {
        RunTo(20);
        BlockReference before = _network.Nodes[0].Head;
        _network.Crash(_network.Nodes);
        _network.Advance(60_000);
        _network.Start(_network.Nodes);
        Assert.All(_network.Nodes, node => Assert.True(node.Head.Number >= before.Number));
        RunTo(40);
        Assert.Equal(before.Hash, _network.Nodes[4].Chain.FindHash(before.Number));
    }

    [Fact]
    public void A_partition_of_three_and_two_heals()
    {
        RunTo(10);
        SimulatedNode[] majority = [.. _network.Nodes.Take(3)];
        SimulatedNode[] minority = [.. _network.Nodes.Skip(3)];
        _network.Partition(majority, minority);
        _network.Advance(60_000);
        Assert.All(minority, static node => Assert.Equal(SealStatus.QuorumLost, node.Status.Seal));
        Assert.All(majority, static node => Assert.True(node.Head.Number > 30));

        _network.Heal();
        ulong healed = _network.Result.Blocks;
        Assert.True(_network.AdvanceUntil(() => _network.AllHeadsEqual && _network.Result.Blocks > healed + 10, 30_000));
        Assert.Equal(0UL, _network.Result.Conflicts);
    }

    [Fact]
    public void A_validator_that_was_away_for_hundreds_of_blocks_catches_up_by_ranges()
    {
        RunTo(5);
        SimulatedNode absent = _network.Nodes[2];
        _network.Crash(absent);
        RunTo(600);
        ulong requestsBefore = _network.Result.Messages;
        _network.Start(absent);
        bool hasCaughtUp = false;
        Assert.True(_network.AdvanceUntil(
            () =>
            {
                hasCaughtUp |= absent.Status.IsCatchingUp;
                return _network.AllHeadsEqual && absent.Status is { IsCatchingUp: false };
            },
            20_000));
        Assert.True(hasCaughtUp);
        Assert.True(_network.Result.Messages - requestsBefore < 200, "A range is fetched by few messages.");
        RunTo(620);
    }

    [Fact]
    public void A_node_that_comes_late_fetches_the_chain_from_genesis()
    {
        RunTo(300);
        SimulatedNode late = _network.AddNode(_network.AuthorityKey(50));
        _network.Start(late);
        Assert.True(_network.AdvanceUntil(() => _network.AllHeadsEqual, 20_000));
        Assert.Equal(SealStatus.NotAuthorized, late.Status.Seal);
        Assert.Equal(_network.Nodes[0].Chain.Finalized, late.Chain.Finalized);
    }

    [Fact]
    public void A_node_that_comes_late_holds_the_chain_to_a_block_that_its_operator_trusts()
    {
        RunTo(100);
        var known = new BlockReference(50, _network.Nodes[0].Chain.FindHash(50)!.Value);
        SimulatedNode late = _network.AddNode(_network.AuthorityKey(50), known);
        SimulatedNode misled = _network.AddNode(_network.AuthorityKey(51), known with { Hash = _network.Genesis.ParentHash });
        _network.Start(late, misled);
        _network.Advance(20_000);
        Assert.True(late.Head.Number > 100);
        Assert.True(misled.Head.Number < 50, "A chain without the trusted block is not followed past it.");
    }

    [Fact]
    public void A_key_that_is_started_twice_stops_where_it_notices_and_the_chain_goes_on()
    {
        RunTo(5);
        SimulatedNode twin = _network.AddNode(_network.AuthorityKey(0));
        _network.Start(twin);

        // Two processes that know the same seal the same block. Of a transaction that has just come one knows more than the other.
        ulong nonce = 0;
        while (_network.Running.All(static node => node.Status.Seal != SealStatus.KeyUsedElsewhere))
        {
            Assert.True(nonce < 10_000, "The key's use was not noticed.");
            _network.Submit(twin, _network.Transfer(user: 0, nonce++));
            _network.Advance(97);
        }

        ulong noticed = _network.Result.Blocks;
        Assert.True(_network.AdvanceUntil(() => _network.AllHeadsEqual && _network.Result.Blocks >= noticed + 20, 120_000));
    }

    private void RunTo(ulong number)
    {
        _network.Start(_network.Nodes.Where(node => !node.IsRunning && _network.Result.Blocks == 0));
        Assert.True(_network.AdvanceUntil(() => _network.AllHeadsEqual && _network.Result.Blocks >= number, 3_600_000));
    }
}
