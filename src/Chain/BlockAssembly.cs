using System.Collections.Immutable;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;

namespace DerChain.Chain;

/// <summary>Choice of the transactions of a new block.</summary>
internal static class BlockAssembly
{
    /// <summary>Executes candidates in order until the gas target is reached, and gives those that were executed.</summary>
    public static ImmutableArray<Transaction> Choose(BlockExecution execution, IEnumerable<RecoveredTransaction> candidates, ulong gasTarget)
    {
        var chosen = ImmutableArray.CreateBuilder<Transaction>();
        foreach (RecoveredTransaction candidate in candidates)
        {
            if (execution.GasUsed + GasRules.TransactionGas > gasTarget)
                break;

            bool fits = candidate.Transaction.Content.GasLimit <= gasTarget - execution.GasUsed || chosen.Count == 0;
            if (fits && execution.Apply(candidate.Transaction, candidate.Sender).IsValid)
                chosen.Add(candidate.Transaction);
        }

        return chosen.ToImmutable();
    }
}
