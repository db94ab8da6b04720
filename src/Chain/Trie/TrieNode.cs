using System.Buffers;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>A node of a Merkle-Patricia trie (Yellow Paper, appendix D). Immutable once it is encoded: a change makes new nodes along one path and shares the
/// rest. A branch that is not encoded yet belongs to one trie, which changes it in place.</summary>
internal abstract class TrieNode
{
    private byte[]? _encoded;
    private Hash256? _hash;

    /// <summary>RLP of the node; set for a node that was read, or encoded before. Null marks a node that is new since the last root.</summary>
    public byte[]? Encoded => _encoded;

    /// <summary>Whether a parent holds the encoded node's hash and not the node itself.</summary>
    public bool StandsAlone => _encoded!.Length >= Hash256.Length;

    /// <summary>Reads a node from the RLP that a store holds or a proof shows. Only nodes shorter than a hash stand inside others, so depth is bounded.</summary>
    /// <returns>Null where the bytes are not a node of a canonical trie.</returns>
    public static TrieNode? TryDecode(byte[] encoded)
    {
        var reader = new RlpReader(encoded);
        TrieNode? node = Read(ref reader);
        if (node is null || reader.Finish() != RlpError.None)
            return null;

        node._encoded = encoded;
        return node;
    }

    /// <summary>Keccak-256 of the RLP of a node that was encoded or read.</summary>
    public virtual Hash256 Hash => _hash ?? Keccak256.Hash(_encoded);

    /// <summary>The nodes that stand right below.</summary>
    protected virtual Span<TrieNode?> Below => [];

    /// <summary>Encodes the node and everything new below it, the lowest nodes first, and hashes those of the same height in one batch.</summary>
    /// <param name="newNodes">Receives each new node that stands on its own, i.e. of 32 bytes or more.</param>
    public void Encode(List<TrieNode> newNodes)
    {
        var newByHeight = new List<List<TrieNode>>();
        CollectNew(newByHeight);
        using var writer = new RlpWriter(640);
        foreach (List<TrieNode> nodes in newByHeight)
            Encode(nodes, newNodes, writer);
    }

    /// <summary>Lets go of the encoded nodes below that stand on their own, of which only the hashes are left, so that the node can be kept without them.</summary>
    public void Detach()
    {
        foreach (ref TrieNode? child in Below)
        {
            if (child is null or HashNode)
                continue;

            if (child.StandsAlone)
                child = new HashNode(child.Hash);
            else
                child.Detach();
        }
    }

    // Encodes new nodes below which nothing is new, and hashes them in one batch.
    private static void Encode(List<TrieNode> nodes, List<TrieNode> newNodes, RlpWriter writer)
    {
        foreach (TrieNode node in nodes)
        {
            writer.Truncate();
            node.Write(writer);
            node._encoded = writer.ToArray();
        }

        int before = newNodes.Count;
        newNodes.AddRange(nodes.Where(static node => node.StandsAlone));
        int count = newNodes.Count - before;
        ReadOnlyMemory<byte>[] encodings = ArrayPool<ReadOnlyMemory<byte>>.Shared.Rent(count);
        Hash256[] hashes = ArrayPool<Hash256>.Shared.Rent(count);
        for (int index = 0; index < count; index++)
            encodings[index] = newNodes[before + index]._encoded;

        Keccak256.HashMany(encodings.AsSpan(0, count), hashes.AsSpan(0, count));
        for (int index = 0; index < count; index++)
            newNodes[before + index]._hash = hashes[index];

        ArrayPool<ReadOnlyMemory<byte>>.Shared.Return(encodings, clearArray: true);
        ArrayPool<Hash256>.Shared.Return(hashes);
    }

