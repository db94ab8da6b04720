using System.Diagnostics.CodeAnalysis;
using DerChain.Chain.Storage;
using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite;

/// <summary>A connection that reads. A statement sees the state in which it began, whatever is committed meanwhile.</summary>
/// <threadsafety>Used by one thread at a time; <see cref="Dispose"/> may come from another.</threadsafety>
internal sealed class SqliteReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _range;
    private SqliteDataReader? _entries;
    private bool _isDisposed;

    public SqliteReader(string path, CommitDurability durability)
    {
        _path = path;
        _connection = SqliteFile.Connect(path, durability);
        _connection.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -8192;");
        _find = _connection.Prepare("SELECT value, checksum FROM entries WHERE key = $key", "$key");
        _range = _connection.Prepare("SELECT key, value, checksum FROM entries WHERE key >= $first ORDER BY key", "$first");
    }

    /// <summary>The connection, for tests that read its settings.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>The value of a key, or null.</summary>
    public byte[]? Find(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteStore));
            byte[] wanted = key.ToArray();
            _find.Parameters[0].Value = wanted;
            using SqliteDataReader reader = _find.ExecuteReader();
            return reader.Read() ? Checked(wanted, reader.Bytes(0), reader.Integer(1)) : null;
        }
    }

    /// <summary>Begins a range: from now on the reader shows this state, until <see cref="EndRange"/>.</summary>
    public void BeginRange(byte[] first)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteStore));
            _range.Parameters[0].Value = first;
            _entries = _range.ExecuteReader();
        }
    }

    /// <summary>The next entry of the range that was begun.</summary>
    public bool TryReadNext([NotNullWhen(true)] out byte[]? key, [NotNullWhen(true)] out byte[]? value)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteStore));
            if (_entries is not { } entries || !entries.Read())
            {
                key = value = null;
                return false;
            }

            key = entries.Bytes(0);
            value = Checked(key, entries.Bytes(1), entries.Integer(2));
            return true;
        }
    }

    /// <summary>Ends the range.</summary>
    public void EndRange()
    {
        lock (_gate)
        {
            _entries?.Dispose();
            _entries = null;
        }
    }

    /// <summary>Closes the connection; a range that was begun ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            EndRange();
            _find.Dispose();
            _range.Dispose();
            _connection.Dispose();
        }
    }

    private byte[] Checked(byte[] key, byte[] value, long checksum) => EntryChecksum.Of(key, value) == checksum
        ? value
        : throw SqliteFailure.Damaged(_path, $"the entry of key {Convert.ToHexString(key)} does not have its checksum");
}
