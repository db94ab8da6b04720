using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Kills;

/// <summary>Sealers are killed (SIGKILL) one after the other over the same store. After each kill it is whole and has every block that was acknowledged.</summary>
public sealed class KilledSealerTests
{
    [Theory]
    [InlineData("chain.db", 1)]
    [InlineData("chain.sqlite", 2)]
    public void A_killed_sealer_loses_no_acknowledged_block(string name, int seed)
    {
        using var folder = new TemporaryFolder();
        var store = new KilledStore(folder.File(name));
        var random = new Random(seed);
        for (int kill = 0; kill < Killing.Kills; kill++)
        {
            Killing.Once(store, random, "seal", store.Path);
            store.Check();
        }

        Killing.Report("sealing", name, seed, store.Acknowledged);
        Assert.True(store.Acknowledged > Killing.Kills);
    }
}
