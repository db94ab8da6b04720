using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Chain;

/// <summary>The final block of a chain, on which every block of the chain stands, and the best head that does not and would be the better one.</summary>
/// <param name="Final">The final block: it only moves forward, unless an operator accepts the conflict.</param>
/// <param name="Conflict">Better than the head of the chain, on a branch that leaves it below the final block; null where there is none.</param>
internal sealed record Finality(BlockReference Final, HeadCandidate? Conflict)
{
    private const string Restore = "it was damaged. Restore it from another validator's copy.";

    /// <summary>The finality of a chain with another head.</summary>
    public Finality Follow(HeadCandidate head, IConsensusEngine engine, HeaderLookup headers) => new(
        engine.FinalizedAncestor(head, headers) is { } found && found.Number > Final.Number ? found : Final,
        Conflict is not null && engine.CompareHeads(Conflict, head, headers) < 0 ? Conflict : null);

    /// <summary>The finality of a chain that has met a head which is better than its own and which the final block does not carry.</summary>
    public Finality Meet(HeadCandidate head, IConsensusEngine engine, HeaderLookup headers) =>
        Conflict is null || engine.CompareHeads(head, Conflict, headers) < 0 ? this with { Conflict = head } : this;

    /// <summary>True where a block, whose parent is stored, stands on the final block.</summary>
    public bool Carries(ChainStore entries, BlockHeader header)
    {
        if (Final.Number == 0)
            return true;

        if (header.Number <= Final.Number)
            return false;

        var ancestor = new BlockReference(header.Number - 1, header.ParentHash);
        while (ancestor.Number > Final.Number && entries.FindCanonicalHash(ancestor.Number) != ancestor.Hash)
            ancestor = new BlockReference(ancestor.Number - 1, ParentOf(entries, ancestor.Hash));

        return ancestor.Number > Final.Number || ancestor == Final;
    }

    /// <summary>Writes what differs from <paramref name="stored"/>. It comes after the head in a batch, and the conflict last: <see cref="Open"/> knows by it
    /// what was cut off.</summary>
    public void Put(WriteBatch batch, Finality stored)
    {
        if (Final != stored.Final)
            PutOrDelete(batch, ChainSchema.Finalized, Final.Number == 0 ? null : Final.Hash);

        if (Conflict?.Hash != stored.Conflict?.Hash)
            PutOrDelete(batch, ChainSchema.Conflict, Conflict?.Hash);
    }

    /// <summary>Reads the finality of a chain, whose canonical numbers are right, and finishes what a store has kept the first writes of: a conflict that
    /// is not better than the head is one that the head has passed, or that was accepted as the head.</summary>
    /// <exception cref="StoreCorruptException">The store names a block that it does not hold, a final one that is not on the chain, or a conflict that is none.</exception>
    public static Finality Open(IKeyValueStore store, HeadCandidate head, BlockReference genesis, IConsensusEngine engine)
    {
        var entries = new ChainStore(store);
        HeadCandidate? conflict = ReadConflict(entries);
        bool isAccepted = conflict is not null && conflict.Hash == head.Hash;
        var stored = new Finality(isAccepted ? Named(entries, genesis) : ReadFinal(entries, genesis), conflict);
        Finality now = (isAccepted ? stored with { Final = genesis } : stored).Follow(head, engine, entries.FindHeader);
        if (now.Conflict is { } found && now.Carries(entries, found.Header))
            throw new StoreCorruptException($"The store names {found.Hash} as a head in conflict with the final block, on which it stands: {Restore}");

        var batch = new WriteBatch();
        now.Put(batch, stored);
        if (batch.Writes.Count > 0)
            store.Commit(batch);

        return now;
    }

    private static BlockReference ReadFinal(ChainStore entries, BlockReference genesis)
    {
        BlockReference named = Named(entries, genesis);
        return entries.FindCanonicalHash(named.Number) == named.Hash
            ? named
            : throw new StoreCorruptException($"The store names {named.Hash} as its final block, which is not on its chain: {Restore}");
    }

    private static BlockReference Named(ChainStore entries, BlockReference genesis)
    {
        if (entries.FindFinalized() is not { } hash)
            return genesis;

        return entries.FindHeader(hash) is { } header
            ? new BlockReference(header.Number, hash)
            : throw new StoreCorruptException($"The store names {hash} as its final block, which it does not hold: {Restore}");
    }

    private static HeadCandidate? ReadConflict(ChainStore entries)
    {
        if (entries.FindConflict() is not { } hash)
            return null;

        return entries.FindHeader(hash) is { } header
            ? new HeadCandidate(header, hash, entries.FindingsOf(hash, header).TotalDifficulty)
            : throw new StoreCorruptException($"The store names {hash} as a head in conflict with the final block, which it does not hold: {Restore}");
    }

    private static Hash256 ParentOf(ChainStore entries, Hash256 hash) =>
        entries.FindHeader(hash)?.ParentHash ?? throw new StoreCorruptException($"The block {hash} is missing from the store.");

    private static void PutOrDelete(WriteBatch batch, byte[] key, Hash256? hash)
    {
        if (hash is { } value)
            batch.Put(key, value.ToBytes());
        else
            batch.Delete(key);
    }
}