    /// <summary>Goes one node down a path.</summary>
    /// <param name="path">The steps left; the ones taken are cut off.</param>
    /// <param name="value">The value of the key, where the path ends here at one; null where it goes on, or the key is absent.</param>
    /// <returns>The child to go on with, or null where this node settles the key.</returns>
    public abstract TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value);

    /// <summary>Writes what a parent holds of an encoded child: its hash, or its RLP where that is below 32 bytes.</summary>
    protected static void WriteReference(RlpWriter writer, TrieNode child)
    {
        if (child is HashNode known)
            writer.Write(known.Hash);
        else if (child.StandsAlone)
            writer.Write(child.Hash);
        else
            writer.WriteEncoded(child._encoded);
    }

    protected static void WritePath(RlpWriter writer, byte[] path, bool isLeaf)
    {
        int length = path.Length / 2 + 1;
        Span<byte> encoded = length <= Nibbles.MaxEncodedLength ? stackalloc byte[Nibbles.MaxEncodedLength] : new byte[length];
        writer.Write(encoded[..Nibbles.Encode(path, isLeaf, encoded)]);
    }

    protected abstract void Write(RlpWriter writer);

    // The node's height above the lowest new node below it; -1 where it is not new.
    private int CollectNew(List<List<TrieNode>> newByHeight)
    {
        if (_encoded is not null || this is HashNode)
            return -1;

        int height = 0;
        foreach (TrieNode? child in Below)
            height = child is null ? height : Math.Max(height, child.CollectNew(newByHeight) + 1);

        if (newByHeight.Count == height)
            newByHeight.Add([]);

        newByHeight[height].Add(this);
        return height;
    }

    private static TrieNode? Read(ref RlpReader reader)
    {
        RlpReader items = reader.ReadList();
        ReadOnlySpan<byte> first = items.ReadEncodedItem();
        ReadOnlySpan<byte> second = items.ReadEncodedItem();
        TrieNode? node = items.HasMore ? ReadBranch(first, second, ref items) : ReadShort(first, second);
        reader.Close(items);
        return reader.Error == RlpError.None ? node : null;
    }

    private static TrieNode? ReadShort(ReadOnlySpan<byte> encodedPath, ReadOnlySpan<byte> rest)
    {
        var pathReader = new RlpReader(encodedPath);
        ReadOnlySpan<byte> hexPrefix = pathReader.ReadBytes();
        if (pathReader.Finish() != RlpError.None || !Nibbles.TryDecode(hexPrefix, out byte[] path, out bool isLeaf))
            return null;

        var restReader = new RlpReader(rest);
        if (!isLeaf)
            return path.Length > 0 && ReadReference(rest) is (HashNode or BranchNode) and { } child ? new ExtensionNode(path, child) : null;

        byte[] value = restReader.ReadBytes().ToArray();
        return restReader.Finish() == RlpError.None && value.Length > 0 ? new LeafNode(path, value) : null;
    }

    private static BranchNode? ReadBranch(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ref RlpReader items)
    {
        var children = new TrieNode?[BranchNode.Width];
        for (int i = 0; i < BranchNode.Width; i++)
        {
            ReadOnlySpan<byte> item = i == 0 ? first : i == 1 ? second : items.ReadEncodedItem();
            bool isEmpty = item is [0x80];
            children[i] = isEmpty ? null : ReadReference(item);
            if (!isEmpty && children[i] is null)
                return null;
        }

        byte[] value = items.ReadBytes().ToArray();
        int entries = children.Count(static child => child is not null) + (value.Length == 0 ? 0 : 1);
        return items.Error == RlpError.None && entries > 1 ? new BranchNode(children, value.Length == 0 ? null : value) : null;
    }

    private static TrieNode? ReadReference(ReadOnlySpan<byte> item)
    {
        var reader = new RlpReader(item);
        if (reader.NextIsList)
            return item.Length < Hash256.Length ? TryDecode(item.ToArray()) : null;

        ReadOnlySpan<byte> hash = reader.ReadBytes();
        return reader.Finish() == RlpError.None && hash.Length == Hash256.Length ? new HashNode(Hash256.FromBytes(hash)) : null;
    }
}

/// <summary>The end of a path and the value there.</summary>
internal sealed class LeafNode(byte[] path, byte[] value) : TrieNode
{
    public byte[] Path { get; } = path;

    public byte[] Value { get; } = value;

    public override TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value)
    {
        value = path.SequenceEqual(Path) ? Value : null;
        return null;
    }

    protected override void Write(RlpWriter writer)
    {
        int list = writer.StartList();
        WritePath(writer, Path, isLeaf: true);
        writer.Write(Value);
        writer.EndList(list);
    }
}

/// <summary>Steps that all keys below share.</summary>
internal sealed class ExtensionNode(byte[] path, TrieNode child) : TrieNode
{
    private TrieNode? _child = child;

    public byte[] Path { get; } = path;

    public TrieNode Child => _child!;

    protected override Span<TrieNode?> Below => new(ref _child);

    public override TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value)
    {
        value = null;
        if (!path.StartsWith(Path))
            return null;

        path = path[Path.Length..];
        return Child;
    }

    protected override void Write(RlpWriter writer)
    {
        int list = writer.StartList();
        WritePath(writer, Path, isLeaf: false);
        WriteReference(writer, Child);
        writer.EndList(list);
    }
}

/// <summary>A fork: one child a half byte, and the value of the key that ends here.</summary>
internal sealed class BranchNode(TrieNode?[] children, byte[]? value) : TrieNode
{
    public const int Width = 16;

    public TrieNode?[] Children { get; } = children;

    public byte[]? Value { get; } = value;

    protected override Span<TrieNode?> Below => Children;

    /// <summary>The branch with another child: a copy where this one is encoded, else this one, changed.</summary>
    public BranchNode WithChild(int index, TrieNode? child)
    {
        BranchNode branch = Encoded is null ? this : new BranchNode((TrieNode?[])Children.Clone(), Value);
        branch.Children[index] = child;
        return branch;
    }

    /// <summary>A branch of the same children, in an array of its own, and another value.</summary>
    public BranchNode WithValue(byte[]? value) => new((TrieNode?[])Children.Clone(), value);

    public override TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value)
    {
        value = path.IsEmpty ? Value : null;
        if (path.IsEmpty)
            return null;

        TrieNode? child = Children[path[0]];
        path = path[1..];
        return child;
    }

    protected override void Write(RlpWriter writer)
    {
        int list = writer.StartList();
        foreach (TrieNode? child in Children)
        {
            if (child is null)
                writer.Write(default(ReadOnlySpan<byte>));
            else
                WriteReference(writer, child);
        }

        writer.Write(Value);
        writer.EndList(list);
    }
}

/// <summary>A node that is known by its hash and not loaded.</summary>
internal sealed class HashNode(Hash256 hash) : TrieNode
{
    public override Hash256 Hash { get; } = hash;

    public override TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value) =>
        throw new InvalidOperationException("A node known by its hash has no path of its own.");

    protected override void Write(RlpWriter writer) =>
        throw new InvalidOperationException("A node known by its hash has no encoding of its own.");
}
