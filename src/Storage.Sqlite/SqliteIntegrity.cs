using DerChain.Chain.Storage;
using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite;

/// <summary>The check of a file when it is opened. SQLite's pages carry no checksums, so a flipped byte could hide an entry without a word.</summary>
/// <remarks>Three passes, each in the order of the file and in constant memory: SQLite's own check of the pages, the entries, their index.</remarks>
internal static class SqliteIntegrity
{
    /// <summary>Reads everything once.</summary>
    /// <returns>The totals that the file keeps, which are those of its entries.</returns>
    /// <exception cref="StoreCorruptException">The file is not as it was written.</exception>
    public static EntryTotals Check(SqliteConnection connection, string path)
    {
        string pages = connection.ReadStrings("PRAGMA quick_check(1)")[0];
        if (pages != "ok")
            throw SqliteFailure.Damaged(path, pages);

        EntryTotals kept = ReadTotals(connection, path);
        (EntryTotals found, EntryTotals keys) = SumEntries(connection, path);
        if (found != kept)
            throw SqliteFailure.Damaged(path, $"it should hold {kept.Entries} entries and holds {found.Entries}, or others");

        if (SumIndex(connection, path) != keys)
            throw SqliteFailure.Damaged(path, "its index does not lead to its entries");

        return kept;
    }

    private static EntryTotals ReadTotals(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.Prepare("SELECT id, entries, checksums FROM totals");
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() && reader.Integer(0) == 1
            ? new EntryTotals(reader.Integer(1), reader.Integer(2))
            : throw SqliteFailure.Damaged(path, "its totals are missing");
    }

    private static (EntryTotals Entries, EntryTotals Keys) SumEntries(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.Prepare("SELECT id, key, value, checksum FROM entries NOT INDEXED ORDER BY id");
        using SqliteDataReader reader = command.ExecuteReader();
        EntryTotals entries = default;
        EntryTotals keys = default;
        long last = long.MinValue;
        while (reader.Read())
        {
            long id = reader.Integer(0);
            byte[] key = reader.Bytes(1);
            long checksum = EntryChecksum.Of(key, reader.Bytes(2));
            if (id <= last || checksum != reader.Integer(3))
                throw SqliteFailure.Damaged(path, $"entry {id} is out of order or does not have its checksum");

            last = id;
            entries = entries.With(checksum);
            keys = keys.With(IndexChecksum(id, key));
        }

        return (entries, keys);
    }

    private static EntryTotals SumIndex(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.Prepare("SELECT id, key FROM entries INDEXED BY entries_by_key ORDER BY key");
        using SqliteDataReader reader = command.ExecuteReader();
        EntryTotals keys = default;
        byte[] last = [];
        while (reader.Read())
        {
            byte[] key = reader.Bytes(1);
            if (last.AsSpan().SequenceCompareTo(key) >= 0)
                throw SqliteFailure.Damaged(path, $"the index is out of order at key {Convert.ToHexString(key)}");

            last = key;
            keys = keys.With(IndexChecksum(reader.Integer(0), key));
        }

        return keys;
    }

    private static long IndexChecksum(long id, byte[] key) => Crc32C.Of(unchecked((uint)id), key);
}
