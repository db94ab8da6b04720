using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>A node of a Merkle-Patricia trie (Yellow Paper, appendix D). Immutable: a change makes new nodes along one path and shares the rest.</summary>
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
    protected virtual ReadOnlySpan<TrieNode?> Below => [];

    /// <summary>Encodes the node and everything new below it, the lowest nodes first, and hashes those of the same height in one batch.</summary>
    /// <param name="newNodes">Receives hash and RLP of each new node that stands on its own, i.e. of 32 bytes or more.</param>
    /// <returns>RLP of the node.</returns>
    public byte[] Encode(List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        var newByHeight = new List<List<TrieNode>>();
        CollectNew(newByHeight);
        foreach (List<TrieNode> nodes in newByHeight)
            Encode(nodes, newNodes);

        return _encoded!;
    }

    /// <summary>Encodes new nodes below which nothing is new, and hashes them in one batch.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="newNodes">Receives hash and RLP of each that stands on its own.</param>
    public static void Encode(List<TrieNode> nodes, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        var writer = new RlpWriter(640);
        foreach (TrieNode node in nodes)
        {
            writer.Clear();
            node.Write(writer);
            node._encoded = writer.ToArray();
        }

        TrieNode[] alone = [.. nodes.Where(static node => node.StandsAlone)];
        ReadOnlyMemory<byte>[] encodings = [.. alone.Select(static node => (ReadOnlyMemory<byte>)node._encoded)];
        var hashes = new Hash256[alone.Length];
        Keccak256.HashMany(encodings, hashes);
        for (int index = 0; index < alone.Length; index++)
        {
            alone[index]._hash = hashes[index];
            newNodes.Add(new(hashes[index], alone[index]._encoded!));
        }
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
        writer.Write(Nibbles.Encode(Path, isLeaf: true));
        writer.Write(Value);
        writer.EndList(list);
    }
}

/// <summary>Steps that all keys below share.</summary>
internal sealed class ExtensionNode(byte[] path, TrieNode child) : TrieNode
{
    private readonly TrieNode? _child = child;

    public byte[] Path { get; } = path;

    public TrieNode Child => _child!;

    protected override ReadOnlySpan<TrieNode?> Below => new(in _child);

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
        writer.Write(Nibbles.Encode(Path, isLeaf: false));
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

    protected override ReadOnlySpan<TrieNode?> Below => Children;

    public BranchNode WithChild(int index, TrieNode? child)
    {
        var children = (TrieNode?[])Children.Clone();
        children[index] = child;
        return new BranchNode(children, Value);
    }

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
