using DerChain.Chain.Pool;

namespace DerChain.Consensus.Validators;

/// <summary>Settings of a <see cref="ValidatorNode"/>.</summary>
public sealed record ValidatorNodeOptions
{
    /// <summary>Policy of the validator. Default: <see cref="ValidatorOptions"/>' defaults.</summary>
    public ValidatorOptions Validator { get; init; } = new();

    /// <summary>Limits of its pool. Default: <see cref="PoolOptions"/>' defaults.</summary>
    public PoolOptions Pool { get; init; } = new();

    /// <summary>The clock and the timer. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the node's loop runs: one task at a time. Nodes of one process that share one are bounded by its threads. Default: the thread pool.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Messages of one connection that wait for the node at most, at least 1; those above are dropped and counted. Default: 256.</summary>
    public int MaxWaitingMessagesPerPeer { get; init; } = 256;

    /// <summary>Bytes of the messages of one connection that wait at most, at least 1; a single message may be longer. Default: 32 MiB.</summary>
    public int MaxWaitingBytesPerPeer { get; init; } = 32 * 1024 * 1024;

    /// <summary>Throws where a setting is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Validator);
        ArgumentNullException.ThrowIfNull(Pool);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(Scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWaitingMessagesPerPeer, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWaitingBytesPerPeer, 1);
    }
}
