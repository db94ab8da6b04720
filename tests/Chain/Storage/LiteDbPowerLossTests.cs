using DerChain.Chain.Storage;
using Xunit.Sdk;

namespace DerChain.Chain.Tests.Storage;

/// <summary>Below the port: LiteDB on a disk that loses power after every single event of a run. A killed process shows less, since the system keeps
/// its writes.</summary>
public sealed class LiteDbPowerLossTests : IDisposable
{
    private const int KeysOfABatch = 4;

    private static readonly int Batches = Environment.GetEnvironmentVariable("DERCHAIN_FULL") == "1" ? 24 : 4;

    private readonly RecordedDisk _disk = new();
    private readonly RecordedFile _data;
    private readonly RecordedFile _log;
    private readonly List<int> _acknowledgedAt = [];

    public LiteDbPowerLossTests()
    {
        var data = new MemoryStream();
        var log = new MemoryStream();
        using (LiteDbStore store = LiteDbStore.Open(data, log, maxPendingBytes: 0))
            store.Commit(Batch(0));

        _data = _disk.CreateFile(data.ToArray());
        _log = _disk.CreateFile(log.ToArray());
    }

    public void Dispose()
    {
        // What LiteDB leaves to its finalizers must not end the process.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    public void After_a_power_loss_at_any_event_whole_batches_are_there(int maxPendingBytes)
    {
        CommitBatches(maxPendingBytes);
        Assert.True(_disk.Count >= 4 * Batches, $"Only {_disk.Count} events.");
        IEnumerable<(int Events, PowerLoss Loss)> cases = Enumerable.Range(0, _disk.Count + 1)
            .SelectMany(static events => Enum.GetValues<PowerLoss>().Select(loss => (events, loss)));
        EachCase.Holds(cases, static item => $"{item.Loss} after event {item.Events}", item =>
        {
            int acknowledged = _acknowledgedAt.Count(events => events <= item.Events);
            AssertWholeBatches(item.Events, item.Loss, maxPendingBytes == 0 ? acknowledged : 0);
        });
    }

    private void CommitBatches(int maxPendingBytes)
    {
        using LiteDbStore store = LiteDbStore.Open(_data, _log, maxPendingBytes);
        for (int number = 1; number <= Batches; number++)
        {
            store.Commit(Batch(number));
            _acknowledgedAt.Add(_disk.Count);
        }
    }

    private void AssertWholeBatches(int events, PowerLoss loss, int least)
    {
        var random = new Random(events);
        var data = new MemoryStream();
        data.Write(_disk.AfterPowerLoss(_data, events, loss, random));
        var log = new MemoryStream();
        log.Write(_disk.AfterPowerLoss(_log, events, loss, random));
        using LiteDbStore store = LiteDbStore.Open(data, log, maxPendingBytes: 0);
        int last = store.Get([0]) is { } found ? found[0] : -1;
        int most = _acknowledgedAt.Count(acknowledged => acknowledged <= events) + 1;
        if (last < least || last > most)
            throw new XunitException($"Batches up to {least} were acknowledged, one of {most} may be under way, the last one found is {last}.");

        for (byte key = 0; key < KeysOfABatch; key++)
            Assert.Equal(Value(last, key), store.Get([key]));

        Assert.Equal(last + 1, store.Range([0xaa]).Count());
        store.Commit(Batch(last + 1));
        Assert.Equal(last + 2, store.Range([0xaa]).Count());
    }

    // Each batch replaces some entries and adds one; a batch takes several pages.
    private static WriteBatch Batch(int number)
    {
        var batch = new WriteBatch();
        for (byte key = 0; key < KeysOfABatch; key++)
            batch.Put([key], Value(number, key));

        batch.Put([0xaa, (byte)number], []);
        return batch;
    }

    private static byte[] Value(int number, byte key) => [.. Enumerable.Repeat((byte)number, 5_000 + key)];
}
