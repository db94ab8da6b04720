using DerChain.Chain.Blocks;

namespace DerChain.Consensus.Clique;

/// <summary>The two numbers of a Clique network.</summary>
/// <param name="PeriodSeconds">Least number of seconds between blocks; 0 seals on demand.</param>
/// <param name="EpochLength">Blocks between checkpoints, where votes are dropped and the signers are listed; at least 1.</param>
public sealed record CliqueParameters(ulong PeriodSeconds, ulong EpochLength)
{
    /// <summary>The parameters of a chain.</summary>
    /// <exception cref="ArgumentException">The epoch is 0.</exception>
    public static CliqueParameters From(ChainSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.CliqueEpochLength > 0
            ? new CliqueParameters(spec.CliquePeriodSeconds, spec.CliqueEpochLength)
            : throw new ArgumentException("Clique's epoch is at least 1 block.", nameof(spec));
    }

    /// <summary>True for genesis and every multiple of the epoch.</summary>
    public bool IsCheckpoint(ulong number) => number % EpochLength == 0;
}
