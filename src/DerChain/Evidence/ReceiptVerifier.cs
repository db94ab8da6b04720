using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Evidence;

/// <summary>Verifies receipts: a pure function of the bytes and of what the verifier trusts. Needs no chain, no store and no network.</summary>
/// <remarks>Rules: docs/spec/evidence.md, 2.</remarks>
/// <threadsafety>All members are pure.</threadsafety>
public static class ReceiptVerifier
{
    /// <summary>Verifies a receipt. Whatever the bytes are, this does not throw.</summary>
    /// <param name="encoded">The receipt (<see cref="InclusionReceipt.Encode"/>).</param>
    /// <param name="trust">What the verifier knows from another source.</param>
    /// <param name="proven">What is proven, or null where the result is not valid.</param>
    /// <returns>Valid, or a <see cref="ReceiptError"/> with the offending values. Cheap rules come first: seals are recovered once all else holds.</returns>
    public static ValidationResult Verify(ReadOnlySpan<byte> encoded, ReceiptTrust trust, out ProvenTransaction? proven)
    {
        ArgumentNullException.ThrowIfNull(trust);
        proven = null;
        ValidationResult result = InclusionReceipt.TryDecode(encoded, out InclusionReceipt? receipt);
        if (result.IsValid)
            result = CheckLinks(receipt!.Headers);

        if (!result.IsValid)
            return result;

        Hash256 blockHash = receipt!.Header.ComputeHash();
        result = CheckTransaction(receipt, blockHash, out ProvenTransaction? transaction);
        if (result.IsValid)
            result = CheckChain(transaction!.Transaction, trust);

        if (result.IsValid)
            result = ReceiptLeaves.Check(receipt.Leaf, transaction!.Record);

        if (!result.IsValid)
            return result;

        result = HeaderTrust.Check(receipt, trust, out ImmutableArray<Address> sealers);
        if (result.IsValid)
            proven = transaction! with { Leaf = receipt.Leaf, Sealers = sealers };

        return result;
    }

    private static ValidationResult CheckLinks(ImmutableArray<BlockHeader> headers)
    {
        for (int index = 1; index < headers.Length; index++)
        {
            ValidationResult result = HeaderRules.CheckAncestry(headers[index], headers[index - 1], headers[index - 1].ComputeHash());
            if (!result.IsValid)
                return Fail(ReceiptError.HeadersNotLinked, $"Header {index} of the receipt does not follow the one before it. {result.Message}");
        }

        return ValidationResult.Valid;
    }

    private static ValidationResult CheckTransaction(InclusionReceipt receipt, Hash256 blockHash, out ProvenTransaction? proven)
    {
        proven = null;
        BlockHeader header = receipt.Header;
        var transactionProof = new TransactionProof(header, receipt.TransactionIndex, receipt.TransactionNodes);
        ValidationResult result = transactionProof.Verify(blockHash, out Transaction? transaction);
        if (!result.IsValid)
            return Fail(ReceiptError.TransactionNotProven, $"The receipt does not lead from its header to a transaction. {result.Message}");

        result = new ReceiptProof(header, receipt.TransactionIndex, receipt.ReceiptNodes).Verify(blockHash, out _);
        if (!result.IsValid)
            return Fail(ReceiptError.ExecutionNotProven, $"That the transaction was executed and did not fail is not shown. {result.Message}");

        if (transaction!.RecoverSender() is not { } sender)
            return Fail(ReceiptError.SenderUnknown, "The transaction's signature recovers to nobody.");

        proven = new ProvenTransaction(header.Number, blockHash, header.Timestamp, receipt.TransactionIndex, transaction, sender);
        return ValidationResult.Valid;
    }

    // A header does not name its chain, and two chains may have one genesis; the transaction names it. A final block is of one chain.
    private static ValidationResult CheckChain(Transaction transaction, ReceiptTrust trust)
    {
        ulong? trusted = trust switch
        {
            TrustInAuthorities authorities => authorities.ChainId,
            TrustInCheckpoint checkpoint => checkpoint.ChainId,
            _ => null,
        };
        if (trusted is null || transaction.Content.ChainId == trusted)
            return ValidationResult.Valid;

        string named = transaction.Content.ChainId is { } id ? $"chain {id}" : "any chain";
        return Fail(ReceiptError.WrongChain, $"The transaction is for {named}; chain {trusted} is trusted.");
    }

    private static ValidationResult Fail(ReceiptError error, string message) => ValidationResult.Fail(error, message);
}
