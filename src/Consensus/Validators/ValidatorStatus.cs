using DerChain.Chain.Engine;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Validators;

/// <summary>What a validator does, and why it does not seal where it does not.</summary>
/// <param name="Seal">What it may do about the next block.</param>
/// <param name="ActiveAuthorities">Authorities, itself included, that it has heard of lately.</param>
/// <param name="NeededAuthorities">Authorities without which the chain cannot go on: floor(N / 2) + 1.</param>
/// <param name="IsCatchingUp">True while it fetches blocks that others have; it does not seal meanwhile.</param>
/// <param name="Conflict">A better head on a branch that leaves the final block, which an operator must decide on; null where there is none.</param>
public sealed record ValidatorStatus(
    SealStatus Seal, int ActiveAuthorities, int NeededAuthorities, bool IsCatchingUp, BlockReference? Conflict);
