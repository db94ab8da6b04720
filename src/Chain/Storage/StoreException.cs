namespace DerChain.Chain.Storage;

/// <summary>A store could not be opened, read or written: the environment is broken, not the caller's arguments. The message says what was expected,
/// what was found and how to recover.</summary>
public class StoreException : Exception
{
    /// <summary>Tells what went wrong.</summary>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>Tells what went wrong and why.</summary>
    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A stored value is not what was written: the file was damaged or altered.</summary>
public sealed class StoreCorruptException : StoreException
{
    /// <summary>Tells what was expected and found.</summary>
    public StoreCorruptException(string message)
        : base(message)
    {
    }

    /// <summary>Tells what was expected and found, and what the database said.</summary>
    public StoreCorruptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
