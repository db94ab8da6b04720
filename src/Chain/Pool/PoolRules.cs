using System.Numerics;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Pool;

/// <summary>What a pool asks of a transaction beyond the rules of a block, in Geth's order of evaluation (docs/spec/chain.md, CHN-94).</summary>
internal static class PoolRules
{
    /// <summary>Percent by which a replacement pays more (Geth, <c>PriceBump</c>).</summary>
    public const int PriceBumpPercent = 10;

    /// <summary>Checks the gas limit against the block's (Geth, <c>ErrGasLimit</c>).</summary>
    public static ValidationResult CheckGasLimit(UnsignedTransaction content, BlockHeader head) => content.GasLimit > head.GasLimit
        ? ValidationResult.Fail(ChainError.ExceedsBlockGasLimit, $"The transaction allows {content.GasLimit} gas; a block holds {head.GasLimit}.")
        : ValidationResult.Valid;

    /// <summary>Checks the gas limit against the intrinsic gas, then the tip against the pool's least.</summary>
    public static ValidationResult CheckGasAndTip(UnsignedTransaction content, bool isIstanbul, UInt256 minTipPerGas)
    {
        ulong intrinsicGas = GasRules.IntrinsicGas(content, isIstanbul);
        if (content.GasLimit < intrinsicGas)
        {
            return ValidationResult.Fail(
                ChainError.IntrinsicGasTooLow, $"The transaction needs {intrinsicGas} gas and allows {content.GasLimit}.");
        }

        return content.MaxPriorityFeePerGas < minTipPerGas
            ? ValidationResult.Fail(ChainError.Underpriced, $"The tip is {content.MaxPriorityFeePerGas} wei; the pool takes {minTipPerGas} and more.")
            : ValidationResult.Valid;
    }

    /// <summary>Checks the nonce, then that the sender can pay: the transaction alone, and together with the executable ones that wait.</summary>
    public static ValidationResult CheckAccount(PooledTransaction transaction, SenderQueue queue)
    {
        Account account = queue.Account;
        if (transaction.Nonce < account.Nonce)
            return ValidationResult.Fail(ChainError.NonceTooLow, $"The transaction's nonce is {transaction.Nonce}, the account's {account.Nonce}.");

        if (!TransactionRules.TryGetUpFrontCost(transaction.Content, out UInt256 cost) || account.Balance < cost)
            return InsufficientFunds($"The account {queue.Sender} has {account.Balance} wei and needs {cost}.");

        bool replaces = transaction.Nonce < queue.NextNonce;
        BigInteger needed = queue.ExecutableCost + cost - (replaces ? queue.Find(transaction.Nonce)!.Cost : UInt256.Zero);
        return account.Balance < needed
            ? InsufficientFunds($"The account {queue.Sender} has {account.Balance} wei and needs {needed} with its executable transactions that wait.")
            : ValidationResult.Valid;
    }

    /// <summary>Checks that a transaction pays enough for the place of one of its nonce, or that one more of its sender may wait behind a gap.</summary>
    public static ValidationResult CheckPlace(PooledTransaction transaction, SenderQueue queue, int maxQueued)
    {
        if (queue.Find(transaction.Nonce) is { } present)
        {
            return Replaces(transaction.Content, present.Content)
                ? ValidationResult.Valid
                : ValidationResult.Fail(
                    ChainError.ReplacementUnderpriced,
                    $"A transaction of nonce {present.Nonce} waits with a highest price of {present.Content.MaxFeePerGas} wei and a tip of "
                    + $"{present.Content.MaxPriorityFeePerGas}; a replacement pays {PriceBumpPercent} % more of both, "
                    + $"not {transaction.Content.MaxFeePerGas} and {transaction.Content.MaxPriorityFeePerGas}.");
        }

        return transaction.Nonce > queue.NextNonce && queue.QueuedCount >= maxQueued
            ? ValidationResult.Fail(
                ChainError.AccountLimitExceeded,
                $"{queue.QueuedCount} transactions of {queue.Sender} wait behind nonce {queue.NextNonce}, which is missing; the pool takes {maxQueued}.")
            : ValidationResult.Valid;
    }

    private static bool Replaces(UnsignedTransaction offered, UnsignedTransaction present) =>
        IsBumped(offered.MaxFeePerGas, present.MaxFeePerGas) && IsBumped(offered.MaxPriorityFeePerGas, present.MaxPriorityFeePerGas);

    // The threshold is rounded down, as in Geth; of prices of a few wei, one wei more is then enough.
    private static bool IsBumped(UInt256 offered, UInt256 present) =>
        offered > present && offered >= (BigInteger)present * (100 + PriceBumpPercent) / 100;

    private static ValidationResult InsufficientFunds(string message) => ValidationResult.Fail(ChainError.InsufficientFunds, message);
}
