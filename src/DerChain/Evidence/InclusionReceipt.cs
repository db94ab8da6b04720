using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Evidence;

/// <summary>All that is needed to show, without the chain, that a transaction stands in a final block of a chain under Clique and was executed.</summary>
/// <remarks>A receipt as it was read proves nothing before <see cref="ReceiptVerifier.Verify"/>. Its chain id stands in the transaction, and the hash of genesis in
/// the first header where the receipt begins there: nothing is written twice, so that nothing can contradict. Layout: docs/spec/evidence.md, 1.1.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed record InclusionReceipt
{
    /// <summary>Largest encoding: 32 MiB, a whole epoch of headers and a transaction that fills its block.</summary>
    public const int MaxEncodedBytes = 32 * 1024 * 1024;

    /// <summary>Most headers before the block, and most after it.</summary>
    public const int MaxHeaders = 40_000;

    internal InclusionReceipt()
    {
    }

    /// <summary>Headers from a checkpoint or genesis to the block's parent; empty in a receipt that begins with its block.</summary>
    public required ImmutableArray<BlockHeader> Ancestors { get; init; }

    /// <summary>Header of the block that holds the transaction.</summary>
    public required BlockHeader Header { get; init; }

    /// <summary>Index of the transaction in the block, from 0.</summary>
    public required int TransactionIndex { get; init; }

    /// <summary>RLP of the nodes from <see cref="BlockHeader.TransactionsRoot"/> to the transaction (<see cref="TransactionProof.Nodes"/>).</summary>
    public required ImmutableArray<ReadOnlyMemory<byte>> TransactionNodes { get; init; }

    /// <summary>RLP of the nodes from <see cref="BlockHeader.ReceiptsRoot"/> to the transaction's receipt (<see cref="ReceiptProof.Nodes"/>): it did not fail.</summary>
    public required ImmutableArray<ReadOnlyMemory<byte>> ReceiptNodes { get; init; }

    /// <summary>Headers after the block, until more than half of the authorities have sealed.</summary>
    public required ImmutableArray<BlockHeader> Descendants { get; init; }

    /// <summary>A leaf that the transaction's record commits to, or null.</summary>
    public ReceiptLeaf? Leaf { get; init; }

    /// <summary>Every header, in order.</summary>
    internal ImmutableArray<BlockHeader> Headers => [.. Ancestors, Header, .. Descendants];

    /// <summary>Makes the receipt of a transaction of a chain under Clique.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="transactionHash">Hash of the transaction.</param>
    /// <param name="fromCheckpoint">Whether the receipt begins at the last checkpoint, or genesis, before the block: larger, and good also where the authorities
    /// change or the verifier knows those of the checkpoint alone.</param>
    /// <param name="receipt">The receipt, or null where the result is not valid.</param>
    /// <returns>Valid, <see cref="ReceiptError.TransactionUnknown"/>, <see cref="ReceiptError.NotFinal"/>, or <see cref="ReceiptError.TooLarge"/> where the
    /// checkpoint is more than <see cref="MaxHeaders"/> blocks before.</returns>
    /// <exception cref="ArgumentException">The chain is not under Clique.</exception>
    public static ValidationResult TryCreate(Blockchain chain, Hash256 transactionHash, bool fromCheckpoint, out InclusionReceipt? receipt)
    {
        ArgumentNullException.ThrowIfNull(chain);
        receipt = null;
        if (chain.Engine is not CliqueEngine engine)
            throw new ArgumentException("The chain is not under Clique.", nameof(chain));

        if (chain.ProveTransaction(transactionHash) is not { } transaction || chain.ProveReceipt(transactionHash) is not { } execution)
            return ValidationResult.Fail(ReceiptError.TransactionUnknown, $"The chain holds no transaction {transactionHash}.");

        BlockHeader header = transaction.Header;
        if (ReceiptHeaders.Sealing(chain, engine, header) is not { } descendants)
            return ValidationResult.Fail(
                ReceiptError.NotFinal, $"Block {header.Number}, which holds the transaction, is not final; the chain ends at block {chain.Head.Header.Number}.");

        ImmutableArray<BlockHeader> ancestors = fromCheckpoint ? ReceiptHeaders.SinceCheckpoint(chain, engine, header) : [];
        if (ancestors.Length > MaxHeaders)
            return ValidationResult.Fail(ReceiptError.TooLarge, $"The checkpoint is {ancestors.Length} blocks before; a receipt has at most {MaxHeaders}.");

        receipt = new InclusionReceipt
        {
            Ancestors = ancestors,
            Header = header,
            TransactionIndex = transaction.Index,
            TransactionNodes = transaction.Nodes,
            ReceiptNodes = execution.Nodes,
            Descendants = descendants,
        };
        return ValidationResult.Valid;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote. Nothing is verified, and nothing throws.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="receipt">The receipt, or null where the result is not valid.</param>
    /// <returns>Valid, or a <see cref="ReceiptError"/> from <see cref="ReceiptError.TooLarge"/> to <see cref="ReceiptError.TrailingBytes"/>.</returns>
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out InclusionReceipt? receipt) => ReceiptCodec.TryDecode(encoded, out receipt);

    /// <summary>The one encoding of the receipt.</summary>
    public byte[] Encode() => ReceiptCodec.Encode(this);
}
