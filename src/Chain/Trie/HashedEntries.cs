using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>Entries of a secure trie, whose keys are hashes.</summary>
/// <param name="keys">The keys, ascending, each once.</param>
/// <param name="valueAt">The value of the key at a place; not empty.</param>
internal sealed class HashedEntries(Hash256[] keys, Func<int, byte[]> valueAt) : TrieEntries
{
    public override int Count => keys.Length;

    public override int CopyPath(int place, Span<byte> path)
    {
        Span<byte> key = stackalloc byte[Hash256.Length];
        keys[place].CopyTo(key);
        return Nibbles.FromBytes(key, path);
    }

    public override int Step(int place, int depth) => keys[place].Nibble(depth);

    public override void WriteValue(int place, RlpWriter writer) => writer.Write(valueAt(place));
}
