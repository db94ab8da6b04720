using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Trie;

/// <summary>Loads nodes that a trie knows only by their hash.</summary>
internal interface ITrieNodeSource
{
    /// <summary>The node of this hash.</summary>
    /// <exception cref="Storage.StoreCorruptException">The node is missing or does not have this hash.</exception>
    TrieNode Load(Hash256 hash);
}

/// <summary>A Merkle-Patricia trie (Yellow Paper, appendix D) over the nodes of a source. Empty values are absent keys.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class MerklePatriciaTrie
{
    /// <summary>Root of a trie without keys: Keccak-256 of the RLP of the empty string.</summary>
    public static readonly Hash256 EmptyRoot = Keccak256.Hash([0x80]);

    private readonly ITrieNodeSource? _source;
    private TrieNode? _root;

    /// <summary>Opens the trie of a root, or an empty trie.</summary>
    /// <param name="root">Root of the trie.</param>
    /// <param name="source">Where its nodes are; null for a trie that starts empty.</param>
    public MerklePatriciaTrie(Hash256 root, ITrieNodeSource? source)
    {
        _source = source;
        _root = root == EmptyRoot ? null : new HashNode(root);
    }

    /// <summary>The value of a key, or null where it is absent.</summary>
    public byte[]? Get(ReadOnlySpan<byte> key) => Find(key, visited: null);

    /// <summary>RLP of the nodes from the root to where a key is or would be, without those that stand inside their parent. Empty for a trie without keys.</summary>
    /// <exception cref="InvalidOperationException">The trie was changed since its root was computed.</exception>
    public ImmutableArray<ReadOnlyMemory<byte>> Prove(ReadOnlySpan<byte> key)
    {
        var nodes = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        Find(key, node =>
        {
            byte[] encoded = node.Encoded ?? throw new InvalidOperationException("The trie was changed since its root was computed.");
            if (nodes.Count == 0 || encoded.Length >= Hash256.Length)
                nodes.Add(encoded);
        });
        return nodes.ToImmutable();
    }

    /// <summary>Sets the value of a key; an empty value removes the key.</summary>
    public void Set(ReadOnlySpan<byte> key, byte[] value)
    {
        Span<byte> path = key.Length <= Hash256.Length ? stackalloc byte[2 * Hash256.Length] : new byte[2 * key.Length];
        path = path[..Nibbles.FromBytes(key, path)];
        _root = value.Length == 0 ? Remove(_root, path) : Insert(_root, path, value);
    }

    /// <summary>The root hash, and every node that is new since the trie was opened or the last call.</summary>
    /// <param name="newNodes">Receives the new nodes, encoded.</param>
    public Hash256 ComputeRoot(List<TrieNode> newNodes)
    {
        if (_root is null)
            return EmptyRoot;

        if (_root is HashNode unchanged)
            return unchanged.Hash;

        bool isNew = _root.Encoded is null;
        _root.Encode(newNodes);
        if (isNew && !_root.StandsAlone)
            newNodes.Add(_root);

        return _root.Hash;
    }

    private byte[]? Find(ReadOnlySpan<byte> key, Action<TrieNode>? visited)
    {
        Span<byte> steps = key.Length <= Hash256.Length ? stackalloc byte[2 * Hash256.Length] : new byte[2 * key.Length];
        ReadOnlySpan<byte> path = steps[..Nibbles.FromBytes(key, steps)];
        byte[]? value = null;
        for (TrieNode? node = _root; node is not null;)
        {
            TrieNode resolved = Resolve(node);
            visited?.Invoke(resolved);
            node = resolved.Step(ref path, out value);
        }

        return value;
    }

    private TrieNode Insert(TrieNode? node, ReadOnlySpan<byte> path, byte[] value)
    {
        switch (node is null ? null : Resolve(node))
        {
            case null:
                return new LeafNode(path.ToArray(), value);
            case LeafNode leaf:
                return path.SequenceEqual(leaf.Path) ? new LeafNode(leaf.Path, value) : Split(leaf.Path, leaf, path, value);
            case ExtensionNode extension when path.StartsWith(extension.Path):
                return new ExtensionNode(extension.Path, Insert(extension.Child, path[extension.Path.Length..], value));
            case ExtensionNode extension:
                return Split(extension.Path, extension, path, value);
            case BranchNode branch when path.IsEmpty:
                return branch.WithValue(value);
            case BranchNode branch:
                return branch.WithChild(path[0], Insert(branch.Children[path[0]], path[1..], value));
            default:
                throw new InvalidOperationException("A resolved node is a leaf, an extension or a branch.");
        }
    }

    // A leaf or extension whose path parts from the new key's: a branch where they part, below what they share.
    private static TrieNode Split(ReadOnlySpan<byte> oldPath, TrieNode old, ReadOnlySpan<byte> path, byte[] value)
    {
        int shared = Nibbles.CommonPrefix(oldPath, path);
        var children = new TrieNode?[BranchNode.Width];
        byte[]? branchValue = null;
        if (oldPath.Length == shared)
            branchValue = ((LeafNode)old).Value;
        else
            children[oldPath[shared]] = Shorten(old, oldPath[(shared + 1)..]);

        if (path.Length == shared)
            branchValue = value;
        else
            children[path[shared]] = new LeafNode(path[(shared + 1)..].ToArray(), value);

        var branch = new BranchNode(children, branchValue);
        return shared == 0 ? branch : new ExtensionNode(path[..shared].ToArray(), branch);
    }

    private static TrieNode Shorten(TrieNode node, ReadOnlySpan<byte> path) => node switch
    {
        LeafNode leaf => new LeafNode(path.ToArray(), leaf.Value),
        ExtensionNode extension => path.IsEmpty ? extension.Child : new ExtensionNode(path.ToArray(), extension.Child),
        _ => throw new InvalidOperationException("Only a leaf or an extension has a path."),
    };

    private TrieNode? Remove(TrieNode? node, ReadOnlySpan<byte> path)
    {
        switch (node is null ? null : Resolve(node))
        {
            case null:
                return null;
            case LeafNode leaf:
                return path.SequenceEqual(leaf.Path) ? null : leaf;
            case ExtensionNode extension:
                return path.StartsWith(extension.Path) ? RemoveBelow(extension, path) : extension;
            case BranchNode branch when path.IsEmpty:
                return branch.Value is null ? branch : Collapse(branch.WithValue(null));
            case BranchNode branch:
                TrieNode? before = branch.Children[path[0]];
                TrieNode? after = Remove(before, path[1..]);
                return IsUnchanged(before, after) ? branch : Collapse(branch.WithChild(path[0], after));
            default:
                throw new InvalidOperationException("A resolved node is a leaf, an extension or a branch.");
        }
    }

    private TrieNode? RemoveBelow(ExtensionNode extension, ReadOnlySpan<byte> path)
    {
        TrieNode? child = Remove(extension.Child, path[extension.Path.Length..]);
        if (IsUnchanged(extension.Child, child))
            return extension;

        return child is null ? null : Join(extension.Path, child);
    }

    // Removing an absent key resolves nodes on the way and must not mark them as changed.
    private static bool IsUnchanged(TrieNode? before, TrieNode? after) =>
        ReferenceEquals(before, after) || (before is HashNode && after?.Encoded is not null);

    // A branch with one entry left is not canonical: it becomes part of the path.
    private TrieNode? Collapse(BranchNode branch)
    {
        int count = branch.Children.Count(static child => child is not null);
        if (count + (branch.Value is null ? 0 : 1) > 1)
            return branch;

        if (branch.Value is not null)
            return new LeafNode([], branch.Value);

        int index = Array.FindIndex(branch.Children, static child => child is not null);
        return index < 0 ? null : Join([(byte)index], branch.Children[index]!);
    }

    private TrieNode Join(byte[] path, TrieNode child) => Resolve(child) switch
    {
        LeafNode leaf => new LeafNode([.. path, .. leaf.Path], leaf.Value),
        ExtensionNode extension => new ExtensionNode([.. path, .. extension.Path], extension.Child),
        _ => new ExtensionNode(path, child),
    };

    private TrieNode Resolve(TrieNode node)
    {
        if (node is not HashNode known)
            return node;

        return _source?.Load(known.Hash) ?? throw new InvalidOperationException("A trie without a source holds all its nodes.");
    }
}
