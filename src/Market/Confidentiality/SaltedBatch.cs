using System.Collections.Immutable;
using System.Security.Cryptography;
using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;

namespace DerChain.Market.Confidentiality;

/// <summary>A row of a salted batch, or the hash that is left of an erased one.</summary>
/// <param name="LeafHash">Hash of the leaf (<see cref="MerkleTree.HashLeaf"/>).</param>
/// <param name="Disclosed">Salt and content; null where they were erased.</param>
public sealed record BatchRow(Hash256 LeafHash, SaltedLeaf? Disclosed);

/// <summary>A leaf: what is kept from the chain, under a salt of its own, without which a content of few possible values could be guessed from its hash.</summary>
/// <param name="Salt">16 random bytes, used once.</param>
/// <param name="Content">The content.</param>
public sealed record SaltedLeaf(ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Content)
{
    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltLength = 16;

    /// <summary>The leaf's bytes: salt, then content.</summary>
    public byte[] ToBytes() => [.. Salt.Span, .. Content.Span];
}

/// <summary>One row that is shown to someone who holds the batch's root and count, from a record on the chain.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Leaf">Salt and content.</param>
/// <param name="Path">The hashes beside the way to the root, from below.</param>
public sealed record RowDisclosure(int Index, SaltedLeaf Leaf, ImmutableArray<Hash256> Path)
{
    /// <summary>True where the row is the batch's at this place.</summary>
    /// <param name="committed">Root and count of the record on the chain.</param>
    public bool Holds(LeafRoot committed) =>
        Leaf.Salt.Length == SaltedLeaf.SaltLength
        && MerkleTree.RootOf(MerkleTree.HashLeaf(Leaf.ToBytes()), Index, committed.Count, Path.AsSpan()) == committed.Root;
}

/// <summary>Rows that are kept from the chain, which holds their root alone: each can be shown by itself, and erased while the proofs of the rest hold.</summary>
/// <remarks>Layout: docs/spec/evidence.md, 4.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class SaltedBatch
{
    /// <summary>Most rows of a batch.</summary>
    public const int MaxRows = 1_000_000;

    private readonly MerkleTree _tree;

    internal SaltedBatch(ImmutableArray<BatchRow> rows)
    {
        Rows = rows;
        _tree = MerkleTree.Over(rows.Select(static row => row.LeafHash));
    }

    /// <summary>The rows in order.</summary>
    public ImmutableArray<BatchRow> Rows { get; }

    /// <summary>What a record on the chain says of the batch.</summary>
    public LeafRoot Root => new(_tree.Root, _tree.Count);

    /// <summary>A batch under salts of the operating system's source of randomness.</summary>
    /// <inheritdoc cref="Create(IReadOnlyList{ReadOnlyMemory{byte}}, ReadOnlyMemory{byte})"/>
    public static SaltedBatch Create(IReadOnlyList<ReadOnlyMemory<byte>> contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return Create(contents, RandomNumberGenerator.GetBytes(SaltedLeaf.SaltLength * contents.Count));
    }

    /// <summary>A batch under salts of the caller.</summary>
    /// <param name="contents">Content of each row, in order; 1 to <see cref="MaxRows"/>.</param>
    /// <param name="salts">16 bytes for each, one after the other; random, and never used again.</param>
    /// <exception cref="ArgumentException">There is no row or there are too many, a content is longer than <see cref="BatchFile.MaxContentBytes"/>, or the salts
    /// are not 16 bytes a row.</exception>
    public static SaltedBatch Create(IReadOnlyList<ReadOnlyMemory<byte>> contents, ReadOnlyMemory<byte> salts)
    {
        ArgumentNullException.ThrowIfNull(contents);
        if (contents.Count is 0 or > MaxRows)
            throw new ArgumentException($"A batch has 1 to {MaxRows} rows; {contents.Count} were given.", nameof(contents));

        if (contents.Any(static content => content.Length > BatchFile.MaxContentBytes))
            throw new ArgumentException($"The content of a row has at most {BatchFile.MaxContentBytes} bytes.", nameof(contents));

        if (salts.Length != SaltedLeaf.SaltLength * contents.Count)
            throw new ArgumentException($"{contents.Count} rows want {SaltedLeaf.SaltLength} bytes of salt each; {salts.Length} were given.", nameof(salts));

        return new SaltedBatch([.. contents.Select((content, index) => Disclosed(new SaltedLeaf(
            salts.Slice(SaltedLeaf.SaltLength * index, SaltedLeaf.SaltLength), content)))]);
    }

    /// <summary>Shows one row; null where it was erased.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public RowDisclosure? Disclose(int index)
    {
        ImmutableArray<Hash256> path = _tree.ProofOf(index);
        return Rows[index].Disclosed is { } leaf ? new RowDisclosure(index, leaf, path) : null;
    }

    /// <summary>The batch without salt and content of a row. Root and proofs stay; of the row a hash is left from which nobody finds the content.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public SaltedBatch Erase(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Rows.Length);
        return new SaltedBatch(Rows.SetItem(index, Rows[index] with { Disclosed = null }));
    }

    internal static BatchRow Disclosed(SaltedLeaf leaf) => new(MerkleTree.HashLeaf(leaf.ToBytes()), leaf);
}
