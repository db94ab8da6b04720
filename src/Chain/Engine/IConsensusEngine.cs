using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Engine;

/// <summary>Finds the header of a block by its hash, on any branch; null where it is not stored.</summary>
public delegate BlockHeader? HeaderLookup(Hash256 hash);

/// <summary>The head of a branch, as fork choice sees it.</summary>
/// <param name="Header">The header.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="TotalDifficulty">Sum of the difficulties from genesis to this header.</param>
public sealed record HeadCandidate(BlockHeader Header, Hash256 Hash, UInt256 TotalDifficulty);

/// <summary>A block by number and hash.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash.</param>
public readonly record struct BlockReference(ulong Number, Hash256 Hash);

/// <summary>What the ledger asks of a consensus engine. Seals are made elsewhere: the ledger only judges them.</summary>
/// <remarks>Verdicts depend on the arguments and on headers alone. Implementations may cache; they are called from several threads.</remarks>
public interface IConsensusEngine
{
    /// <summary>Judges the header of block 0.</summary>
    ValidationResult VerifyGenesis(BlockHeader genesis);

    /// <summary>Judges a header on its parent: the engine's own rules, and <see cref="HeaderRules"/> where its order of evaluation has them.</summary>
    /// <param name="header">The header.</param>
    /// <param name="parent">Its parent, already judged.</param>
    /// <param name="nowUnixSeconds">The clock. A header ahead of it is <see cref="ChainError.FutureBlock"/>.</param>
    /// <param name="headers">Finds the parent's ancestors.</param>
    ValidationResult VerifyHeader(BlockHeader header, BlockHeader parent, ulong nowUnixSeconds, HeaderLookup headers);

    /// <summary>The account that receives the fees of a block: under Clique its signer. For a header that was judged valid.</summary>
    Address GetAuthor(BlockHeader header);

    /// <summary>Compares two heads: negative where <paramref name="left"/> is the better one, positive where <paramref name="right"/> is, 0 only for the same head.</summary>
    int CompareHeads(HeadCandidate left, HeadCandidate right, HeaderLookup headers);

    /// <summary>The newest block of the branch that ends in <paramref name="head"/> which the seals on this branch make final: no reorganisation may
    /// leave it. Null where they make none final but genesis.</summary>
    /// <param name="head">The head; it need not be stored yet.</param>
    /// <param name="headers">Finds its ancestors.</param>
    /// <returns>The head or an ancestor of it.</returns>
    BlockReference? FinalizedAncestor(HeadCandidate head, HeaderLookup headers);

    /// <summary>What the engine wants to find again of a block when the chain is opened again: the chain stores it together with the block, and
    /// <see cref="EngineNote.Read"/> gives it back. A pure function of headers, so that an audit can compare it.</summary>
    /// <param name="header">The header of a block of any branch, block 0 included, judged valid; it need not be stored yet.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="headers">Finds its ancestors.</param>
    /// <returns>At most some KiB; null, as for most blocks, for no note.</returns>
    byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers);
}
