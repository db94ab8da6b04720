namespace DerChain.Chain.Storage;

/// <summary>What a store in a file promises of a batch once <see cref="IKeyValueStore.Commit"/> has returned. A batch is atomic either way.</summary>
public enum CommitDurability
{
    /// <summary>The batch is on disk: it survives a crash of the process and of the machine.</summary>
    Durable = 0,

    /// <summary>The latest batches may be lost in a crash, the newest first; what is left is the state after an earlier batch. For work that can be
    /// done again, such as an import.</summary>
    MayLoseLatestBatches = 1,
}
