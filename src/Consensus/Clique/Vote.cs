using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>A vote that counts: it stands in the snapshot until it is applied, withdrawn, or an epoch ends.</summary>
/// <param name="Signer">The authority that voted.</param>
/// <param name="Number">Number of the block that carried the vote.</param>
/// <param name="Account">The account voted on.</param>
/// <param name="Authorizes">True to admit the account, false to drop it.</param>
public readonly record struct Vote(Address Signer, ulong Number, Address Account, bool Authorizes);

/// <summary>Votes on one account.</summary>
/// <param name="Authorizes">Direction of the votes, fixed by the first.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct Tally(bool Authorizes, int Count);
