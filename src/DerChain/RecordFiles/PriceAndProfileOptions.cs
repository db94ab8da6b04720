using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Which day to make of a user's prices and profiles.</summary>
public sealed record PriceAndProfileOptions
{
    /// <summary>The trading date; null for the first that is complete in both files.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The node whose prices are used; null where the file has one node only.</summary>
    public string? Node { get; init; }

    /// <summary>Number of prosumers; 1 to <see cref="CaseStudyOptions.MaxProsumers"/>.</summary>
    public int Prosumers { get; init; } = 200;

    /// <summary>What every random number follows from.</summary>
    public ulong Seed { get; init; } = CaseStudyOptions.ReferenceSeed;

    /// <summary>The ISO calls spinning reserve, 00:30 to 01:00 and 17:25 to 18:00.</summary>
    public bool Activations { get; init; } = true;
}
