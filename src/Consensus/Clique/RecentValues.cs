using System.Diagnostics.CodeAnalysis;

namespace DerChain.Consensus.Clique;

/// <summary>The last values that were added, up to a number; the oldest gives way.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class RecentValues<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly Queue<TKey> _order = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);

    public void Add(TKey key, TValue value)
    {
        if (!_values.TryAdd(key, value))
            return;

        _order.Enqueue(key);
        if (_order.Count > capacity)
            _values.Remove(_order.Dequeue());
    }
}
