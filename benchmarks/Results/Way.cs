namespace DerChain.Benchmarks.Results;

/// <summary>One way to do what a table compares.</summary>
/// <param name="Name">What it is, as the table says it.</param>
/// <param name="Run">Does it.</param>
/// <param name="Operations">How many operations one call is.</param>
internal sealed record Way(string Name, Action Run, int Operations = 1)
{
    /// <summary>Done before each call and not measured; null for nothing.</summary>
    public Action? Prepare { get; init; }
}
