using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Proofs;

/// <summary>Verification of a path through a trie of which nothing is known but the root (Yellow Paper, appendix D).</summary>
internal static class TrieProof
{
    /// <summary>Most nodes on the path to a key of 32 bytes: one a half byte, and the leaf behind the last.</summary>
    public const int MaxNodes = 2 * Hash256.Length + 1;

    /// <summary>Checks that the nodes, in this order and all of them, lead from the root to where the key is or would be.</summary>
    /// <param name="root">The trusted root.</param>
    /// <param name="key">The whole key.</param>
    /// <param name="nodes">RLP of the nodes that do not stand inside their parent; none for the empty trie.</param>
    /// <param name="value">The value of the key; null where the nodes prove that it is absent, or where they prove nothing.</param>
    public static ValidationResult Verify(Hash256 root, ReadOnlySpan<byte> key, ImmutableArray<ReadOnlyMemory<byte>> nodes, out byte[]? value)
    {
        value = null;
        Span<byte> steps = key.Length <= Hash256.Length ? stackalloc byte[2 * Hash256.Length] : new byte[2 * key.Length];
        ReadOnlySpan<byte> path = steps[..Nibbles.FromBytes(key, steps)];
        TrieNode? parent = null;
        Hash256? wanted = root == MerklePatriciaTrie.EmptyRoot ? null : root;
        for (int index = 0; index < nodes.Length; index++)
        {
            if (wanted is not { } hash)
                return Refuse(ChainError.ProofNotMinimal, $"{nodes.Length - index} nodes follow the one that settles the key.", out value);

            ReadOnlyMemory<byte> encoded = nodes[index];
            if (Keccak256.Hash(encoded.Span) != hash)
                return Refuse(ChainError.ProofNodeMismatch, $"Node {index} does not have the hash {hash}.", out value);

            if (TrieNode.TryDecode(encoded.ToArray()) is not { } node || !MayFollow(parent, node))
                return Refuse(ChainError.ProofNodeMalformed, $"Node {index} is not one that a trie can hold there.", out value);

            wanted = Descend(node, ref path, out value);
            parent = node;
        }

        return wanted is { } missing
            ? Refuse(ChainError.ProofIncomplete, $"The node of hash {missing} is missing.", out value)
            : ValidationResult.Valid;
    }

    // Below the root a node shorter than a hash stands inside its parent, and the steps of two extensions, or of one and a leaf, are one node's.
    private static bool MayFollow(TrieNode? parent, TrieNode node) =>
        parent is null || (node.Encoded!.Length >= Hash256.Length && (parent is not ExtensionNode || node is BranchNode));

    // Down through the nodes that stand inside this one, to the hash of the next, or to where the key is settled.
    private static Hash256? Descend(TrieNode node, ref ReadOnlySpan<byte> path, out byte[]? value)
    {
        TrieNode? next = node.Step(ref path, out value);
        while (next is not null and not HashNode)
            next = next.Step(ref path, out value);

        return (next as HashNode)?.Hash;
    }

    private static ValidationResult Refuse(ChainError error, string message, out byte[]? value)
    {
        value = null;
        return ValidationResult.Fail(error, message);
    }
}
