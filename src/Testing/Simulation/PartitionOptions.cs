namespace DerChain.Testing.Simulation;

/// <summary>How a partition divides the nodes.</summary>
public enum PartitionMode
{
    /// <summary>Each node is on one of two sides, at random.</summary>
    TwoSides,

    /// <summary>One node is alone.</summary>
    OneAlone,

    /// <summary>Each connection is cut or not, at random.</summary>
    RandomConnections,
}

/// <summary>Partitions that come and go at random: messages across them are lost.</summary>
/// <param name="Mode">How they divide the nodes.</param>
/// <param name="IsSymmetric">False where one direction stays open.</param>
/// <param name="MeanIntervalMilliseconds">Mean time from the end of one to the next; at least 1.</param>
/// <param name="MeanDurationMilliseconds">Mean time that one lasts; at least 1.</param>
public sealed record PartitionOptions(
    PartitionMode Mode, bool IsSymmetric, ulong MeanIntervalMilliseconds, ulong MeanDurationMilliseconds);
