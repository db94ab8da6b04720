using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>Keys in ascending order, no key the beginning of another, and their values: what a trie is built from at once.</summary>
internal abstract class TrieEntries
{
    /// <summary>Longest path of a key.</summary>
    public const int MaxPathLength = 64;

    /// <summary>Number of entries.</summary>
    public abstract int Count { get; }

    /// <summary>Writes the half bytes of the key at a place, and gives their number.</summary>
    public abstract int CopyPath(int place, Span<byte> path);

    /// <summary>The half byte of the key at a place that is <paramref name="depth"/> steps down its path.</summary>
    public abstract int Step(int place, int depth);

    /// <summary>Writes the value of the key at a place as one RLP string; the value is not empty.</summary>
    public abstract void WriteValue(int place, RlpWriter writer);
}
