using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.EndToEnd.Tests.Clique;

/// <summary>A consensus that is not Clique's: whoever is named as the beneficiary may write, and the longest chain is the best.</summary>
internal sealed class AnyoneEngine : IConsensusEngine
{
    public ValidationResult VerifyGenesis(BlockHeader genesis) => ValidationResult.Valid;

    public ValidationResult VerifyHeader(BlockHeader header, BlockHeader parent, ulong nowUnixSeconds, HeaderLookup headers) => ValidationResult.Valid;

    public Address GetAuthor(BlockHeader header) => header.Beneficiary;

    public int CompareHeads(HeadCandidate left, HeadCandidate right, HeaderLookup headers) => right.Header.Number.CompareTo(left.Header.Number);

    public BlockReference? FinalizedAncestor(HeadCandidate head, HeaderLookup headers) => null;

    public byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers) => null;
}
