using System.Collections.Immutable;
using DerChain.Testing;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>Stores that fail, also in ways that no sound store does. The only validator of a chain has nobody to help it: what its store keeps must be enough.</summary>
public sealed class FailingStoreTests
{
    private const int Commits = 6;

    [Fact]
    public void Whatever_write_fails_or_tears_the_only_validator_goes_on_after_a_restart()
    {
        foreach (StoreFault fault in StoreFault.AllOf(WritesWithoutFault()))
        {
            using SimulatedNetwork network = OfOne();
            SimulatedNode node = network.Nodes[0];
            network.Start(node, fault);
            network.Advance(30_000);
            Assert.False(node.IsRunning, $"{fault} did not happen.");

            network.Start(node);
            ulong before = node.Head.Number;
            Assert.True(network.AdvanceUntil(() => node.Head.Number >= before + 5, 60_000), $"Where {fault} the chain stands still.");
        }
    }

    private static ImmutableArray<int> WritesWithoutFault()
    {
        using SimulatedNetwork network = OfOne();
        network.Start(network.Nodes);
        network.Advance(60_000);
        return [.. network.Nodes[0].WritesPerCommit.Take(Commits)];
    }

    private static SimulatedNetwork OfOne() => new(new SimulationOptions { Validators = 1 });
}
