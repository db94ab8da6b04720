using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Audit;

/// <summary>The engine for an audit, which verifies side branches after the canonical chain. Which block was final depends on the heads there have been, of
/// which a store does not tell: at the head it is the one that the store names, if it is on the chain, and before the head none is.</summary>
internal sealed class ReplayEngine(IConsensusEngine engine, IKeyValueStore audited) : IConsensusEngine
{
    private readonly Hash256? _head = HashAt(audited, ChainSchema.Head);
    private readonly Hash256? _final = HashAt(audited, ChainSchema.Finalized);

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
    public BlockReference? FinalizedAncestor(HeadCandidate head, HeaderLookup headers)
    {
        if (head.Hash != _head || _final is not { } final)
            return null;

        BlockHeader? header = final == head.Hash ? head.Header : headers(final);
        return header is null ? null : new BlockReference(header.Number, final);
    }

    /// <inheritdoc/>
    public byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers) => engine.NoteAfter(header, hash, headers);

    private static Hash256? HashAt(IKeyValueStore store, byte[] key) =>
        store.Get(key) is { Length: Hash256.Length } value ? Hash256.FromBytes(value) : null;
}
