using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Proofs;

/// <summary>Proves which transaction stands at an index of a block, to whoever trusts the hash of the block's header.</summary>
/// <remarks>Encoding: docs/spec/chain.md, CHN-84.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class TransactionProof
{
    private readonly MerkleProof _proof;

    /// <summary>Puts a proof together that came in parts. Nothing is checked before <see cref="Verify"/>.</summary>
    /// <param name="header">Header of the block.</param>
    /// <param name="index">Index of the transaction in the block, from 0 on.</param>
    /// <param name="nodes">RLP of the nodes of the trie of transactions from the root on, without those that stand inside their parent.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public TransactionProof(BlockHeader header, int index, ImmutableArray<ReadOnlyMemory<byte>> nodes)
        : this(MerkleProof.Create(ProofKind.Transaction, header, OrderedTrie.Key(index), nodes), index)
    {
    }

    private TransactionProof(MerkleProof proof, int index)
    {
        _proof = proof;
        Index = index;
    }

    /// <summary>Header of the block.</summary>
    public BlockHeader Header => _proof.Header;

    /// <summary>Index of the transaction in the block, from 0 on.</summary>
    public int Index { get; }

    /// <summary>RLP of the nodes of the trie of transactions, from the root on.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Nodes => _proof.Nodes;

    /// <summary>Reads what <see cref="Encode"/> wrote, at most about 15 MiB.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="proof">The proof, or null where the result is not valid.</param>
    /// <returns>Valid, <see cref="ChainError.MalformedRlp"/> or <see cref="ChainError.TooLarge"/>.</returns>
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out TransactionProof? proof)
    {
        proof = null;
        ValidationResult result = MerkleProof.TryDecode(encoded, ProofKind.Transaction, out MerkleProof? read);
        if (!result.IsValid)
            return result;

        result = read!.TryReadIndex(out int index);
        if (result.IsValid)
            proof = new TransactionProof(read, index);

        return result;
    }

    /// <summary>The one encoding of the proof.</summary>
    public byte[] Encode() => _proof.Encode();

    /// <summary>Checks the proof. Needs no chain and no store. Who signed the transaction is not looked at
    /// (<see cref="Transaction.RecoverSender"/>).</summary>
    /// <param name="trustedHeaderHash">Hash of the header, from a source the caller trusts.</param>
    /// <param name="transaction">The transaction at <see cref="Index"/> of the block; null where the result is not valid.</param>
    /// <returns>Valid, or what is wrong: the errors of <see cref="AccountProof.Verify"/>, <see cref="ChainError.IndexAbsent"/> where the block has
    /// no transaction of this index, or the error of <see cref="TransactionCodec.TryDecode"/> on what stands there.</returns>
    public ValidationResult Verify(Hash256 trustedHeaderHash, out Transaction? transaction)
    {
        transaction = null;
        ValidationResult result = _proof.VerifyIndexed(trustedHeaderHash, Header.TransactionsRoot, out byte[]? value);
        return result.IsValid ? TransactionCodec.TryDecode(value, out transaction) : result;
    }

    internal static TransactionProof Create(Block block, int index)
    {
        ImmutableArray<Transaction> transactions = block.Transactions;
        return new(block.Header, index, OrderedTrie.Prove(transactions.Length, item => transactions[item].Encoded.ToArray(), index));
    }
}
