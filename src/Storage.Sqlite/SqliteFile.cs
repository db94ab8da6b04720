using System.Buffers.Binary;
using DerChain.Chain.Storage;
using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite;

/// <summary>What makes a SQLite file a store of this format: marks in its header, its tables, and the settings of every connection to it.</summary>
internal static class SqliteFile
{
    /// <summary>Version of the tables, kept as SQLite's user_version.</summary>
    public const int FormatVersion = 1;

    /// <summary>"DERC" in ASCII, kept as SQLite's application_id.</summary>
    public const int ApplicationId = 0x44455243;

    /// <summary>Number of pages in the write-ahead log from which on a commit moves them to the file: 16 MiB.</summary>
    private const int CheckpointPages = 4096;

    /// <summary>How long to wait for another program, such as a backup, that holds a lock on the file.</summary>
    private const int BusySeconds = 2;

    // Offsets in the first 100 bytes of the file: https://sqlite.org/fileformat.html, 1.3.
    private const int HeaderLength = 100;
    private const int UserVersionOffset = 60;
    private const int ApplicationIdOffset = 68;

    /// <summary>The tables and the index, each exactly as SQLite keeps its definition.</summary>
    private static readonly string[] Schema =
    [
        "CREATE TABLE entries (id INTEGER PRIMARY KEY, key BLOB NOT NULL, value BLOB NOT NULL, checksum INTEGER NOT NULL)",
        "CREATE UNIQUE INDEX entries_by_key ON entries (key)",
        "CREATE TABLE totals (id INTEGER PRIMARY KEY, entries INTEGER NOT NULL, checksums INTEGER NOT NULL)",
    ];

    /// <summary>By what SQLite's files are known.</summary>
    public static FileSignature Signature { get; } = new("SQLite", 0, "SQLite format 3\0"u8.ToArray(), 512);

    /// <summary>Refuses a file that is another program's or of a newer format, and a log without its file, before SQLite has touched them.</summary>
    /// <exception cref="StoreException">Which of these it is.</exception>
    public static void RefuseForeign(string path)
    {
        var header = new byte[HeaderLength];
        int length = ReadStart(path, header);
        if (length == 0)
        {
            RefuseOrphanedLog(path);
            return;
        }

        if (length < HeaderLength || BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationIdOffset)) != ApplicationId)
        {
            throw new StoreCorruptException(
                $"The SQLite file '{path}' is not a DerChain store, or was damaged. Name another, or restore it from another validator's copy.");
        }

        int version = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(UserVersionOffset));
        if (version != FormatVersion)
        {
            throw new StoreException(
                $"The store '{path}' has format version {version}, and this program knows version {FormatVersion}. "
                + "Open it with the program that wrote it.");
        }
    }

    /// <summary>Opens a connection with its settings, and makes the tables where there are none.</summary>
    /// <exception cref="StoreException">The file holds other tables, or stands where SQLite cannot keep a write-ahead log.</exception>
    public static SqliteConnection Connect(string path, CommitDurability durability)
    {
        // A full path: SQLite would take a name like ":memory:" or "file:..." for something else.
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Pooling = false, DefaultTimeout = BusySeconds };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;");
            CreateOrCheckTables(connection, path);
            UseWriteAheadLog(connection, path);
            connection.Execute($"PRAGMA synchronous = {(durability == CommitDurability.Durable ? "FULL" : "NORMAL")}");
            connection.Execute($"PRAGMA wal_autocheckpoint = {CheckpointPages}; PRAGMA journal_size_limit = {CheckpointPages * 4096};");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static int ReadStart(string path, byte[] header)
    {
        if (!File.Exists(path))
            return 0;

        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
    }

    private static void RefuseOrphanedLog(string path)
    {
        var log = new FileInfo(path + "-wal");
        if (log.Exists && log.Length > 0)
        {
            throw new StoreCorruptException(
                $"The store '{path}' is missing or empty, but its log '{log.Name}' is there. Restore both, or remove the log to begin anew.");
        }
    }

    private static void CreateOrCheckTables(SqliteConnection connection, string path)
    {
        List<string> found = connection.ReadStrings("SELECT sql FROM sqlite_schema ORDER BY rowid");
        if (found.Count == 0)
            CreateTables(connection);
        else if (!found.SequenceEqual(Schema, StringComparer.Ordinal))
            throw new StoreCorruptException($"The store '{path}' does not have the tables it was made with. Restore it from another validator's copy.");
    }

    // Before the log is switched on, so that the marks stand in the file itself as soon as there is one.
    private static void CreateTables(SqliteConnection connection) => connection.Execute(
        $"""
         BEGIN IMMEDIATE;
         PRAGMA application_id = {ApplicationId};
         PRAGMA user_version = {FormatVersion};
         {string.Join(";\n", Schema)};
         INSERT INTO totals VALUES (1, 0, 0);
         COMMIT;
         """);

    private static void UseWriteAheadLog(SqliteConnection connection, string path)
    {
        string mode = connection.ReadStrings("PRAGMA journal_mode = WAL")[0];
        if (mode != "wal")
        {
            throw new StoreException(
                $"The store '{path}' cannot keep a write-ahead log there (SQLite's journal mode stays '{mode}'). Put it on a local disk.");
        }
    }
}
