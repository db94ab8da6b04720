using DerChain.Chain.Primitives;

namespace DerChain.Chain.Blocks;

/// <summary>What a consensus engine decides of a block before its transactions are chosen and it is sealed.</summary>
/// <param name="Author">Account that will seal the block and receives its fees.</param>
/// <param name="Timestamp">Time of the block in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Difficulty">Difficulty.</param>
/// <param name="Beneficiary">Under Clique the account voted on, else zero.</param>
/// <param name="Nonce">Under Clique the vote.</param>
/// <param name="ExtraData">Extra data with room for the seal.</param>
public sealed record BlockTemplate(
    Address Author, ulong Timestamp, UInt256 Difficulty, Address Beneficiary, ulong Nonce, ReadOnlyMemory<byte> ExtraData);
