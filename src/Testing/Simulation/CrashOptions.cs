namespace DerChain.Testing.Simulation;

/// <summary>Crashes of nodes at random, and restarts from what their stores hold.</summary>
/// <param name="MeanIntervalMilliseconds">Mean time from one crash in the network to the next; at least 1.</param>
/// <param name="MeanDowntimeMilliseconds">Mean time until the node starts again; at least 1.</param>
/// <param name="WriteFaultsPerMille">How many of a thousand starts end in a write that fails or tears, instead of a crash between two steps.</param>
public sealed record CrashOptions(ulong MeanIntervalMilliseconds, ulong MeanDowntimeMilliseconds, int WriteFaultsPerMille);
