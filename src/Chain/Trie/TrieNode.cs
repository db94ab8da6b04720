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

    /// <summary>Reads a node from the RLP that a store holds or a proof shows.</summary>
    /// <returns>Null where the bytes are not a node.</returns>
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
            return path.Length > 0 && ReadReference(rest) is { } child ? new ExtensionNode(path, child) : null;

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
        return items.Error == RlpError.None ? new BranchNode(children, value.Length == 0 ? null : value) : null;
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

    protected override void Write(RlpWriter writer, List<KeyValuePair<Hash256, byte[]>> newNodes) =>
        throw new InvalidOperationException("A node known by its hash has no encoding of its own.");
}
