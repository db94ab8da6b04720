using DerChain.Chain.Primitives;

namespace DerChain.Chain.Storage;

/// <summary>What was recently used of the things that a hash commits to. Bounded in number; what it does not hold is read again.</summary>
/// <param name="capacity">Values held at most.</param>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class RecentlyUsed<T>(int capacity)
    where T : class
{
    private readonly Lock _gate = new();
    private Dictionary<Hash256, T> _young = [];
    private Dictionary<Hash256, T> _old = [];

    /// <summary>The value of a hash, or null.</summary>
    public T? Find(Hash256 hash)
    {
        lock (_gate)
        {
            if (!_young.TryGetValue(hash, out T? value) && _old.TryGetValue(hash, out value))
                Keep(hash, value);

            return value;
        }
    }

    /// <summary>Holds a value.</summary>
    public void Add(Hash256 hash, T value)
    {
        lock (_gate)
            Keep(hash, value);
    }

    // Two generations: when the young one is full it becomes the old one, and what was old and unused is forgotten.
    private void Keep(Hash256 hash, T value)
    {
        if (_young.Count >= capacity / 2)
        {
            _old = _young;
            _young = [];
        }

        _young[hash] = value;
    }
}
