using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests;

/// <summary>Clique, and on top of it what an engine may say: a block is final once so many stand on it, and every block of some numbers has a note.</summary>
/// <param name="clique">Clique.</param>
/// <param name="finalDepth">How many blocks stand on a final one; 0 for no finality.</param>
/// <param name="noteInterval">Blocks whose number is a multiple have a note; 0 for none.</param>
internal sealed class TestEngine(CliqueEngine clique, int finalDepth = 0, ulong noteInterval = 0) : IConsensusEngine
{
    public ValidationResult VerifyGenesis(BlockHeader genesis) => clique.VerifyGenesis(genesis);

    public ValidationResult VerifyHeader(BlockHeader header, BlockHeader parent, ulong nowUnixSeconds, HeaderLookup headers) =>
        clique.VerifyHeader(header, parent, nowUnixSeconds, headers);

    public Address GetAuthor(BlockHeader header) => clique.GetAuthor(header);

    public int CompareHeads(HeadCandidate left, HeadCandidate right, HeaderLookup headers) => clique.CompareHeads(left, right, headers);

    public BlockReference? FinalizedAncestor(HeadCandidate head, HeaderLookup headers)
    {
        BlockHeader header = head.Header;
        Hash256 hash = head.Hash;
        for (int step = 0; step < finalDepth; step++)
        {
            if (header.Number == 0)
                return null;

            hash = header.ParentHash;
            header = headers(hash)!;
        }

        return finalDepth == 0 ? null : new BlockReference(header.Number, hash);
    }

    public byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers) =>
        noteInterval > 0 && header.Number % noteInterval == 0 ? NoteOf(header, header.Number == 0 ? null : headers(header.ParentHash)) : null;

    public static byte[] NoteOf(BlockHeader header, BlockHeader? parent) =>
        [(byte)header.Number, .. (parent?.ComputeHash() ?? Hash256.Zero).ToBytes()];
}
