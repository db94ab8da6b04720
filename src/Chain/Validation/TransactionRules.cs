using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Validation;

/// <summary>Rules of a transaction that need neither its sender nor the state.</summary>
internal static class TransactionRules
{
    private const string UnprotectedMessage =
        "The transaction has no chain id and could be replayed on another chain. A chain that allows it says so: ChainSpec.AllowUnprotectedTransactions, "
        + "config.allowUnprotectedTransactions of the genesis file.";

    /// <summary>Checks type, chain id, signature form and recipient against the rules of a block number.</summary>
    public static ValidationResult Check(Transaction transaction, ChainSpec spec, ulong number)
    {
        UnsignedTransaction content = transaction.Content;
        bool isKnownType = content.Type switch
        {
            TransactionType.AccessList => spec.IsBerlin(number),
            TransactionType.DynamicFee => spec.IsLondon(number),
            _ => true,
        };
        if (!isKnownType)
        {
            return ValidationResult.Fail(
                ChainError.UnsupportedTransactionType, $"A transaction of type {(byte)content.Type} is not known at block {number}.");
        }

        ValidationResult result = CheckChainId(content, spec, number);
        if (!result.IsValid)
            return result;

        if (spec.IsHomestead(number) && !transaction.Signature.IsLowS)
            return ValidationResult.Fail(ChainError.HighS, "The signature's s is above half the order of the curve.");

        if (content.Nonce == ulong.MaxValue)
            return ValidationResult.Fail(ChainError.NonceAtLimit, "The nonce is 2^64 - 1, which no account can pass.");

        if (content.To is not { } recipient)
            return ValidationResult.Fail(ChainError.ContractCreationUnsupported, "The transaction creates a contract; there is no EVM.");

        if (PrecompiledContracts.IsActive(recipient, spec, number))
            return ValidationResult.Fail(ChainError.ContractCallUnsupported, $"{recipient} is a precompiled contract; there is no EVM.");

        return content.MaxPriorityFeePerGas > content.MaxFeePerGas
            ? ValidationResult.Fail(
                ChainError.TipAboveMaxFee, $"The highest tip is {content.MaxPriorityFeePerGas} wei, the highest price {content.MaxFeePerGas}.")
            : ValidationResult.Valid;
    }

    /// <summary>What the sender must own: value plus gas limit times the highest price.</summary>
    /// <returns>False where the cost exceeds 256 bits, which nobody owns.</returns>
    public static bool TryGetUpFrontCost(UnsignedTransaction transaction, out UInt256 cost)
    {
        cost = UInt256.MaxValue;
        if (!UInt256.TryMultiply(transaction.MaxFeePerGas, transaction.GasLimit, out UInt256 gasCost)
            || !UInt256.TryAdd(gasCost, transaction.Value, out UInt256 sum))
        {
            return false;
        }

        cost = sum;
        return true;
    }

    private static ValidationResult CheckChainId(UnsignedTransaction content, ChainSpec spec, ulong number)
    {
        if (content.ChainId is null)
        {
            return spec.AllowUnprotectedTransactions || !spec.IsEip155(number)
                ? ValidationResult.Valid
                : ValidationResult.Fail(ChainError.UnprotectedTransaction, UnprotectedMessage);
        }

        bool isProtectedTooEarly = content.Type == TransactionType.Legacy && !spec.IsEip155(number);
        return isProtectedTooEarly || content.ChainId != spec.ChainId
            ? ValidationResult.Fail(ChainError.WrongChainId, $"The transaction is for chain {content.ChainId}, this is chain {spec.ChainId}.")
            : ValidationResult.Valid;
    }
}
