using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Consensus.Clique;

/// <summary>Follows a row of headers without a chain, and judges them by the rules that can be judged from them and from what the caller trusts.</summary>
/// <remarks>
/// Judged are shape, links, times, checkpoints, seals, turns, and who sealed lately among the headers followed (docs/spec/evidence.md, EVD-10). Not
/// judged are gas and roots, which need the blocks, and what the first headers' signers had sealed before. Nothing here reads a clock.
/// </remarks>
/// <threadsafety>Single owner.</threadsafety>
public sealed class HeaderWalk
{
    private readonly CliqueParameters _parameters;
    private readonly ImmutableArray<Address> _authorities;
    private readonly KnownKeys _keys = new();
    private CliqueSnapshot? _snapshot;
    private BlockHeader? _last;
    private Hash256 _lastHash;
    private bool _areVotesKnown;

    private HeaderWalk(ImmutableArray<Address> authorities, CliqueParameters parameters)
    {
        _authorities = authorities;
        _parameters = parameters;
    }

    /// <summary>True where a header that was followed votes, and votes from before the walk may stand: the authorities may have changed, and what comes after
    /// it cannot be judged. A walk that starts at a checkpoint, where all votes are dropped, knows every vote.</summary>
    public bool MayHaveChanged { get; private set; }

    /// <summary>Who may seal the next header; before the first its number is not known, and stands as 0.</summary>
    public CliqueSnapshot Snapshot => _snapshot ?? SnapshotBefore(1);

    /// <summary>A walk from a set of authorities.</summary>
    /// <param name="authorities">Those that may seal the first header to be followed; in any order.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <exception cref="ArgumentException">No authority is given, or one twice.</exception>
    public static HeaderWalk FromAuthorities(IEnumerable<Address> authorities, CliqueParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        ArgumentNullException.ThrowIfNull(parameters);
        ImmutableArray<Address> signers = [.. authorities.Order()];
        return signers.IsEmpty || signers.Distinct().Count() != signers.Length
            ? throw new ArgumentException("At least one authority is given, and each once.", nameof(authorities))
            : new HeaderWalk(signers, parameters);
    }

    /// <summary>A walk from a checkpoint, or genesis, that the caller trusts: it lists the authorities.</summary>
    /// <param name="checkpoint">Header of the checkpoint; the next to be followed is its child.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="walk">The walk, or null where the result is not valid.</param>
    /// <returns>Valid, or why the header is no checkpoint of the network.</returns>
    public static ValidationResult TryFromCheckpoint(BlockHeader checkpoint, CliqueParameters parameters, out HeaderWalk? walk)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(parameters);
        walk = null;
        if (!parameters.IsCheckpoint(checkpoint.Number))
            return ValidationResult.Fail(CliqueError.CheckpointMismatch, $"Block {checkpoint.Number} is no checkpoint of an epoch of {parameters.EpochLength}.");

        // Every checkpoint lists its signers as genesis does.
        ValidationResult result = CliqueRules.CheckGenesis(checkpoint);
        if (!result.IsValid)
            return result;

        walk = new HeaderWalk([], parameters)
        {
            _snapshot = CliqueSnapshot.AtGenesis(checkpoint),
            _last = checkpoint,
            _lastHash = checkpoint.ComputeHash(),
            _areVotesKnown = true,
        };
        return result;
    }

    /// <summary>Follows the next header.</summary>
    /// <param name="header">The header, whatever it may be.</param>
    /// <param name="signer">Who sealed it; null where it is genesis, which nobody seals, or where the result is not valid.</param>
    /// <returns>Valid, or the first rule that is broken; the walk then stands where it stood.</returns>
    public ValidationResult Follow(BlockHeader header, out Address? signer)
    {
        ArgumentNullException.ThrowIfNull(header);
        signer = null;
        ValidationResult result = CliqueRules.CheckShape(header, ulong.MaxValue, _parameters);
        if (!result.IsValid)
            return result;

        if (header.Number == 0)
            return StartAt(header);

        // No chain is as long, and beyond it numbers of later blocks could not be reckoned.
        if (header.Number > long.MaxValue)
            return ValidationResult.Fail(ChainError.WrongNumber, $"The number is {header.Number}, above 2^63 - 1.");

        Hash256 hash = header.ComputeHash();
        result = CheckLink(header);
        if (!result.IsValid)
            return result;

        CliqueSnapshot before = _snapshot ?? SnapshotBefore(header.Number);
        Address? author = CliqueRules.SignerOf(header, _keys, before);
        result = CliqueRules.CheckSeal(header, before, author, _parameters);
        if (!result.IsValid)
            return result;

        SnapshotTransition.TryApply(before, header, author!.Value, _parameters, out _snapshot);
        _areVotesKnown |= _parameters.IsCheckpoint(header.Number);
        MayHaveChanged |= !_areVotesKnown && Votes(header);
        (_last, _lastHash, signer) = (header, hash, author);
        return ValidationResult.Valid;
    }

    private CliqueSnapshot SnapshotBefore(ulong number) => new(number - 1, _authorities, [], [], ImmutableSortedDictionary<Address, Tally>.Empty);

    // A block that casts no vote looks at the votes on the zero address all the same; nobody holds its key, and so it seals nothing.
    private static bool Votes(BlockHeader header) => !header.Beneficiary.IsZero || header.Nonce == CliqueSnapshot.NonceAuthorize;

    private ValidationResult StartAt(BlockHeader genesis)
    {
        ValidationResult result = _last is null ? CliqueRules.CheckGenesis(genesis) : Unlinked(genesis);
        if (!result.IsValid)
            return result;

        CliqueSnapshot snapshot = CliqueSnapshot.AtGenesis(genesis);
        if (!snapshot.Signers.SequenceEqual(_authorities))
            return ValidationResult.Fail(CliqueError.MismatchingCheckpointSigners, "The signers of genesis are not the authorities that were given.");

        (_snapshot, _last, _lastHash, _areVotesKnown) = (snapshot, genesis, genesis.ComputeHash(), true);
        return ValidationResult.Valid;
    }

    private ValidationResult CheckLink(BlockHeader header)
    {
        if (_last is null)
            return ValidationResult.Valid;

        return header.ParentHash == _lastHash ? CliqueRules.CheckLink(header, _last, _parameters) : Unlinked(header);
    }

    private ValidationResult Unlinked(BlockHeader header) => ValidationResult.Fail(
        ChainError.UnknownParent, $"Block {header.Number} does not follow {_lastHash}; its parent is {header.ParentHash}.");
}
