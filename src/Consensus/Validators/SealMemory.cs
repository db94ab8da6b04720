using System.Buffers.Binary;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Consensus.Validators;

/// <summary>The highest block that a key has sealed, as far as this copy of the chain knows, also after a restart: a block of that height or below is on a
/// branch that was left, and is not lightly sealed again.</summary>
internal sealed class SealMemory
{
    private const int ValueLength = sizeof(ulong) + Hash256.Length + 1;

    private readonly Address _authority;
    private readonly bool _isSealedHere;

    public SealMemory(NodeEntries entries, Address authority)
    {
        _authority = authority;
        if (entries.Get(ValidatorSchema.Sealed(authority)) is not { } value)
            return;

        Last = Read(value);
        _isSealedHere = value[^1] == 1;
    }

    /// <summary>The highest block; null where the key has sealed none.</summary>
    public BlockReference? Last { get; private set; }

    /// <summary>True where the key has sealed no block of this number or a higher one.</summary>
    public bool Allows(ulong number) => Last is not { } last || number > last.Number;

    /// <summary>What is to be written with a block that the key seals, in the same batch.</summary>
    /// <param name="block">The block.</param>
    /// <param name="isSealedHere">False where it comes from elsewhere: others have it, whatever becomes of this write.</param>
    public WriteBatch EntryOf(BlockReference block, bool isSealedHere)
    {
        var batch = new WriteBatch();
        var value = new byte[ValueLength];
        BinaryPrimitives.WriteUInt64BigEndian(value, block.Number);
        block.Hash.CopyTo(value.AsSpan(sizeof(ulong)));
        value[^1] = isSealedHere ? (byte)1 : (byte)0;
        batch.Put(ValidatorSchema.Sealed(_authority), value);
        return batch;
    }

    /// <summary>The block is stored, and <see cref="EntryOf"/> with it: it was sealed now, or comes from elsewhere after the store was lost.</summary>
    public void Note(BlockReference block) => Last = block;

    /// <summary>The last block is not stored. Where it was sealed here it was never given out: its height may be sealed, those below may not.</summary>
    public void Withdraw()
    {
        if (_isSealedHere)
            Last = Last is { Number: > 1 } last ? new BlockReference(last.Number - 1, Hash256.Zero) : null;
    }

    /// <summary>True where a stored block of this key is a second one of the highest height, which the key's owner has never sealed: somebody else uses
    /// the key.</summary>
    public bool IsAnotherOf(BlockReference block) => Last is { } last && block.Number == last.Number && block.Hash != last.Hash;

    private static BlockReference Read(byte[] value) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(value), Hash256.FromBytes(value.AsSpan(sizeof(ulong), Hash256.Length)));
}
