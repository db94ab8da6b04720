using DerChain.Chain.Storage;

namespace DerChain.Storage.Sqlite;

/// <summary>A store in one SQLite file (with its write-ahead log beside it while open): the one for volume. Native code.</summary>
/// <remarks>
/// <para>Opening reads the whole file and compares it with checksums and totals that every batch keeps (docs/storage-format.md, "The SQLite file").</para>
/// <para>A range shows one state until its enumerator is disposed of, which foreach does; meanwhile the log beside the file grows with each batch.</para>
/// <para>After a failed commit the store refuses further ones: only opening it again tells whether the batch was written.</para>
/// </remarks>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks.</threadsafety>
public sealed class SqliteStore : IKeyValueStore
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FileClaim _claim;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private bool _hasFailed;
    private volatile bool _isDisposed;

    private SqliteStore(string path, FileClaim claim, SqliteWriter writer, CommitDurability durability)
    {
        _path = path;
        _claim = claim;
        _writer = writer;
        _readers = new SqliteReaders(path, durability);
    }

    /// <summary>The writing connection and those that read, for tests of their settings.</summary>
    internal SqliteWriter Writer => _writer;

    /// <inheritdoc cref="Writer"/>
    internal SqliteReaders Readers => _readers;

    /// <summary>Opens a file, or makes it, and checks all of it. The folder must exist and be on a local disk.</summary>
    /// <param name="path">The file; its log and lock stand beside it as <c>-wal</c>, <c>-shm</c> and <c>.lock</c>.</param>
    /// <param name="durability">What an acknowledged batch survives.</param>
    /// <exception cref="StoreException">The file cannot be opened, is in use, is not a store of this format, or is damaged.</exception>
    public static SqliteStore Open(string path, CommitDurability durability = CommitDurability.Durable)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileClaim claim = FileClaim.Take(path, SqliteFile.Signature);
        try
        {
            SqliteFile.RefuseForeign(path);
            return new SqliteStore(path, claim, OpenWriter(path, durability), durability);
        }
        catch (Exception exception)
        {
            claim.Dispose();
            throw SqliteFailure.Of(path, exception);
        }
    }

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        try
        {
            using SqliteReaders.Loan loan = _readers.Lend();
            return loan.Reader.Find(key);
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            throw SqliteFailure.Of(_path, exception);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Enumerate(prefix);
    }

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_hasFailed)
                throw new StoreException($"The store '{_path}' failed before. Close it and open it again.");

            _readers.CloseAbandoned();
            try
            {
                _writer.Commit(batch);
            }
            catch (Exception exception)
            {
                _hasFailed = true;
                throw SqliteFailure.Of(_path, exception);
            }
        }
    }

    /// <summary>Closes the file and moves its log into it. Ranges in progress end with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _readers.Dispose();
            _writer.Dispose();
            _claim.Dispose();
        }
    }

    private static SqliteWriter OpenWriter(string path, CommitDurability durability)
    {
        Microsoft.Data.Sqlite.SqliteConnection connection = SqliteFile.Connect(path, durability);
        try
        {
            return new SqliteWriter(connection, SqliteIntegrity.Check(connection, path));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private IEnumerable<KeyValuePair<byte[], byte[]>> Enumerate(byte[] prefix)
    {
        using SqliteReaders.Loan loan = _readers.Lend();
        Attempt(() => loan.Reader.BeginRange(prefix));
        while (Next(loan.Reader, prefix) is { } entry)
            yield return entry;
    }

    private KeyValuePair<byte[], byte[]>? Next(SqliteReader reader, byte[] prefix)
    {
        KeyValuePair<byte[], byte[]>? entry = null;
        Attempt(() =>
        {
            if (reader.TryReadNext(out byte[]? key, out byte[]? value) && key.AsSpan().StartsWith(prefix))
                entry = new(key, value);
        });
        return entry;
    }

    private void Attempt(Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            throw SqliteFailure.Of(_path, exception);
        }
    }
}
