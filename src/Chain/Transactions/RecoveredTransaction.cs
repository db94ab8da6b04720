using DerChain.Chain.Primitives;

namespace DerChain.Chain.Transactions;

/// <summary>A transaction whose sender was recovered by the one who holds this value.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Sender">The account that signed it.</param>
public sealed record RecoveredTransaction(Transaction Transaction, Address Sender);
