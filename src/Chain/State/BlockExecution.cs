using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.State;

/// <summary>Execution of a block's transactions one after the other: the same steps for the sealer that chooses them and for the validator that checks them.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class BlockExecution(WorldState state, BlockContext context, ITransactionRule? rule, TransactionRuleState? ruleState)
{
    private readonly ImmutableArray<Receipt>.Builder _receipts = ImmutableArray.CreateBuilder<Receipt>();
    private readonly List<TrieNode> _newNodes = [];

    /// <summary>Gas used so far.</summary>
    public ulong GasUsed { get; private set; }

    /// <summary>State of the transaction rule after the transactions so far; null where there is no rule.</summary>
    public TransactionRuleState? RuleState { get; private set; } = ruleState;

    /// <summary>Nodes of the state trie that are new, known once <see cref="ComputeStateRoot"/> was called.</summary>
    public IReadOnlyList<TrieNode> NewNodes => _newNodes;

    /// <summary>Executes a transaction, or changes nothing and tells which rule it breaks.</summary>
    public ValidationResult Apply(Transaction transaction, Address sender)
    {
        ValidationResult result = TransactionRules.Check(transaction, context.Spec, context.Number);
        if (!result.IsValid)
            return result;

        UnsignedTransaction content = transaction.Content;
        TransactionRuleResult? verdict = rule?.Apply(RuleState!, context.UnixSeconds, sender, content.To!.Value, content.Data.Span);
        if (verdict?.Violation is { } violation)
            return ValidationResult.Fail(ChainError.ForbiddenByRule, violation);

        result = StateTransition.Apply(state, context, GasUsed, content, sender, out ulong gasUsed);
        if (!result.IsValid)
            return result;

        GasUsed += gasUsed;
        RuleState = verdict?.Next ?? RuleState;
        Hash256? intermediateRoot = context.Spec.IsByzantium(context.Number) ? null : ComputeStateRoot();
        UInt256 price = GasRules.EffectiveGasPrice(content, context.BaseFeePerGas);
        _receipts.Add(new Receipt(content.Type, GasUsed, intermediateRoot, gasUsed, price));
        return ValidationResult.Valid;
    }

    /// <summary>The state root after the transactions so far.</summary>
    public Hash256 ComputeStateRoot() => state.ComputeRoot(context.Spec.IsEip158(context.Number), _newNodes);

    /// <summary>The receipts so far.</summary>
    public ImmutableArray<Receipt> Receipts() => _receipts.ToImmutable();
}
