using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Kills;

/// <summary>Imports are killed (SIGKILL) one after the other over the same store. After each kill it is whole and has every block that was acknowledged.</summary>
public sealed class KilledImportTests
{
    [Theory]
    [InlineData("chain.db", 3)]
    [InlineData("chain.sqlite", 4)]
    public void A_killed_import_loses_no_acknowledged_block(string name, int seed)
    {
        using var folder = new TemporaryFolder();
        string file = Killing.WriteChainFile(folder);
        var random = new Random(seed);
        var store = new KilledStore(folder.File(name));
        int acknowledged = 0;
        for (int kill = 0, stores = 1; kill < Killing.Kills; kill++)
        {
            Killing.Once(store, random, "import", store.Path, file);
            if (store.Check() < Killing.FileBlocks)
                continue;

            acknowledged += store.Acknowledged;
            store = new KilledStore(folder.File($"{stores++}-{name}"));
        }

        acknowledged += store.Acknowledged;
        Killing.Report("importing", name, seed, acknowledged);
        Assert.True(acknowledged > Killing.Kills);
    }
}
