using DerChain.Chain.Storage;

namespace DerChain.Chain.Tests.Storage;

/// <summary>LiteDB on a disk that refuses to write from some moment on, as a full one does: the store fails with one sentence, does not wait for ever, and
/// holds whole batches when it is opened on a disk with room.</summary>
public sealed class LiteDbFailingDiskTests : IDisposable
{
    private const int Batches = 4;

    public void Dispose()
    {
        // What LiteDB leaves to its finalizers must not end the process.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Fact]
    public void A_disk_that_fails_at_any_write_fails_the_commit_and_loses_nothing_that_was_acknowledged()
    {
        int writes = WritesOfARun();
        Assert.True(writes > 4 * Batches, $"Only {writes} writes.");
        EachCase.Holds(Enumerable.Range(0, writes), static failing => $"write {failing}", failing => Check(failing));
    }

    private static void Check(int failing)
    {
        var disk = new FullDisk(failing);
        using var data = new FullDiskFile(disk);
        using var log = new FullDiskFile(disk);
        int acknowledged = 0;
        // LiteDB's own thread may flush once more or less, so the last refusal may have nothing to refuse.
        if (Record.Exception(() => CommitAll(data, log, ref acknowledged)) is { } exception)
            Assert.IsType<StoreException>(exception);
        else
            Assert.Equal(Batches, acknowledged);

        using var dataAfter = new MemoryStream();
        dataAfter.Write(data.ToArray());
        using var logAfter = new MemoryStream();
        logAfter.Write(log.ToArray());
        using LiteDbStore store = LiteDbStore.Open(dataAfter, logAfter, maxPendingBytes: 0);
        int found = store.Range([]).Count();
        Assert.InRange(found, acknowledged, acknowledged + 1);
        for (byte number = 0; number < found; number++)
            Assert.Equal(Value(number), store.Get([number]));
    }

    private static int WritesOfARun()
    {
        var disk = new FullDisk(int.MaxValue);
        using var data = new FullDiskFile(disk);
        using var log = new FullDiskFile(disk);
        int acknowledged = 0;
        CommitAll(data, log, ref acknowledged);
        Assert.Equal(Batches, acknowledged);
        return disk.Writes;
    }

    private static void CommitAll(Stream data, Stream log, ref int acknowledged)
    {
        // Closed only where all went well: closing writes too.
        LiteDbStore store = LiteDbStore.Open(data, log, maxPendingBytes: 0);
        for (byte number = 0; number < Batches; number++)
        {
            var batch = new WriteBatch();
            batch.Put([number], Value(number));
            try
            {
                store.Commit(batch);
            }
            catch (StoreException)
            {
                Assert.Throws<StoreException>(() => store.Commit(batch));
                store.Dispose();
                throw;
            }

            acknowledged++;
        }
    }

    private static byte[] Value(byte number) => [.. Enumerable.Repeat(number, 20_000)];

    /// <summary>Counts writes, changes of length and flushes of its files, and refuses all from one on.</summary>
    private sealed class FullDisk(int firstRefused)
    {
        public int Writes { get; private set; }

        public void Write()
        {
            if (Writes++ >= firstRefused)
                throw new IOException("No space left on device.");
        }
    }

    private sealed class FullDiskFile(FullDisk disk) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            disk.Write();
            base.Write(buffer, offset, count);
        }

        public override void SetLength(long value)
        {
            disk.Write();
            base.SetLength(value);
        }

        public override void Flush() => disk.Write();
    }
}
