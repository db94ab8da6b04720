using System.Security.Cryptography;
using DerChain.Chain.Storage;

namespace DerChain.Storage.Sqlite.Tests;

/// <summary>A damaged file or log: exactly the state after some batch, or a store exception; no wrong value, no other exception.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private const int BatchesInTheFile = 6;
    private const int BatchesInTheLog = 5;
    private const int EntriesOfABatch = 24;
    private const int PageBytes = 4096;

    private static readonly int Thoroughness = Environment.GetEnvironmentVariable("DERCHAIN_FULL") == "1" ? 20 : 1;

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _file;
    private readonly byte[] _log;

    public SqliteDamageTests()
    {
        string path = _folder.File("sound.db");
        CommitBatches(path, 1, BatchesInTheFile);
        using SqliteStore store = CommitBatches(path, BatchesInTheFile + 1, BatchesInTheLog, leaveOpen: true)!;
        _file = File.ReadAllBytes(path);
        _log = File.ReadAllBytes(path + "-wal");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Undamaged_files_hold_every_batch()
    {
        Write(_file, _log);
        using SqliteStore store = SqliteStore.Open(_folder.File("damaged.db"));
        AssertState(store, BatchesInTheFile + BatchesInTheLog);
    }

    [Fact]
    public void Changed_bytes_of_the_file_are_found_or_harmless() => EachOf(150, "change", (random, number) =>
        Write(Changed(_file, random, changes: 1 + number % 3), number % 2 == 0 ? _log : null));

    [Fact]
    public void Changed_headers_of_pages_are_found_or_harmless() => EachOf(150, "change", (random, number) =>
    {
        byte[] file = [.. _file];
        file[random.Next(file.Length / PageBytes) * PageBytes + random.Next(110)] ^= (byte)(1 << random.Next(8));
        Write(file, number % 2 == 0 ? _log : null);
    });

    [Fact]
    public void Changed_bytes_of_the_log_are_found_or_end_it() => EachOf(100, "change", (random, number) =>
        Write(_file, Changed(_log, random, changes: 1 + number % 3)));

    [Fact]
    public void A_page_of_zeros_is_found() => EachOf(_file.Length / PageBytes / Thoroughness, "page", (_, number) =>
    {
        byte[] file = [.. _file];
        file.AsSpan(number % (file.Length / PageBytes) * PageBytes, PageBytes).Clear();
        Write(file, null);
    });

    [Fact]
    public void A_shortened_file_is_found() => EachOf(50, "shortening", (random, number) =>
    {
        int length = number % 2 == 0 ? 1 + random.Next(_file.Length - 1) : PageBytes * (1 + random.Next(_file.Length / PageBytes - 1));
        Write(_file[..length], number % 4 < 2 ? _log : null);
    });

    [Fact]
    public void A_shortened_log_ends_at_a_batch() => EachOf(100, "shortening", (random, number) =>
        Write(_file, _log[..(number == 0 ? 0 : random.Next(_log.Length))]));

    [Fact]
    public void A_removed_log_leaves_the_state_in_the_file()
    {
        Write(_file, null);
        using SqliteStore store = SqliteStore.Open(_folder.File("damaged.db"));
        AssertState(store, BatchesInTheFile);
    }

    [Fact]
    public void An_older_page_in_a_newer_file_is_found()
    {
        // What a disk does that acknowledges a write and loses it.
        string path = _folder.File("newer.db");
        File.WriteAllBytes(path, _file);
        CommitBatches(path, BatchesInTheFile + 1, BatchesInTheLog);
        byte[] newer = File.ReadAllBytes(path);
        EachOf(_file.Length / PageBytes / Thoroughness, "page", (_, number) =>
        {
            int at = number % (_file.Length / PageBytes) * PageBytes;
            byte[] file = [.. newer];
            _file.AsSpan(at, PageBytes).CopyTo(file.AsSpan(at));
            Write(file, null);
        });
    }

    private void EachOf(int count, string name, Action<Random, int> damage) => EachCase.Holds(
        Enumerable.Range(0, Math.Max(count, 1) * Thoroughness),
        number => $"{name} {number}",
        number =>
        {
            damage(new Random(number), number);
            AssertSomeStateOrRefused();
        });

    private void AssertSomeStateOrRefused()
    {
        try
        {
            using SqliteStore store = SqliteStore.Open(_folder.File("damaged.db"));
            int last = store.Get("last"u8)?[0] ?? 0;
            AssertState(store, last);
            store.Commit(Batch(last + 1));
            AssertState(store, last + 1);
        }
        catch (StoreException)
        {
            // A clear error is as good as a correct state.
        }
    }

    private static void AssertState(SqliteStore store, int batches)
    {
        Assert.Equal(batches == 0 ? 0 : batches * EntriesOfABatch + 1, store.Range([]).Count());
        for (int batch = 1; batch <= batches; batch++)
        {
            for (int entry = 0; entry < EntriesOfABatch; entry++)
                Assert.Equal(Value(batch, entry), store.Get(Key(batch, entry)));
        }
    }

    private static SqliteStore? CommitBatches(string path, int first, int count, bool leaveOpen = false)
    {
        SqliteStore store = SqliteStore.Open(path);
        for (int number = first; number < first + count; number++)
            store.Commit(Batch(number));

        if (leaveOpen)
            return store;

        store.Dispose();
        return null;
    }

    private static WriteBatch Batch(int number)
    {
        var batch = new WriteBatch();
        for (int entry = 0; entry < EntriesOfABatch; entry++)
            batch.Put(Key(number, entry), Value(number, entry));

        batch.Put("last"u8.ToArray(), [(byte)number]);
        return batch;
    }

    // Keys are hashes, as a chain's are; some values are longer than a page.
    private static byte[] Key(int batch, int entry) => SHA256.HashData([(byte)batch, (byte)entry]);

    private static byte[] Value(int batch, int entry) => [.. Enumerable.Repeat((byte)(batch + entry), entry == 7 ? 6_000 : entry * 13)];

    private static byte[] Changed(byte[] content, Random random, int changes)
    {
        byte[] changed = [.. content];
        for (; changes > 0; changes--)
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);

        return changed;
    }

    private void Write(byte[] file, byte[]? log)
    {
        string path = _folder.File("damaged.db");
        foreach (string leftover in (string[])[path + "-shm", path + "-wal", path + "-journal"])
            File.Delete(leftover);

        File.WriteAllBytes(path, file);
        if (log is not null)
            File.WriteAllBytes(path + "-wal", log);
    }
}
