using DerChain.Chain.Storage;

namespace DerChain.EndToEnd.Tests;

/// <summary>What an intruder with access to the file would do: alter an entry so that the store's own checksums hold.</summary>
internal static class AlteredStore
{
    public static void ChangeTransactionsOfBlock(string path, byte number)
    {
        using LiteDbStore store = LiteDbStore.Open(path);
        byte[] hash = store.Get([(byte)'n', 0, 0, 0, 0, 0, 0, 0, number])!;
        byte[] body = store.Get([(byte)'b', .. hash])!;
        body[^10] ^= 1;
        var batch = new WriteBatch();
        batch.Put([(byte)'b', .. hash], body);
        store.Commit(batch);
    }
}
