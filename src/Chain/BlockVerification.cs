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
        Block block, Blockchain.SenderLookup? knownSenders, int threads, out ImmutableArray<Address> senders)
    {
        senders = [];
        Hash256 root = BlockBody.TransactionsRoot(block.Transactions);
        if (root != block.Header.TransactionsRoot)
        {
            return ValidationResult.Fail(
                ChainError.WrongTransactionsRoot, $"The header's transactions root is {block.Header.TransactionsRoot}; the body gives {root}.");
        }

        var found = new Address?[block.Transactions.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, found.Length, options, index =>
        {
            Transaction transaction = block.Transactions[index];
            found[index] = knownSenders?.Invoke(transaction.Hash) ?? transaction.RecoverSender();
        });
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
}
