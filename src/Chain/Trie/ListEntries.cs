using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>Items of a list, whose keys are the RLP of their indices (Yellow Paper, section 4.3.2).</summary>
/// <remarks>In order of the keys, the items from 1 to 127 come first, of one byte each; then item 0, the empty string, whose RLP is 0x80; then the rest.</remarks>
/// <param name="count">Number of items.</param>
/// <param name="writeItem">Writes the item at an index as one RLP string.</param>
internal sealed class ListEntries(int count, Action<int, RlpWriter> writeItem) : TrieEntries
{
    // A prefix and four bytes.
    private const int MaxKeyLength = 1 + sizeof(int);

    public override int Count => count;

    /// <summary>Writes the key of an index: its RLP.</summary>
    /// <returns>Its length.</returns>
    public static int WriteKey(int index, Span<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (index is > 0 and < 0x80)
        {
            key[0] = (byte)index;
            return 1;
        }

        int length = (32 - System.Numerics.BitOperations.LeadingZeroCount((uint)index) + 7) / 8;
        key[0] = (byte)(0x80 + length);
        for (int place = 1; place <= length; place++)
            key[place] = (byte)((index >> (8 * (length - place))) & 0xff);

        return 1 + length;
    }

    public override int CopyPath(int place, Span<byte> path)
    {
        Span<byte> key = stackalloc byte[MaxKeyLength];
        return Nibbles.FromBytes(key[..WriteKey(IndexAt(place), key)], path);
    }

    public override int Step(int place, int depth)
    {
        Span<byte> key = stackalloc byte[MaxKeyLength];
        WriteKey(IndexAt(place), key);
        return depth % 2 == 0 ? key[depth / 2] >> 4 : key[depth / 2] & 0x0f;
    }

    public override void WriteValue(int place, RlpWriter writer) => writeItem(IndexAt(place), writer);

    private int IndexAt(int place)
    {
        int ofOneByte = Math.Min(count - 1, 0x7f);
        return place < ofOneByte ? place + 1 : place == ofOneByte ? 0 : place;
    }
}
