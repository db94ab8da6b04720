using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Testing.Simulation;
using DerChain.Testing.Simulation.Checks;

namespace DerChain.Simulation.Tests;

/// <summary>A checker that cannot fail shows nothing: each is given what it is there to find.</summary>
public sealed class CheckerTests
{
    private static readonly SimulationOptions Quiet = new() { Validators = 3 };

    [Fact]
    public void A_key_that_seals_a_height_twice_is_found()
    {
        using var network = new SimulatedNetwork(new SimulationOptions { Validators = 1, LossPerMille = 1 }, seed: 77);
        network.AddNode(network.AuthorityKey(0));
        network.Checks.Trust(network.Nodes[0].Address);
        AssertFound(network, "sealed a second block of number", () =>
        {
            network.Partition([network.Nodes[0]], [network.Nodes[1]]);
            network.Start(network.Nodes);
            network.Advance(600_000);
        });
    }

    [Fact]
    public void A_lost_transaction_is_found_at_a_restart()
    {
        using var network = new SimulatedNetwork(Quiet, seed: 77);
        network.Start(network.Nodes);
        network.Advance(30_000);
        network.Checks.Accepted(network.Nodes[1], Keccak256.Hash([1]));
        AssertFound(network, "has accepted transaction", () =>
        {
            network.Crash(network.Nodes[1]);
            network.Start(network.Nodes[1]);
        });
    }

    [Fact]
    public void A_finality_conflict_where_none_may_be_is_found()
    {
        using var network = new SimulatedNetwork(Quiet with { PeriodSeconds = 15 }, seed: 77);
        Assert.True(network.Options.KeepsFinalityAssumption);
        SimulatedNode node = Branch.InOrder(network)[0];
        Branch seen = new Branch(network).Seal(0, 1);
        Branch better = new Branch(network).Seal(1, 2);
        network.AdvanceUntil(() => network.NowUnixMilliseconds / 1000 > seen.Head.Header.Timestamp, 3_600_000);
        network.Start(node);
        seen.ShowTo(node);
        network.Advance(200);
        better.ShowTo(node);
        AssertFound(network, "has a finality conflict", () => network.Advance(60_000));
    }

    [Fact]
    public void A_head_that_nobody_was_told_of_is_found()
    {
        using var network = new SimulatedNetwork(Quiet, seed: 77);
        network.Start(network.Nodes);
        network.Advance(30_000);
        SimulatedNode node = network.Nodes[0];
        node.Watch.Canonical[^1] = Keccak256.Hash([1]);
        AssertFound(network, node.Name, () => network.Advance(10_000));
    }

    [Fact]
    public void Headers_that_break_EIP_225_are_found()
    {
        using var network = new SimulatedNetwork(Quiet);
        SimulatedNode[] nodes = Branch.InOrder(network);
        BlockHeader genesis = new Branch(network).Genesis;
        WitnessSnapshot snapshot = WitnessSnapshot.AtGenesis(genesis);
        BlockHeader inTurn = new Branch(network).SealNext(1).Header;
        Assert.Null(snapshot.Judge(inTurn, genesis, nodes[1].Address, 1));
        Assert.Contains("no authority", snapshot.Judge(inTurn, genesis, Address.Zero, 1), StringComparison.Ordinal);
        Assert.Contains("difficulty", snapshot.Judge(inTurn with { Difficulty = 1 }, genesis, nodes[1].Address, 1), StringComparison.Ordinal);
        Assert.Contains("time", snapshot.Judge(inTurn with { Timestamp = genesis.Timestamp }, genesis, nodes[1].Address, 1), StringComparison.Ordinal);
        WitnessSnapshot after = snapshot.Next(inTurn, nodes[1].Address, 30_000);
        Assert.Contains("sealed one of the last", after.Judge(inTurn with { Number = 2 }, inTurn, nodes[1].Address, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        SimulationResult first = SeededSimulation.Run(8);
        Assert.Equal(first, SeededSimulation.Run(8));
        Assert.NotEqual(first.EventDigest, SeededSimulation.Run(SimulationOptions.FromSeed(8), 9).EventDigest);
    }

    private static void AssertFound(SimulatedNetwork network, string property, Action run)
    {
        var failure = Assert.Throws<SimulationFailedException>(run);
        Assert.Contains(property, failure.Property, StringComparison.Ordinal);
        Assert.Equal(network.Seed, failure.Seed);
        Assert.Contains("Seed: 77", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Options: {network.Options.Validators} validators", failure.Message, StringComparison.Ordinal);
        Assert.Contains("DERCHAIN_SIMULATION_SEED=77 dotnet run", failure.Message, StringComparison.Ordinal);
        Assert.Contains("  node ", failure.Message, StringComparison.Ordinal);
    }
}
