using DerChain.Chain.Storage;
using DerChain.Testing;

namespace DerChain.Chain.Tests.Storage;

/// <summary>The shipped suite on the stores of this library.</summary>
public sealed class StoreConformanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Checks => [.. StoreConformance.Checks.Select(static check => check.Name)];

    public static TheoryData<string> AllChecks =>
        [.. StoreConformance.Checks.Concat(StoreConformance.DurableChecks).Select(static check => check.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_store_in_memory_conforms(string name) => Check(name).Run(static () => new MemoryStore());

    [Theory]
    [MemberData(nameof(AllChecks))]
    public void A_LiteDB_store_conforms(string name) => Check(name).Run(() => LiteDbStore.Open(_folder.File("store.db")));

    [Theory]
    [MemberData(nameof(AllChecks))]
    public void A_LiteDB_store_that_may_lose_the_latest_batches_conforms(string name) =>
        Check(name).Run(() => LiteDbStore.Open(_folder.File("store.db"), CommitDurability.MayLoseLatestBatches));

    [Fact]
    public void What_no_store_can_hold_is_refused_before_it_reaches_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteBatch().Put([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteBatch().Put(new byte[IKeyValueStore.MaxKeyBytes + 1], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteBatch().Put([1], new byte[IKeyValueStore.MaxValueBytes + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteBatch().Delete([]));
    }

    private static StoreConformanceCheck Check(string name) =>
        StoreConformance.Checks.Concat(StoreConformance.DurableChecks).Single(check => check.Name == name);
}
