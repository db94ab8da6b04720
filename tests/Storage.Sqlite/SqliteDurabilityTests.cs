using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using DerChain.Chain.Storage;
using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite.Tests;

/// <summary>That an acknowledged batch is on disk: the settings of every connection, and the sync that the system sees.</summary>
public sealed class SqliteDurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CommitDurability.Durable, 2)]
    [InlineData(CommitDurability.MayLoseLatestBatches, 1)]
    public void Every_connection_keeps_a_synchronous_log(CommitDurability durability, int synchronous)
    {
        using SqliteStore store = SqliteStore.Open(FilePath, durability);
        using SqliteReaders.Loan loan = store.Readers.Lend();
        foreach (SqliteConnection connection in (SqliteConnection[])[store.Writer.Connection, loan.Reader.Connection])
        {
            Assert.Equal("wal", Pragma(connection, "journal_mode"));
            Assert.Equal(synchronous.ToString(CultureInfo.InvariantCulture), Pragma(connection, "synchronous"));
            Assert.Equal("4096", Pragma(connection, "wal_autocheckpoint"));
            Assert.Equal("16777216", Pragma(connection, "journal_size_limit"));
        }
    }

    [Fact]
    public void The_log_does_not_grow_without_bound()
    {
        using SqliteStore store = SqliteStore.Open(FilePath, CommitDurability.MayLoseLatestBatches);
        for (byte number = 0; number < 100; number++)
            Put(store, number, 1_000_000);

        Assert.InRange(new FileInfo(FilePath + "-wal").Length, 1, 20_000_000);
    }

    [Fact]
    public void A_forgotten_range_lets_the_log_begin_anew_once_it_is_collected()
    {
        using SqliteStore store = SqliteStore.Open(FilePath, CommitDurability.MayLoseLatestBatches);
        Put(store, 0, 1_000);
        PutBesideARange(store);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        for (byte number = 0; number < 5; number++)
            Put(store, number, 1_000_000, content: 1);

        Assert.InRange(new FileInfo(FilePath + "-wal").Length, 1, 20_000_000);
    }

    [Fact]
    public void A_sync_is_seen_before_each_acknowledgement()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/strace"), "There is no strace here.");
        string trace = _folder.File("trace");
        using (SqliteStore store = SqliteStore.Open(FilePath))
        {
            Put(store, 0, 1_000);
            using Process tracer = Trace(trace);
            for (byte number = 1; number <= 5; number++)
            {
                Put(store, number, 2_000);
                File.WriteAllText(_folder.File("acknowledged"), "");
            }

            Process.Start("kill", $"-INT {tracer.Id}").WaitForExit();
            tracer.WaitForExit();
        }

        string[] calls = [.. File.ReadLines(trace).Where(line => IsSync(line) || IsAcknowledgement(line))];
        int[] acknowledged = [.. Enumerable.Range(0, calls.Length).Where(index => IsAcknowledgement(calls[index]))];
        Assert.Equal(5, acknowledged.Length);
        Assert.All(acknowledged, index => Assert.Contains("store.db-wal", index > 0 ? calls[index - 1] : "", StringComparison.Ordinal));
    }

    // Of this test's file alone: other tests of the process sync theirs meanwhile.
    private bool IsSync(string line) => line.Contains("sync(", StringComparison.Ordinal) && line.Contains(FilePath, StringComparison.Ordinal);

    // A call that strace shows in two parts begins with its name once.
    private static bool IsAcknowledgement(string line) =>
        line.Contains("openat(", StringComparison.Ordinal) && line.Contains("acknowledged", StringComparison.Ordinal);

    private static Process Trace(string file)
    {
        var start = new ProcessStartInfo(
            "/usr/bin/strace", $"-f -y -e trace=fsync,fdatasync,openat -o {file} -p {Environment.ProcessId}") { RedirectStandardError = true };
        Process tracer = Process.Start(start)!;
        string? attached = tracer.StandardError.ReadLine();
        Assert.SkipUnless(attached?.Contains("attached", StringComparison.Ordinal) == true, $"strace may not attach here: {attached}");
        return tracer;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PutBesideARange(SqliteStore store)
    {
        IEnumerator<KeyValuePair<byte[], byte[]>> range = store.Range([]).GetEnumerator();
        range.MoveNext();
        for (byte number = 0; number < 40; number++)
            Put(store, number, 1_000_000);

        Assert.InRange(new FileInfo(store.Writer.Connection.DataSource + "-wal").Length, 30_000_000, long.MaxValue);
        GC.KeepAlive(range);
    }

    private static void Put(SqliteStore store, byte key, int length, byte content = 0)
    {
        var batch = new WriteBatch();
        batch.Put([key], [.. Enumerable.Repeat(content, length)]);
        store.Commit(batch);
    }

    private static string? Pragma(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
