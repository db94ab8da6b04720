using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Proofs;

/// <summary>What the receipts root commits to of a receipt: the transaction was executed, and what gas was used up to it. Its own gas is the
/// difference to the receipt before.</summary>
/// <param name="Type">Form of the transaction (EIP-2718).</param>
/// <param name="CumulativeGasUsed">Gas used in the block up to and with this transaction.</param>
/// <param name="IntermediateStateRoot">State root after the transaction; only before Byzantium (EIP-658), else null.</param>
public sealed record ProvenReceipt(TransactionType Type, ulong CumulativeGasUsed, Hash256? IntermediateStateRoot)
{
    /// <summary>Reads what <see cref="Receipt.Encode"/> writes.</summary>
    internal static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out ProvenReceipt? receipt)
    {
        receipt = null;
        TransactionType type = encoded is [< 0xc0, ..] ? (TransactionType)encoded[0] : TransactionType.Legacy;
        if (encoded is [< 0xc0, ..] && type is not (TransactionType.AccessList or TransactionType.DynamicFee))
            return ValidationResult.Fail(ChainError.UnsupportedTransactionType, $"Transaction type {encoded[0]} is not 0, 1 or 2.");

        var outer = new RlpReader(type == TransactionType.Legacy ? encoded : encoded[1..]);
        RlpReader fields = outer.ReadList();
        ReadOnlySpan<byte> statusOrRoot = fields.ReadBytes();
        ulong cumulativeGas = fields.ReadUInt64();
        bool hasBloom = fields.ReadBytes(Bloom.Length).ContainsAnyExcept((byte)0);
        bool hasLogs = !fields.ReadList().AtEnd;
        if (statusOrRoot is not ([] or [1] or { Length: Hash256.Length }))
            fields.Fail(RlpError.InvalidValue);

        outer.Close(fields);
        RlpError error = outer.Finish();
        if (error != RlpError.None)
            return ValidationResult.Fail(ChainError.MalformedRlp, $"The receipt is not canonical RLP: {error}.");

        if (statusOrRoot.IsEmpty || hasBloom || hasLogs)
            return ValidationResult.Fail(ChainError.UnsupportedReceipt, "The receipt tells of a failure or of logs; this ledger has no EVM.");

        Hash256? root = statusOrRoot.Length == Hash256.Length ? Hash256.FromBytes(statusOrRoot) : null;
        receipt = new ProvenReceipt(type, cumulativeGas, root);
        return ValidationResult.Valid;
    }
}
