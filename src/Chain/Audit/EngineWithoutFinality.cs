using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Audit;

/// <summary>The engine for an audit, which verifies side branches after the canonical chain: they were valid before a block above their fork was final.</summary>
internal sealed class EngineWithoutFinality(IConsensusEngine engine) : IConsensusEngine
{
    /// <inheritdoc/>
    public ValidationResult VerifyGenesis(BlockHeader genesis) => engine.VerifyGenesis(genesis);

    /// <inheritdoc/>
    public ValidationResult VerifyHeader(BlockHeader header, BlockHeader parent, ulong nowUnixSeconds, HeaderLookup headers) =>
        engine.VerifyHeader(header, parent, nowUnixSeconds, headers);

    /// <inheritdoc/>
    public Address GetAuthor(BlockHeader header) => engine.GetAuthor(header);

    /// <inheritdoc/>
    public int CompareHeads(HeadCandidate left, HeadCandidate right, HeaderLookup headers) => engine.CompareHeads(left, right, headers);

    /// <inheritdoc/>
    public BlockReference? FinalizedAncestor(HeadCandidate head, HeaderLookup headers) => null;

    /// <inheritdoc/>
    public byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers) => engine.NoteAfter(header, hash, headers);
}
