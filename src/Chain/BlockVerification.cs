using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain;

/// <summary>Verification of a block's body: what its header commits to is what its transactions give.</summary>
internal static class BlockVerification
{
    /// <summary>Checks the transactions root and finds the sender of each transaction, side by side on a bounded number of threads.</summary>
    public static ValidationResult RecoverSenders(
        Block block, Blockchain.SenderLookup? knownSenders, ParallelOptions parallelism, out ImmutableArray<Address> senders)
    {
        senders = [];
        Hash256 root = BlockBody.TransactionsRoot(block.Transactions);
        if (root != block.Header.TransactionsRoot)
        {
            return ValidationResult.Fail(
                ChainError.WrongTransactionsRoot, $"The header's transactions root is {block.Header.TransactionsRoot}; the body gives {root}.");
        }

        Address?[] found = [.. block.Transactions.Select(transaction => knownSenders?.Invoke(transaction.Hash))];
        Recover(block.Transactions, found, parallelism);
        int failed = Array.FindIndex(found, static sender => sender is null);
        if (failed >= 0)
        {
            return ValidationResult.Fail(
                ChainError.InvalidSignature, $"Transaction {failed} ({block.Transactions[failed].Hash}): the signature does not recover to a key.");
        }

        senders = ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(found, static sender => sender!.Value));
        return ValidationResult.Valid;
    }

    /// <summary>Executes the transactions and compares gas, receipts and state with the header.</summary>
    public static ValidationResult Execute(Block block, ImmutableArray<Address> senders, BlockExecution execution)
    {
        for (int index = 0; index < block.Transactions.Length; index++)
        {
            ValidationResult result = execution.Apply(block.Transactions[index], senders[index]);
            if (!result.IsValid)
                return ValidationResult.Fail(result.Error, $"Transaction {index} ({block.Transactions[index].Hash}): {result.Message}");
        }

        BlockHeader header = block.Header;
        if (execution.GasUsed != header.GasUsed)
            return ValidationResult.Fail(ChainError.WrongGasUsed, $"The header says {header.GasUsed} gas were used; execution uses {execution.GasUsed}.");

        if (!header.LogsBloom.IsEmpty)
            return ValidationResult.Fail(ChainError.WrongLogsBloom, "The header's logs bloom is not empty; without contracts there are no logs.");

        Hash256 receiptsRoot = BlockBody.ReceiptsRoot(execution.Receipts());
        if (receiptsRoot != header.ReceiptsRoot)
            return ValidationResult.Fail(ChainError.WrongReceiptsRoot, $"The header's receipts root is {header.ReceiptsRoot}; execution gives {receiptsRoot}.");

        Hash256 stateRoot = execution.ComputeStateRoot();
        return stateRoot == header.StateRoot
            ? ValidationResult.Valid
            : ValidationResult.Fail(ChainError.WrongStateRoot, $"The header's state root is {header.StateRoot}; execution gives {stateRoot}.");
    }

    // Finds those that are not known.
    private static void Recover(ImmutableArray<Transaction> transactions, Address?[] found, ParallelOptions parallelism)
    {
        int[] unknown = [.. Enumerable.Range(0, found.Length).Where(index => found[index] is null)];
        if (unknown.Length == found.Length)
        {
            SenderRecovery.Recover(transactions.AsMemory(), found, parallelism);
            return;
        }

        var recovered = new Address?[unknown.Length];
        SenderRecovery.Recover(Array.ConvertAll(unknown, index => transactions[index]), recovered, parallelism);
        for (int index = 0; index < unknown.Length; index++)
            found[unknown[index]] = recovered[index];
    }
}
