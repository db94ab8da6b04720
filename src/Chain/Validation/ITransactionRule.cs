using DerChain.Chain.Primitives;

namespace DerChain.Chain.Validation;

/// <summary>A rule of the consortium on top of Ethereum's: which transactions the ledger admits. Consulted when a transaction enters the pool and
/// when a block is built or imported, so that a sealer cannot include what the consortium forbids.</summary>
/// <remarks>
/// A pure fold: the verdict and the next state depend on the arguments alone. The state is an immutable value; the chain keeps one per block hash,
/// so side branches and reorganisations each see their own.
/// </remarks>
public interface ITransactionRule
{
    /// <summary>Name, version and parameters of the rule. A store made under another identity is refused.</summary>
    string Identity { get; }

    /// <summary>The state before the first transaction of the chain.</summary>
    TransactionRuleState InitialState { get; }

    /// <summary>Judges one transaction and, where it is admitted, gives the state after it.</summary>
    /// <param name="state">State before the transaction.</param>
    /// <param name="unixSeconds">Timestamp of the block that holds it, seconds; in the pool, of the earliest block that could.</param>
    /// <param name="sender">Account that signed it.</param>
    /// <param name="recipient">Account it is sent to.</param>
    /// <param name="payload">Its input data.</param>
    TransactionRuleResult Apply(TransactionRuleState state, ulong unixSeconds, Address sender, Address recipient, ReadOnlySpan<byte> payload);

    /// <summary>Reads a state that <see cref="TransactionRuleState.Encode"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not a state of this rule.</exception>
    TransactionRuleState DecodeState(ReadOnlySpan<byte> bytes);
}

/// <summary>State of an <see cref="ITransactionRule"/> after some block.</summary>
/// <threadsafety>Immutable.</threadsafety>
public abstract class TransactionRuleState
{
    /// <summary>The state's one canonical encoding: equal states give equal bytes.</summary>
    public abstract byte[] Encode();
}

/// <summary>Verdict of an <see cref="ITransactionRule"/> on one transaction.</summary>
public readonly struct TransactionRuleResult
{
    private TransactionRuleResult(TransactionRuleState? next, string? violation)
    {
        Next = next;
        Violation = violation;
    }

    /// <summary>The state after the transaction, or null where it is forbidden.</summary>
    public TransactionRuleState? Next { get; }

    /// <summary>The rule broken and the offending values, in one sentence; null where the transaction is admitted.</summary>
    public string? Violation { get; }

    /// <summary>The transaction is admitted.</summary>
    public static TransactionRuleResult Admit(TransactionRuleState next) => new(next, null);

    /// <summary>The transaction is forbidden.</summary>
    public static TransactionRuleResult Forbid(string violation) => new(null, violation);
}
