using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Pool;

/// <summary>A transaction that waits in the pool.</summary>
/// <param name="recovered">The transaction and its sender.</param>
/// <param name="arrival">Its place in the order of arrival; no two have the same.</param>
internal sealed class PooledTransaction(RecoveredTransaction recovered, long arrival)
{
    public RecoveredTransaction Recovered { get; } = recovered;

    public long Arrival { get; } = arrival;

    public UnsignedTransaction Content => Recovered.Transaction.Content;

    public Hash256 Hash => Recovered.Transaction.Hash;

    public ulong Nonce => Content.Nonce;

    public int Bytes => Recovered.Transaction.Encoded.Length;

    /// <summary>What the sender must own for it, in wei; the highest number where that exceeds 256 bits.</summary>
    public UInt256 Cost { get; } = TransactionRules.TryGetUpFrontCost(recovered.Transaction.Content, out UInt256 cost) ? cost : UInt256.MaxValue;
}
