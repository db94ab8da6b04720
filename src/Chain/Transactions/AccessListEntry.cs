using System.Collections.Immutable;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Transactions;

/// <summary>An account and storage slots that a transaction declares to touch (EIP-2930). They cost gas; without an EVM they have no other effect.</summary>
/// <param name="Account">The account.</param>
/// <param name="StorageKeys">Its slots, 32 bytes each; may be empty.</param>
public sealed record AccessListEntry(Address Account, ImmutableArray<Hash256> StorageKeys);
