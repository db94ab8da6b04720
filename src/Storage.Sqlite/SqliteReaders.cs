using System.Collections.Concurrent;
using DerChain.Chain.Storage;

namespace DerChain.Storage.Sqlite;

/// <summary>The reading connections of a store: lent to one user at a time and used again.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class SqliteReaders(string path, CommitDurability durability) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<SqliteReader> _all = [];
    private readonly Stack<SqliteReader> _free = [];
    private readonly ConcurrentQueue<SqliteReader> _abandoned = [];
    private bool _isDisposed;

    /// <summary>A reader that no one else uses.</summary>
    public Loan Lend()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteStore));
            if (!_free.TryPop(out SqliteReader? reader))
            {
                reader = new SqliteReader(path, durability);
                _all.Add(reader);
            }

            return new Loan(this, reader);
        }
    }

    /// <summary>Closes readers whose user forgot to give them back: each would hold the log at the state that it began to read.</summary>
    public void CloseAbandoned()
    {
        while (_abandoned.TryDequeue(out SqliteReader? reader))
        {
            lock (_gate)
                _all.Remove(reader);

            reader.Dispose();
        }
    }

    /// <summary>Closes all readers, also those that are lent.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (SqliteReader reader in _all)
                reader.Dispose();
        }
    }

    private void TakeBack(SqliteReader reader)
    {
        reader.EndRange();
        lock (_gate)
            _free.Push(reader);
    }

    /// <summary>A reader and the duty to give it back. An enumeration that was forgotten leaves that to the garbage collector.</summary>
    internal sealed class Loan(SqliteReaders readers, SqliteReader reader) : IDisposable
    {
        ~Loan() => readers._abandoned.Enqueue(reader);

        public SqliteReader Reader => reader;

        public void Dispose()
        {
            GC.SuppressFinalize(this);
            readers.TakeBack(reader);
        }
    }
}
