namespace DerChain.Chain.Storage;

/// <summary>Sole use of a store's file. A database alone does not see to it: on Linux two processes open one LiteDB file, and LiteDB turns a file of
/// another kind into one of its own.</summary>
/// <remarks>The claim is an operating system's lock on an empty file beside the store; it ends with the process, whatever becomes of that.</remarks>
internal sealed class FileClaim : IDisposable
{
    private readonly FileStream _lock;

    private FileClaim(FileStream held) => _lock = held;

    /// <summary>Claims a file that is absent, empty or the database's.</summary>
    /// <exception cref="StoreException">The file is in use, cannot be read or written, or is something else; it is as before.</exception>
    public static FileClaim Take(string path, FileSignature signature)
    {
        if (Directory.Exists(path))
            throw new StoreException($"The store '{path}' cannot be opened: it is a folder.");

        FileStream? held = null;
        try
        {
            held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (!signature.Admits(path))
            {
                throw new StoreCorruptException(
                    $"The file '{path}' is not a {signature.Database} file, or was damaged. Name another, or restore it from another validator's copy.");
            }

            return new FileClaim(held);
        }
        catch (Exception exception)
        {
            held?.Dispose();
            throw exception is IOException or UnauthorizedAccessException
                ? new StoreException($"The store '{path}' cannot be opened, or is in use: {exception.Message}", exception)
                : exception;
        }
    }

    /// <summary>Gives the file up.</summary>
    public void Dispose() => _lock.Dispose();
}
