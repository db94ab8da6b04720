using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Trie;

/// <summary>A node of a Merkle-Patricia trie (Yellow Paper, appendix D). Immutable: a change makes new nodes along one path and shares the rest.</summary>
internal abstract class TrieNode
{
    private byte[]? _encoded;

    /// <summary>RLP of the node; set for a node that was read, or encoded before. Null marks a node that is new since the last root.</summary>
    public byte[]? Encoded => _encoded;

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

    /// <summary>Encodes the node and everything new below it.</summary>
    /// <param name="newNodes">Receives hash and RLP of each new node that stands on its own, i.e. of 32 bytes or more.</param>
    public byte[] Encode(List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        if (_encoded is null)
        {
            var writer = new RlpWriter(128);
            Write(writer, newNodes);
            _encoded = writer.ToArray();
        }

        return _encoded;
    }

    /// <summary>Goes one node down a path.</summary>
    /// <param name="path">The steps left; the ones taken are cut off.</param>
    /// <param name="value">The value of the key, where the path ends here at one; null where it goes on, or the key is absent.</param>
    /// <returns>The child to go on with, or null where this node settles the key.</returns>
    public abstract TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value);

    /// <summary>Writes what a parent holds of a child: its hash, or its RLP where that is below 32 bytes.</summary>
    protected static void WriteReference(RlpWriter writer, TrieNode child, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        if (child is HashNode known)
        {
            writer.Write(known.Hash);
            return;
        }

        bool isNew = child._encoded is null;
        byte[] encoded = child.Encode(newNodes);
        if (encoded.Length < Hash256.Length)
        {
            writer.WriteEncoded(encoded);
            return;
        }

        Hash256 hash = Keccak256.Hash(encoded);
        if (isNew)
            newNodes.Add(new(hash, encoded));

        writer.Write(hash);
    }

    protected abstract void Write(RlpWriter writer, List<KeyValuePair<Hash256, byte[]>> newNodes);

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

    protected override void Write(RlpWriter writer, List<KeyValuePair<Hash256, byte[]>> newNodes)
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
    public byte[] Path { get; } = path;

    public TrieNode Child { get; } = child;

    public override TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value)
    {
        value = null;
        if (!path.StartsWith(Path))
            return null;

        path = path[Path.Length..];
        return Child;
    }

    protected override void Write(RlpWriter writer, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        int list = writer.StartList();
        writer.Write(Nibbles.Encode(Path, isLeaf: false));
        WriteReference(writer, Child, newNodes);
        writer.EndList(list);
    }
}

/// <summary>A fork: one child a half byte, and the value of the key that ends here.</summary>
internal sealed class BranchNode(TrieNode?[] children, byte[]? value) : TrieNode
{
    public const int Width = 16;

    public TrieNode?[] Children { get; } = children;

    public byte[]? Value { get; } = value;

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

    protected override void Write(RlpWriter writer, List<KeyValuePair<Hash256, byte[]>> newNodes)
    {
        int list = writer.StartList();
        foreach (TrieNode? child in Children)
        {
            if (child is null)
                writer.Write(default(ReadOnlySpan<byte>));
            else
                WriteReference(writer, child, newNodes);
        }

        writer.Write(Value);
        writer.EndList(list);
    }
}

/// <summary>A node that is known by its hash and not loaded.</summary>
internal sealed class HashNode(Hash256 hash) : TrieNode
{
    public Hash256 Hash { get; } = hash;

    public override TrieNode? Step(ref ReadOnlySpan<byte> path, out byte[]? value) =>
        throw new InvalidOperationException("A node known by its hash has no path of its own.");

    protected override void Write(RlpWriter writer, List<KeyValuePair<Hash256, byte[]>> newNodes) =>
        throw new InvalidOperationException("A node known by its hash has no encoding of its own.");
}
