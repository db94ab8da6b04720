namespace DerChain.Consensus.Validators;

/// <summary>Local policy of a validator. No other validator checks it.</summary>
public sealed record ValidatorOptions
{
    /// <summary>The longest time that an option in milliseconds may be: a day.</summary>
    public const ulong MaxMilliseconds = 86_400_000;

    /// <summary>The longest <see cref="HeartbeatSeconds"/>: a year of 365 days.</summary>
    public const ulong MaxHeartbeatSeconds = 31_536_000;

    /// <summary>Wait out of turn for each signer nearer to its turn, in milliseconds; at least the time a block needs to reach everyone, and 1 to
    /// <see cref="MaxMilliseconds"/>.
    /// Also how long a validator that starts listens before it seals. Default: 500.</summary>
    public ulong SlotMilliseconds { get; init; } = 500;

    /// <summary>How often a validator says how far its chain goes, in milliseconds; 1 to <see cref="MaxMilliseconds"/>. An authority that is
    /// silent for three times as long counts as absent. Default: 2,000.</summary>
    public ulong AnnouncementMilliseconds { get; init; } = 2_000;

    /// <summary>How long a validator waits for the answer to a request before it asks someone else, in milliseconds; 1 to
    /// <see cref="MaxMilliseconds"/>. Default: 5,000.</summary>
    public ulong RequestTimeoutMilliseconds { get; init; } = 5_000;

    /// <summary>With a period of 0: seconds after which a block is sealed although no transaction waits, so that the blocks before it become final. 0 for
    /// never; at most <see cref="MaxHeartbeatSeconds"/>. Default: 0.</summary>
    public ulong HeartbeatSeconds { get; init; }

    /// <summary>Throws where a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        foreach (ulong milliseconds in (ReadOnlySpan<ulong>)[SlotMilliseconds, AnnouncementMilliseconds, RequestTimeoutMilliseconds])
        {
            ArgumentOutOfRangeException.ThrowIfZero(milliseconds);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, MaxMilliseconds);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(HeartbeatSeconds, MaxHeartbeatSeconds);
    }
}
