using DerChain.Chain.Primitives;

namespace DerChain.Chain.Pool;

/// <summary>Limits of a <see cref="TransactionPool"/>.</summary>
public sealed record PoolOptions
{
    /// <summary>Most transactions held; at least 1. Default: 100,000.</summary>
    public int MaxTransactions { get; init; } = 100_000;

    /// <summary>Most bytes of encoded transactions held; at least <see cref="MaxTransactionBytes"/>. Default: 256 MiB.</summary>
    public long MaxBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Longest encoding of one transaction in bytes; at least 200. Default: 128 KiB, as in Geth.</summary>
    public int MaxTransactionBytes { get; init; } = 128 * 1024;

    /// <summary>Most transactions of one sender that are taken while a nonce before them is missing; at least 0. Default: 1,024. Geth's is 64
    /// (<c>AccountQueue</c>), which is short for an aggregator whose thousands of records arrive out of order.</summary>
    public int MaxQueuedPerSender { get; init; } = 1_024;

    /// <summary>Least tip (or gas price, for the types that have one price) in wei. Default: 0, since a consortium need not sell its blocks; Geth's is 1
    /// (<c>PriceLimit</c>).</summary>
    public UInt256 MinTipPerGas { get; init; }

    /// <summary>Room in bytes for the keys of accounts that sent one transaction after the other, and tables to verify their next ones by, about 11 KB an account;
    /// at least 0, for none. It changes no verdict. Default: 4 MiB.</summary>
    public long KnownKeyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Throws where a limit is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTransactions, 1, nameof(MaxTransactions));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTransactionBytes, 200, nameof(MaxTransactionBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, MaxTransactionBytes, nameof(MaxBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxQueuedPerSender, nameof(MaxQueuedPerSender));
        ArgumentOutOfRangeException.ThrowIfNegative(KnownKeyBytes, nameof(KnownKeyBytes));
    }
}
