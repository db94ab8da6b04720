using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;

namespace DerChain.Chain;

/// <summary>Brings canonical numbers and transaction locations back to the head's branch, where a store broke its promise and kept only the first writes
/// of a batch.</summary>
/// <remarks>
/// A batch removes canonical numbers from the old head downwards, then adds the new branch's upwards, then moves the head. So, whatever part of it was
/// kept, the numbers differ from the head's branch only in a row that ends at the head, and those above the head stand in a row that begins there.
/// The batch made here is in such an order too: kept in part, it is made again at the next opening.
/// </remarks>
internal static class CanonicalRecovery
{
    /// <summary>Repairs a store; writes nothing where all is well.</summary>
    /// <param name="store">The store.</param>
    /// <param name="entries">Its entries.</param>
    /// <param name="head">The block that the store names as its head.</param>
    public static void Run(IKeyValueStore store, ChainStore entries, BlockReference head)
    {
        List<Block> lost = FindLost(entries, head);
        List<BlockReference> above = FindAbove(entries, head.Number);
        if (lost.Count == 0 && above.Count == 0)
            return;

        var batch = new WriteBatch();
        IEnumerable<BlockReference> replaced = lost.Select(block => Canonical(entries, block.Number)).OfType<BlockReference>();
        foreach (BlockReference foreign in above.Concat(replaced))
            DeleteLocations(batch, entries, foreign);

        foreach (Block block in Enumerable.Reverse(lost))
        {
            ChainStore.PutLocations(batch, block);
            batch.Put(ChainSchema.CanonicalHash(block.Number), block.Hash.ToBytes());
        }

        foreach (BlockReference foreign in Enumerable.Reverse(above))
            batch.Delete(ChainSchema.CanonicalHash(foreign.Number));

        store.Commit(batch);
    }

    // Blocks of the head's branch whose number names no block or another one, from the head down.
    private static List<Block> FindLost(ChainStore entries, BlockReference head)
    {
        var lost = new List<Block>();
        Hash256 hash = head.Hash;
        for (ulong number = head.Number; entries.FindCanonicalHash(number) != hash; number--)
        {
            Block block = entries.FindBlock(hash) ?? throw new StoreCorruptException($"The block {hash} is missing from the store.");
            if (number == 0)
                throw new StoreCorruptException("The store's chain does not end in its genesis: it was damaged. Restore it from another validator's copy.");

            lost.Add(block);
            hash = block.Header.ParentHash;
        }

        return lost;
    }

    private static List<BlockReference> FindAbove(ChainStore entries, ulong headNumber)
    {
        var above = new List<BlockReference>();
        for (ulong number = headNumber; number < ulong.MaxValue && Canonical(entries, number + 1) is { } found; number++)
            above.Add(found);

        return above;
    }

    private static BlockReference? Canonical(ChainStore entries, ulong number) =>
        entries.FindCanonicalHash(number) is { } hash ? new BlockReference(number, hash) : null;

    // Only the block's own locations: a transaction of it may stand in a block of the head's branch too, and be located there already.
    private static void DeleteLocations(WriteBatch batch, ChainStore entries, BlockReference foreign)
    {
        if (entries.FindBlock(foreign.Hash) is not { } block)
            return;

        for (int index = 0; index < block.Transactions.Length; index++)
        {
            Transaction transaction = block.Transactions[index];
            if (entries.FindTransactionLocation(transaction.Hash) == (foreign.Number, index))
                batch.Delete(ChainSchema.TransactionLocation(transaction.Hash));
        }
    }
}
