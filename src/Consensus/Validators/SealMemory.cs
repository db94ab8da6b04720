using System.Buffers.Binary;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Consensus.Validators;

/// <summary>The highest block that a key has sealed, as far as this copy of the chain knows: no block of that height or below is sealed with it again, also
/// not after a restart or on another branch.</summary>
internal sealed class SealMemory
{
    private readonly NodeEntries _entries;
    private readonly Address _authority;

    public SealMemory(NodeEntries entries, Address authority)
    {
        _entries = entries;
        _authority = authority;
        Last = Read(entries.Get(ValidatorSchema.Sealed(authority)));
    }

    /// <summary>The highest block; null where the key has sealed none.</summary>
    public BlockReference? Last { get; private set; }

    /// <summary>True where a block of this number may be sealed.</summary>
    public bool Allows(ulong number) => Last is not { } last || number > last.Number;

    /// <summary>What is to be written with a block that the key seals, in the same batch.</summary>
    public WriteBatch EntryOf(BlockReference block)
    {
        var batch = new WriteBatch();
        var value = new byte[sizeof(ulong) + Hash256.Length];
        BinaryPrimitives.WriteUInt64BigEndian(value, block.Number);
        block.Hash.CopyTo(value.AsSpan(sizeof(ulong)));
        batch.Put(ValidatorSchema.Sealed(_authority), value);
        return batch;
    }

    /// <summary>The block was sealed, and <see cref="EntryOf"/> written.</summary>
    public void Note(BlockReference block) => Last = block;

    /// <summary>The last block is not stored and was never given out: its height may be sealed, those below may not.</summary>
    public void Withdraw() => Last = Last is { Number: > 1 } last ? new BlockReference(last.Number - 1, Hash256.Zero) : null;

    /// <summary>Looks at a stored block of this key that came from elsewhere: sealed before the store was lost, or by another process with the same key.</summary>
    /// <returns>True where it is a second block of one height, which the key's owner has never sealed: somebody else uses the key.</returns>
    public bool NoteForeign(BlockReference block)
    {
        if (Allows(block.Number))
        {
            _entries.Commit(EntryOf(block));
            Last = block;
            return false;
        }

        return block.Number == Last!.Value.Number && block.Hash != Last.Value.Hash;
    }

    private static BlockReference? Read(byte[]? value) => value is null
        ? null
        : new BlockReference(BinaryPrimitives.ReadUInt64BigEndian(value), Hash256.FromBytes(value.AsSpan(sizeof(ulong))));
}
