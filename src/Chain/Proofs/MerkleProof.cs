using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Proofs;

/// <summary>What a proof is about. The values are part of its encoding.</summary>
internal enum ProofKind : byte
{
    Account = 1,
    Transaction = 2,
    Receipt = 3,
}

/// <summary>What every proof consists of: a header, what it is about, and the nodes from one of the header's roots to there.</summary>
/// <param name="Kind">Which root, and what stands below it.</param>
/// <param name="Header">Header of the block.</param>
/// <param name="Subject">RLP of the address, or of the index.</param>
/// <param name="Nodes">RLP of the nodes, from the root on.</param>
internal sealed record MerkleProof(ProofKind Kind, BlockHeader Header, byte[] Subject, ImmutableArray<ReadOnlyMemory<byte>> Nodes)
{
    /// <summary>Longest node of a trie of accounts or receipts; a branch has at most 532 bytes.</summary>
    public const int MaxSmallNodeBytes = 1024;

    /// <summary>Puts the parts of a proof together.</summary>
    public static MerkleProof Create(ProofKind kind, BlockHeader header, byte[] subject, ImmutableArray<ReadOnlyMemory<byte>> nodes)
    {
        ArgumentNullException.ThrowIfNull(header);
        return nodes.IsDefault ? throw new ArgumentException("A proof has a list of nodes.", nameof(nodes)) : new(kind, header, subject, nodes);
    }

    /// <summary>The proof as a list: kind, header, subject, list of nodes.</summary>
    public byte[] Encode()
    {
        using var writer = new RlpWriter(1024 + Nodes.Sum(static node => node.Length + 4));
        int list = writer.StartList();
        writer.Write((ulong)Kind);
        Header.Write(writer);
        writer.WriteEncoded(Subject);
        int nodes = writer.StartList();
        foreach (ReadOnlyMemory<byte> node in Nodes)
            writer.Write(node.Span);

        writer.EndList(nodes);
        writer.EndList(list);
        return writer.ToArray();
    }

    /// <summary>Reads the one encoding of a proof of a kind.</summary>
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, ProofKind kind, out MerkleProof? proof)
    {
        proof = null;
        int maxNodeBytes = kind == ProofKind.Transaction ? Block.MaxEncodedBytes : MaxSmallNodeBytes;
        int maxBytes = maxNodeBytes + BlockHeader.MaxEncodedBytes + TrieProof.MaxNodes * MaxSmallNodeBytes;
        if (encoded.Length > maxBytes)
            return ValidationResult.Fail(ChainError.TooLarge, $"A proof of {encoded.Length} bytes is above the limit of {maxBytes} for its kind.");

        var outer = new RlpReader(encoded);
        RlpReader fields = outer.ReadList();
        if (fields.ReadUInt64() != (ulong)kind)
            fields.Fail(RlpError.InvalidValue);

        ReadOnlySpan<byte> encodedHeader = fields.ReadEncodedItem();
        byte[] subject = fields.ReadEncodedItem().ToArray();
        ImmutableArray<ReadOnlyMemory<byte>> nodes = ReadNodes(ref fields, maxNodeBytes);
        outer.Close(fields);
        RlpError error = outer.Finish();
        if (error != RlpError.None)
            return Malformed(error);

        ValidationResult result = BlockHeader.TryDecode(encodedHeader, out BlockHeader? header);
        if (result.IsValid)
            proof = new MerkleProof(kind, header!, subject, nodes);

        return result;
    }

    /// <summary>Checks the header against the trusted hash and the nodes against one of its roots (<see cref="TrieProof.Verify"/>).</summary>
    public ValidationResult Verify(Hash256 trustedHeaderHash, Hash256 root, ReadOnlySpan<byte> key, out byte[]? value)
    {
        value = null;
        Hash256 hash = Header.ComputeHash();
        return hash == trustedHeaderHash
            ? TrieProof.Verify(root, key, Nodes, out value)
            : ValidationResult.Fail(ChainError.WrongProofHeader, $"The header has the hash {hash}; {trustedHeaderHash} is trusted.");
    }

    /// <summary>Checks a proof whose subject is an index; that there is nothing of the index is an error.</summary>
    public ValidationResult VerifyIndexed(Hash256 trustedHeaderHash, Hash256 root, out byte[]? value)
    {
        ValidationResult result = Verify(trustedHeaderHash, root, Subject, out value);
        return result.IsValid && value is null
            ? ValidationResult.Fail(ChainError.IndexAbsent, "The nodes show that the block has no transaction of this index.")
            : result;
    }

    /// <summary>Reads the subject of a proof about an index.</summary>
    public ValidationResult TryReadIndex(out int index)
    {
        var reader = new RlpReader(Subject);
        ulong read = reader.ReadUInt64();
        if (read > int.MaxValue)
            reader.Fail(RlpError.IntegerTooLarge);

        RlpError error = reader.Finish();
        index = error == RlpError.None ? (int)read : 0;
        return error == RlpError.None ? ValidationResult.Valid : Malformed(error);
    }

    /// <summary>Reads the subject of a proof about an address.</summary>
    public ValidationResult TryReadAddress(out Address address)
    {
        var reader = new RlpReader(Subject);
        address = reader.ReadAddress();
        RlpError error = reader.Finish();
        return error == RlpError.None ? ValidationResult.Valid : Malformed(error);
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadNodes(ref RlpReader fields, int maxNodeBytes)
    {
        RlpReader list = fields.ReadList();
        var nodes = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        while (list.HasMore)
        {
            ReadOnlySpan<byte> node = list.ReadBytes();
            if (node.Length > maxNodeBytes || nodes.Count == TrieProof.MaxNodes)
                list.Fail(RlpError.TooLarge);
            else
                nodes.Add(node.ToArray());
        }

        fields.Close(list);
        return nodes.ToImmutable();
    }

    private static ValidationResult Malformed(RlpError error) => error == RlpError.TooLarge
        ? ValidationResult.Fail(ChainError.TooLarge, "The proof has more nodes, or a longer one, than a path can have.")
        : ValidationResult.Fail(ChainError.MalformedRlp, $"The proof is not canonical RLP: {error}.");
}
