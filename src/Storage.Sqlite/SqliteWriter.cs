using DerChain.Chain.Storage;
using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite;

/// <summary>The one connection that writes, with its prepared statements.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _keepTotals;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private EntryTotals _totals;

    /// <param name="connection">Becomes the writer's.</param>
    /// <param name="totals">Of the entries that the file holds.</param>
    public SqliteWriter(SqliteConnection connection, EntryTotals totals)
    {
        _connection = connection;
        _totals = totals;
        connection.Execute("PRAGMA cache_size = -65536");
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _find = connection.Prepare("SELECT id, checksum FROM entries WHERE key = $key", "$key");
        _insert = connection.Prepare("INSERT INTO entries (key, value, checksum) VALUES ($key, $value, $checksum)", "$key", "$value", "$checksum");
        _update = connection.Prepare("UPDATE entries SET value = $value, checksum = $checksum WHERE id = $id", "$value", "$checksum", "$id");
        _delete = connection.Prepare("DELETE FROM entries WHERE id = $id", "$id");
        _keepTotals = connection.Prepare("UPDATE totals SET entries = $entries, checksums = $checksums WHERE id = 1", "$entries", "$checksums");
        _commit = connection.Prepare("COMMIT");
        _rollback = connection.Prepare("ROLLBACK");
    }

    /// <summary>The connection, for tests that read its settings or bound its file.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>Writes a batch in one transaction. After an exception the writer is not used again.</summary>
    public void Commit(WriteBatch batch)
    {
        _begin.ExecuteNonQuery();
        try
        {
            EntryTotals totals = _totals;
            foreach ((byte[] key, byte[]? value) in batch.Writes)
                totals = value is null ? Delete(key, totals) : Put(key, value, totals);

            Run(_keepTotals, totals.Entries, totals.Checksums);
            _commit.ExecuteNonQuery();
            _totals = totals;
        }
        catch
        {
            TryRollback();
            throw;
        }
    }

    /// <summary>Closes the connection; the last one moves the log into the file and removes it.</summary>
    public void Dispose()
    {
        foreach (SqliteCommand command in (SqliteCommand[])[_begin, _find, _insert, _update, _delete, _keepTotals, _commit, _rollback])
            command.Dispose();

        _connection.Dispose();
    }

    private EntryTotals Put(byte[] key, byte[] value, EntryTotals totals)
    {
        long checksum = EntryChecksum.Of(key, value);
        if (Find(key) is not { } old)
        {
            Run(_insert, key, value, checksum);
            return totals.With(checksum);
        }

        Run(_update, value, checksum, old.Id);
        return totals.Without(old.Checksum).With(checksum);
    }

    private EntryTotals Delete(byte[] key, EntryTotals totals)
    {
        if (Find(key) is not { } old)
            return totals;

        Run(_delete, old.Id);
        return totals.Without(old.Checksum);
    }

    private (long Id, long Checksum)? Find(byte[] key)
    {
        _find.Parameters[0].Value = key;
        using SqliteDataReader reader = _find.ExecuteReader();
        return reader.Read() ? (reader.Integer(0), reader.Integer(1)) : null;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (int index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];

        command.ExecuteNonQuery();
    }

    private void TryRollback()
    {
        try
        {
            _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back on its own, or the next opening does: the log holds no commit mark.
        }
    }
}
