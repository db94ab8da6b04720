namespace DerChain.Chain.Pool;

/// <summary>Limits of a <see cref="TransactionPool"/>.</summary>
public sealed record PoolOptions
{
    /// <summary>Most transactions held; at least 1. Default: 100,000.</summary>
    public int MaxTransactions { get; init; } = 100_000;

    /// <summary>Longest encoding of one transaction in bytes; at least 200. Default: 128 KiB, as in Geth.</summary>
    public int MaxTransactionBytes { get; init; } = 128 * 1024;

    /// <summary>Throws where a limit is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTransactions, 1, nameof(MaxTransactions));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTransactionBytes, 200, nameof(MaxTransactionBytes));
    }
}
