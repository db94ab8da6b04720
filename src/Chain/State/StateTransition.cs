using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.State;

/// <summary>Effect of one transaction on the accounts (Yellow Paper, section 6, without the EVM; EIP-1559 for the fees).</summary>
internal static class StateTransition
{
    /// <summary>Applies a transaction, or changes nothing and tells which rule it breaks.</summary>
    /// <param name="state">Accounts before; changed only where the result is valid.</param>
    /// <param name="context">The block.</param>
    /// <param name="gasUsedBefore">Gas used in the block so far.</param>
    /// <param name="transaction">The transaction, which keeps <see cref="TransactionRules.Check"/>.</param>
    /// <param name="sender">Account that signed it.</param>
    /// <param name="gasUsed">Gas it used.</param>
    public static ValidationResult Apply(
        WorldState state, BlockContext context, ulong gasUsedBefore, UnsignedTransaction transaction, Address sender, out ulong gasUsed)
    {
        gasUsed = GasRules.IntrinsicGas(transaction, context.Spec.IsIstanbul(context.Number));
        ValidationResult result = CheckAgainstState(state, context, gasUsedBefore, transaction, sender, gasUsed);
        if (!result.IsValid)
            return result;

        UInt256 price = GasRules.EffectiveGasPrice(transaction, context.BaseFeePerGas);
        UInt256 tip = (price - context.BaseFeePerGas) * gasUsed;
        Address recipient = transaction.To!.Value;
        UInt256 authorReceives = context.Author == recipient ? transaction.Value + tip : tip;
        if (!CanReceive(state, sender, recipient, transaction.Value) || !CanReceive(state, sender, context.Author, authorReceives))
            return ValidationResult.Fail(ChainError.BalanceOverflow, "The balance of the recipient or the sealer would exceed 256 bits.");

        Account before = state.Get(sender);
        state.Set(sender, before with { Nonce = before.Nonce + 1, Balance = before.Balance - transaction.Value - price * gasUsed });
        Credit(state, recipient, transaction.Value);
        Credit(state, context.Author, tip);
        return ValidationResult.Valid;
    }

    private static ValidationResult CheckAgainstState(
        WorldState state, BlockContext context, ulong gasUsedBefore, UnsignedTransaction transaction, Address sender, ulong intrinsicGas)
    {
        Account account = state.Get(sender);
        if (transaction.Nonce != account.Nonce)
        {
            return ValidationResult.Fail(
                transaction.Nonce < account.Nonce ? ChainError.NonceTooLow : ChainError.NonceTooHigh,
                $"The transaction's nonce is {transaction.Nonce}, the account's {account.Nonce}.");
        }

        if (account.HasCode)
            return ValidationResult.Fail(ChainError.SenderIsContract, $"The sender {sender} has code; a contract signs nothing.");

        if (transaction.MaxFeePerGas < context.BaseFeePerGas)
        {
            return ValidationResult.Fail(
                ChainError.MaxFeeBelowBaseFee, $"The highest price is {transaction.MaxFeePerGas} wei, the base fee {context.BaseFeePerGas}.");
        }

        if (!TransactionRules.TryGetUpFrontCost(transaction, out UInt256 cost) || account.Balance < cost)
            return ValidationResult.Fail(ChainError.InsufficientFunds, $"The account {sender} has {account.Balance} wei and needs {cost}.");

        if (transaction.GasLimit > context.GasLimit - gasUsedBefore)
        {
            return ValidationResult.Fail(
                ChainError.BlockGasLimitReached,
                $"The transaction asks for {transaction.GasLimit} gas; {context.GasLimit - gasUsedBefore} are left in the block.");
        }

        if (transaction.GasLimit < intrinsicGas)
        {
            return ValidationResult.Fail(
                ChainError.IntrinsicGasTooLow, $"The transaction needs {intrinsicGas} gas and allows {transaction.GasLimit}.");
        }

        return state.Get(transaction.To!.Value).HasCode
            ? ValidationResult.Fail(ChainError.ContractCallUnsupported, $"{transaction.To} is a contract; there is no EVM.")
            : ValidationResult.Valid;
    }

    private static bool CanReceive(WorldState state, Address sender, Address account, UInt256 amount) =>
        account == sender || UInt256.TryAdd(state.Get(account).Balance, amount, out _);

    private static void Credit(WorldState state, Address address, UInt256 amount)
    {
        Account account = state.Get(address);
        state.Set(address, account with { Balance = account.Balance + amount });
    }
}
