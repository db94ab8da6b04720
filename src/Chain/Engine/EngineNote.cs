using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Chain.Engine;

/// <summary>What an engine noted of a block (<see cref="IConsensusEngine.NoteAfter"/>), as the chain's store keeps it.</summary>
public static class EngineNote
{
    /// <summary>The note of a block, or null where the block has none or is not stored. That a note was lost does not show here: an engine can do without
    /// one, and an audit tells.</summary>
    /// <exception cref="StoreException">The store could not be read, or the note was damaged (<see cref="StoreCorruptException"/>).</exception>
    public static byte[]? Read(IKeyValueStore store, Hash256 blockHash)
    {
        ArgumentNullException.ThrowIfNull(store);
        byte[] key = ChainSchema.EngineNote(blockHash);
        if (store.Get(key) is not { } stored)
            return null;

        return ChecksummedValue.TryDecode(key, stored, out ReadOnlySpan<byte> note)
            ? note.ToArray()
            : throw new StoreCorruptException($"The stored {ChainSchema.Describe(key)} was altered: its checksum does not match.");
    }

    /// <summary>Puts a note into the batch of its block; nothing where there is none.</summary>
    internal static void Put(WriteBatch batch, Hash256 blockHash, byte[]? note)
    {
        if (note is null)
            return;

        byte[] key = ChainSchema.EngineNote(blockHash);
        batch.Put(key, ChecksummedValue.Encode(key, note));
    }
}
