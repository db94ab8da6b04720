using System.Buffers;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>Builds a trie from all its entries at once, from the leaves up. Only encodings are made, no nodes: those of a branch's children stand one behind the
/// other in one buffer, are hashed in one batch, and make way for the branch.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class TrieBuilder : IDisposable
{
    // A hash as an RLP string; a node that stands inside its parent is shorter.
    private const int MaxReferenceLength = 1 + Hash256.Length;

    private readonly TrieEntries _entries;
    private readonly List<KeyValuePair<Hash256, byte[]>>? _newNodes;
    private readonly RlpWriter _encodings = new(4_096);
    private readonly ReadOnlyMemory<byte>[] _toHash = ArrayPool<ReadOnlyMemory<byte>>.Shared.Rent(BranchNode.Width);

    private TrieBuilder(TrieEntries entries, List<KeyValuePair<Hash256, byte[]>>? newNodes)
    {
        _entries = entries;
        _newNodes = newNodes;
    }

    /// <summary>The root of the trie of these entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="newNodes">Receives hash and RLP of every node that stands on its own; null where only the root is wanted.</param>
    public static Hash256 Build(TrieEntries entries, List<KeyValuePair<Hash256, byte[]>>? newNodes)
    {
        if (entries.Count == 0)
            return MerklePatriciaTrie.EmptyRoot;

        using var builder = new TrieBuilder(entries, newNodes);
        builder.WriteNode(0, entries.Count, depth: 0);
        ReadOnlySpan<byte> root = builder._encodings.Written;
        Hash256 hash = Keccak256.Hash(root);
        newNodes?.Add(new(hash, root.ToArray()));
        return hash;
    }

    public void Dispose()
    {
        _encodings.Dispose();
        ArrayPool<ReadOnlyMemory<byte>>.Shared.Return(_toHash, clearArray: true);
    }

    // Writes the node of the entries from start to end, which share their first steps, as many as depth.
    private void WriteNode(int start, int end, int depth)
    {
        Span<byte> path = stackalloc byte[TrieEntries.MaxPathLength];
        path = path[..(_entries.CopyPath(start, path))];
        if (end - start == 1)
        {
            int leaf = _encodings.StartList();
            WritePath(path[depth..], isLeaf: true);
            _entries.WriteValue(start, _encodings);
            _encodings.EndList(leaf);
            return;
        }

        Span<byte> last = stackalloc byte[TrieEntries.MaxPathLength];
        last = last[..(_entries.CopyPath(end - 1, last))];
        int fork = depth + Nibbles.CommonPrefix(path[depth..], last[depth..]);
        if (fork == depth)
            WriteBranch(start, end, depth);
        else
            WriteExtension(start, end, path[depth..fork], fork);
    }

    private void WriteExtension(int start, int end, ReadOnlySpan<byte> path, int fork)
    {
        int before = _encodings.Length;
        WriteBranch(start, end, fork);
        Span<byte> reference = stackalloc byte[MaxReferenceLength];
        Span<int> ends = [_encodings.Length];
        Span<int> lengths = stackalloc int[1];
        TakeReferences(before, ends, reference, lengths);
        int list = _encodings.StartList();
        WritePath(path, isLeaf: false);
        _encodings.WriteEncoded(reference[..lengths[0]]);
        _encodings.EndList(list);
    }

    private void WriteBranch(int start, int end, int depth)
    {
        int before = _encodings.Length;
        Span<int> ends = stackalloc int[BranchNode.Width];
        for (int step = 0; step < ends.Length; step++)
        {
            int next = start;
            while (next < end && _entries.Step(next, depth) == step)
                next++;

            if (next > start)
                WriteNode(start, next, depth + 1);

            start = next;
            ends[step] = _encodings.Length;
        }

        Span<byte> references = stackalloc byte[BranchNode.Width * MaxReferenceLength];
        Span<int> lengths = stackalloc int[BranchNode.Width];
        TakeReferences(before, ends, references, lengths);
        int list = _encodings.StartList();
        for (int step = 0; step < lengths.Length; step++)
            _encodings.WriteEncoded(references.Slice(step * MaxReferenceLength, lengths[step]));

        _encodings.Write(default(ReadOnlySpan<byte>));
        _encodings.EndList(list);
    }

    // Makes the encodings from start on into what their parent holds of them: a hash, or the encoding itself where it is shorter; of none, an empty string.
    private void TakeReferences(int start, ReadOnlySpan<int> ends, Span<byte> references, Span<int> lengths)
    {
        int count = 0;
        for (int child = 0, from = start; child < ends.Length; from = ends[child++])
        {
            if (ends[child] - from >= Hash256.Length)
                _toHash[count++] = _encodings.Part(from, ends[child]);
        }

        Span<Hash256> hashes = stackalloc Hash256[BranchNode.Width];
        Keccak256.HashMany(_toHash.AsSpan(0, count), hashes[..count]);
        count = 0;
        for (int child = 0, from = start; child < ends.Length; from = ends[child++])
        {
            ReadOnlySpan<byte> encoding = _encodings.Written[from..ends[child]];
            Span<byte> reference = references.Slice(child * MaxReferenceLength, MaxReferenceLength);
            if (encoding.IsEmpty)
            {
                lengths[child] = 1;
                reference[0] = 0x80;
            }
            else if (encoding.Length < Hash256.Length)
            {
                lengths[child] = encoding.Length;
                encoding.CopyTo(reference);
            }
            else
            {
                lengths[child] = MaxReferenceLength;
                reference[0] = 0x80 + Hash256.Length;
                hashes[count].CopyTo(reference[1..]);
                _newNodes?.Add(new(hashes[count], encoding.ToArray()));
                count++;
            }
        }

        _encodings.Truncate(start);
    }

    private void WritePath(ReadOnlySpan<byte> path, bool isLeaf)
    {
        Span<byte> encoded = stackalloc byte[Nibbles.MaxEncodedLength];
        _encodings.Write(encoded[..Nibbles.Encode(path, isLeaf, encoded)]);
    }
}
