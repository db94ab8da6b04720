using DerChain.Chain.Blocks;

namespace DerChain.Consensus.Clique;

/// <summary>The two numbers of a Clique network.</summary>
/// <param name="PeriodSeconds">Least number of seconds between blocks, 0 to <see cref="MaxPeriodSeconds"/>; 0 seals on demand.</param>
/// <param name="EpochLength">Blocks between checkpoints, where votes are dropped and the signers are listed; at least 1.</param>
public sealed record CliqueParameters(ulong PeriodSeconds, ulong EpochLength)
{
    /// <summary>Longest period: 2^32 − 1 seconds, 136 years.</summary>
    public const ulong MaxPeriodSeconds = uint.MaxValue;

    /// <summary>The parameters of a chain.</summary>
    /// <exception cref="ArgumentException">The epoch is 0, or the period above <see cref="MaxPeriodSeconds"/>.</exception>
    public static CliqueParameters From(ChainSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.CliqueEpochLength == 0)
            throw new ArgumentException("Clique's epoch is at least 1 block.", nameof(spec));

        return spec.CliquePeriodSeconds <= MaxPeriodSeconds
            ? new CliqueParameters(spec.CliquePeriodSeconds, spec.CliqueEpochLength)
            : throw new ArgumentException($"Clique's period is {spec.CliquePeriodSeconds} s; it is at most {MaxPeriodSeconds}.", nameof(spec));
    }

    /// <summary>True for genesis and every multiple of the epoch.</summary>
    public bool IsCheckpoint(ulong number) => number % EpochLength == 0;
}
