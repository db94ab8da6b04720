using DerChain.Chain.Storage;
using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite.Tests;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Closing_leaves_one_file_and_an_empty_lock()
    {
        using (SqliteStore store = SqliteStore.Open(FilePath))
        {
            store.Commit(Batch(1, 10));
            Assert.Equal([10], store.Get([1]));
        }

        Assert.Equal(["store.db", "store.db.lock"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(0, new FileInfo(FilePath + ".lock").Length);
    }

    [Fact]
    public void What_was_committed_is_in_the_files_before_the_store_is_closed()
    {
        using SqliteStore store = SqliteStore.Open(FilePath);
        store.Commit(Batch(1, 10));
        File.Copy(FilePath, _folder.File("copy.db"));
        File.Copy(FilePath + "-wal", _folder.File("copy.db-wal"));
        using SqliteStore copy = SqliteStore.Open(_folder.File("copy.db"));
        Assert.Equal([10], copy.Get([1]));
    }

    [Fact]
    public void A_folder_that_does_not_exist_or_is_named_as_the_file_is_refused()
    {
        Assert.Throws<StoreException>(() => SqliteStore.Open(_folder.File("absent/store.db")));
        Assert.Throws<StoreException>(() => SqliteStore.Open(_folder.Path));
        Assert.Throws<ArgumentException>(() => SqliteStore.Open(""));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(20_000)]
    public void A_file_of_another_kind_is_refused_untouched(int length)
    {
        File.WriteAllBytes(FilePath, [.. Enumerable.Range(0, length).Select(static index => (byte)(index % 256))]);
        AssertRefusedUntouched("not a SQLite file");
    }

    [Fact]
    public void Another_programs_SQLite_file_is_refused_untouched()
    {
        Alter("CREATE TABLE entries (a, b)");
        AssertRefusedUntouched("not a DerChain store");
    }

    [Fact]
    public void A_newer_format_is_refused_untouched()
    {
        SqliteStore.Open(FilePath).Dispose();
        Alter("PRAGMA user_version = 2");
        AssertRefusedUntouched("format version 2, and this program knows version 1");
    }

    [Fact]
    public void A_store_with_another_table_is_refused()
    {
        SqliteStore.Open(FilePath).Dispose();
        Alter("CREATE TABLE more (a)");
        Assert.Contains("tables", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_without_its_file_is_refused()
    {
        SqliteStore.Open(FilePath).Dispose();
        File.Move(FilePath, FilePath + "-wal");
        Assert.Contains("log 'store.db-wal' is there", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_changed_by_other_hands_is_found_at_opening()
    {
        foreach (string change in (string[])
            [
                "UPDATE entries SET value = x'0b'", "UPDATE entries SET key = x'02'", "DELETE FROM entries", "UPDATE totals SET entries = 2",
                "INSERT INTO entries (key, value, checksum) SELECT x'05', value, checksum FROM entries", "DELETE FROM totals",
            ])
        {
            File.Delete(FilePath);
            using (SqliteStore store = SqliteStore.Open(FilePath))
                store.Commit(Batch(1, 10));

            Alter(change);
            Assert.Throws<StoreCorruptException>(() => SqliteStore.Open(FilePath));
        }
    }

    [Fact]
    public void A_row_changed_while_open_is_found_when_read()
    {
        using SqliteStore store = SqliteStore.Open(FilePath);
        store.Commit(Batch(1, 10));
        Alter("UPDATE entries SET value = x'0b'");
        Assert.Throws<StoreCorruptException>(() => store.Get([1]));
        Assert.Throws<StoreCorruptException>(() => store.Range([]).Count());
    }

    [Fact]
    public void A_full_disk_is_a_clear_error_and_nothing_acknowledged_is_lost()
    {
        using (SqliteStore store = SqliteStore.Open(FilePath))
        {
            store.Commit(Batch(1, 10));
            using (SqliteCommand command = store.Writer.Connection.CreateCommand())
            {
                command.CommandText = "PRAGMA max_page_count = 10";
                command.ExecuteNonQuery();
            }

            var large = new WriteBatch();
            large.Put([1], [11]);
            large.Put([2], new byte[100_000]);
            StoreException failure = Assert.Throws<StoreException>(() => store.Commit(large));
            Assert.Contains("disk is full. Free some space", failure.Message, StringComparison.Ordinal);
            Assert.Equal([10], store.Get([1]));
            Assert.Contains("open it again", Assert.Throws<StoreException>(() => store.Commit(Batch(3, 3))).Message, StringComparison.Ordinal);
        }

        using SqliteStore reopened = SqliteStore.Open(FilePath);
        Assert.Equal([10], Assert.Single(reopened.Range([])).Value);
    }

    [Fact]
    public void Another_program_that_writes_is_a_clear_error()
    {
        using SqliteStore store = SqliteStore.Open(FilePath);
        using var other = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        other.Open();
        using SqliteTransaction transaction = other.BeginTransaction(deferred: false);
        Assert.Contains("another program uses it", Assert.Throws<StoreException>(() => store.Commit(Batch(1, 1))).Message, StringComparison.Ordinal);
    }

    private static WriteBatch Batch(byte key, byte value)
    {
        var batch = new WriteBatch();
        batch.Put([key], [value]);
        return batch;
    }

    private void Alter(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private void AssertRefusedUntouched(string reason)
    {
        byte[] content = File.ReadAllBytes(FilePath);
        Assert.Contains(reason, Refusal(), StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes(FilePath));
        Assert.False(File.Exists(FilePath + "-wal"));
    }

    private string Refusal()
    {
        string message = Assert.ThrowsAny<StoreException>(() => SqliteStore.Open(FilePath)).Message;
        Assert.Contains(FilePath, message, StringComparison.Ordinal);
        return message;
    }
}
