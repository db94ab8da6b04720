using DerChain.Chain.Storage;

namespace DerChain.Testing.Tests;

/// <summary>A store that is right but for what a test replaces.</summary>
internal sealed class WrongStore : IKeyValueStore
{
    private readonly MemoryStore _inner = new();
    private bool _isDisposed;

    public Func<byte[]?, byte[]?> Got { get; init; } = static value => value;

    public Func<IEnumerable<KeyValuePair<byte[], byte[]>>, IEnumerable<KeyValuePair<byte[], byte[]>>> Ranged { get; init; } = static entries => entries;

    /// <summary>The batches that the inner store gets for one.</summary>
    public Func<WriteBatch, IEnumerable<WriteBatch>> Committed { get; init; } = static batch => [batch];

    public bool TakesNull { get; init; }

    public bool IgnoresDisposal { get; init; }

    public bool RefusesSecondDisposal { get; init; }

    public byte[]? Get(ReadOnlySpan<byte> key) => Got(_inner.Get(key));

    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix) => Ranged(_inner.Range(TakesNull ? prefix ?? [] : prefix!));

    public void Commit(WriteBatch batch)
    {
        if (batch is null && TakesNull)
            return;

        ArgumentNullException.ThrowIfNull(batch);
        foreach (WriteBatch part in Committed(batch))
        {
            _inner.Commit(part);
            Thread.Yield();
        }
    }

    public void Dispose()
    {
        if (RefusesSecondDisposal && _isDisposed)
            throw new InvalidOperationException("Disposed of twice.");

        _isDisposed = true;
        if (!IgnoresDisposal)
            _inner.Dispose();
    }
}
