using DerChain.Chain.Storage;

namespace DerChain.Testing;

/// <summary>One promise of <see cref="IKeyValueStore"/>, and how to see that a store keeps it.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class StoreConformanceCheck
{
    private readonly Action<Func<IKeyValueStore>> _run;

    internal StoreConformanceCheck(string name, Action<Func<IKeyValueStore>> run)
    {
        Name = name;
        _run = run;
    }

    /// <summary>The promise, as a sentence.</summary>
    public string Name { get; }

    /// <summary>Runs the check, which disposes of what it opens.</summary>
    /// <param name="open">Opens the store, empty the first time. One that is durable is the same each time, with all that was committed.</param>
    /// <exception cref="StoreConformanceException">The store breaks the promise; the message says what was expected and found.</exception>
    public void Run(Func<IKeyValueStore> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        try
        {
            _run(open);
        }
        catch (Exception exception)
        {
            throw new StoreConformanceException($"{Name}: {exception.Message}", exception);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal static StoreConformanceCheck OfOpen(string name, Action<IKeyValueStore> check) => new(name, open =>
    {
        using IKeyValueStore store = open();
        check(store);
    });
}
