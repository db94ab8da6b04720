using System.Collections.Immutable;
using DerChain.Chain.Storage;
using DerChain.Testing.Conformance;

namespace DerChain.Testing;

/// <summary>What every store must do. Run each check on a store of its own, from any test framework.</summary>
/// <threadsafety>Immutable.</threadsafety>
public static class StoreConformance
{
    /// <summary>For every <see cref="IKeyValueStore"/>, also one that forgets when it is disposed of.</summary>
    public static ImmutableArray<StoreConformanceCheck> Checks { get; } =
        [.. EntryChecks.All, .. BatchChecks.All, .. RangeChecks.All, .. ThreadChecks.All, .. LifetimeChecks.All];

    /// <summary>For stores that keep what was committed after they are disposed of, and can be open once at a time.</summary>
    public static ImmutableArray<StoreConformanceCheck> DurableChecks { get; } = [.. ReopeningChecks.All];
}
