namespace DerChain.Testing;

/// <summary>A store does not do what <see cref="Chain.Storage.IKeyValueStore"/> promises. The message says what was expected and found.</summary>
public sealed class StoreConformanceException : Exception
{
    /// <summary>Tells what was expected and found.</summary>
    public StoreConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>Tells what was expected, and what was thrown instead.</summary>
    public StoreConformanceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
