using DerChain.Chain.Storage;
using DerChain.Testing;

namespace DerChain.Storage.Sqlite.Tests;

/// <summary>The shipped suite on the SQLite store.</summary>
public sealed class SqliteConformanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, CommitDurability> Checks
    {
        get
        {
            var cases = new TheoryData<string, CommitDurability>();
            foreach (StoreConformanceCheck check in StoreConformance.Checks.Concat(StoreConformance.DurableChecks))
            {
                cases.Add(check.Name, CommitDurability.Durable);
                cases.Add(check.Name, CommitDurability.MayLoseLatestBatches);
            }

            return cases;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_SQLite_store_conforms(string name, CommitDurability durability) =>
        StoreConformance.Checks.Concat(StoreConformance.DurableChecks).Single(check => check.Name == name)
            .Run(() => SqliteStore.Open(_folder.File("store.db"), durability));
}
