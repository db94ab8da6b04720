namespace DerChain.Tests.Shared.Fuzzing;

/// <summary>Runs when no other test of the project does: what there is time for then depends on the machine alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
