using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Consensus.Clique;

/// <summary>The header rules of Clique in Geth's order of evaluation (docs/spec/clique.md, 1): shape, parent, seal. Pure functions of their arguments.</summary>
internal static class CliqueRules
{
    /// <summary>Difficulty of a block: 2 where it is the signer's turn, else 1.</summary>
    public static ulong DifficultyOf(CliqueSnapshot parentSnapshot, ulong number, Address signer) =>
        parentSnapshot.IsInTurn(number, signer) ? CliqueEngine.InTurnDifficulty : CliqueEngine.OutOfTurnDifficulty;

    /// <summary>What the header shows by itself (CLQ-01 to CLQ-08).</summary>
    public static ValidationResult CheckShape(BlockHeader header, ulong nowUnixSeconds, CliqueParameters parameters)
    {
        if (header.Timestamp > nowUnixSeconds)
            return ValidationResult.Fail(ChainError.FutureBlock, $"The time is {header.Timestamp}; the clock says {nowUnixSeconds}.");

        bool isCheckpoint = parameters.IsCheckpoint(header.Number);
        ValidationResult result = CheckVote(header, isCheckpoint);
        if (!result.IsValid)
            return result;

        result = CheckExtraData(header, isCheckpoint);
        if (!result.IsValid)
            return result;

        if (!header.MixHash.IsZero)
            return Fail(CliqueError.NonZeroMixHash, $"The mix hash is {header.MixHash}, not zero.");

        if (header.OmmersHash != BlockHeader.EmptyOmmersHash)
            return Fail(CliqueError.NonEmptyOmmersHash, $"The ommers hash is {header.OmmersHash}, not that of an empty list.");

        bool isTurnDifficulty = header.Difficulty == CliqueEngine.InTurnDifficulty || header.Difficulty == CliqueEngine.OutOfTurnDifficulty;
        if (header.Number > 0 && !isTurnDifficulty)
            return Fail(CliqueError.InvalidDifficulty, $"The difficulty is {header.Difficulty}, neither 1 nor 2.");

        return header.GasLimit > long.MaxValue
            ? ValidationResult.Fail(ChainError.GasLimitOutOfBounds, $"The gas limit is {header.GasLimit}, above 2^63 - 1.")
            : ValidationResult.Valid;
    }

    /// <summary>What the parent asks for (CLQ-09 to CLQ-11).</summary>
    public static ValidationResult CheckParent(BlockHeader header, BlockHeader parent, ChainSpec spec, CliqueParameters parameters)
    {
        ValidationResult result = CheckLink(header, parent, parameters);
        return result.IsValid ? HeaderRules.CheckGas(header, parent, spec) : result;
    }

    /// <summary>What the parent asks for and the two headers alone show (CLQ-09, CLQ-10). That the parent has the hash which the header names is the caller's.</summary>
    public static ValidationResult CheckLink(BlockHeader header, BlockHeader parent, CliqueParameters parameters)
    {
        ValidationResult result = HeaderRules.CheckAncestry(header, parent, header.ParentHash);
        if (!result.IsValid)
            return result;

        if (header.Timestamp < parent.Timestamp || header.Timestamp - parent.Timestamp < parameters.PeriodSeconds)
        {
            return Fail(
                CliqueError.InvalidTimestamp,
                $"The time is {header.Timestamp}; the parent's is {parent.Timestamp} and the period {parameters.PeriodSeconds} s.");
        }

        return ValidationResult.Valid;
    }

    /// <summary>What the snapshot of the parent asks for (CLQ-12 to CLQ-18).</summary>
    /// <param name="header">The header.</param>
    /// <param name="snapshot">Snapshot of its parent.</param>
    /// <param name="signer">Account that the seal recovers to, or null.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="acceptHighS">Whether a seal's s may be above half the order.</param>
    public static ValidationResult CheckSeal(
        BlockHeader header, CliqueSnapshot snapshot, Address? signer, CliqueParameters parameters, bool acceptHighS = false)
    {
        if (parameters.IsCheckpoint(header.Number) && !CliqueExtraData.Signers(header.ExtraData.Span).SequenceEqual(snapshot.Signers))
            return Fail(CliqueError.MismatchingCheckpointSigners, "The checkpoint's signers are not those of the parent's snapshot.");

        if (signer is not { } author)
            return Fail(CliqueError.InvalidSeal, "The seal does not recover to a key.");

        if (!acceptHighS && !SealOf(header).IsLowS)
            return Fail(CliqueError.SealNotCanonical, "The seal's s is above half the order of the curve.");

        if (snapshot.Signers.IsEmpty)
            return Fail(CliqueError.NoAuthorities, "The last authority was voted out; nobody may seal.");

        if (!snapshot.IsSigner(author))
            return Fail(CliqueError.UnauthorizedSigner, $"{author} is not an authority.");

        if (snapshot.SignedRecently(header.Number, author) is { } until)
            return Fail(CliqueError.RecentlySigned, $"{author} sealed lately and may not seal again until block {until} has passed.");

        ulong expected = DifficultyOf(snapshot, header.Number, author);
        return header.Difficulty != expected
            ? Fail(CliqueError.WrongDifficulty, $"The difficulty is {header.Difficulty}; for {author} at block {header.Number} it is {expected}.")
            : ValidationResult.Valid;
    }

    /// <summary>A genesis lists at least one signer, each once, in any order (CLQ-19).</summary>
    public static ValidationResult CheckGenesis(BlockHeader genesis)
    {
        ValidationResult result = CheckExtraData(genesis, isCheckpoint: true);
        if (!result.IsValid)
            return result;

        ImmutableArray<Address> signers = CliqueExtraData.Signers(genesis.ExtraData.Span);
        return signers.IsEmpty || signers.Distinct().Count() != signers.Length
            ? Fail(CliqueError.InvalidGenesisSigners, "A genesis lists at least one signer, and each once.")
            : ValidationResult.Valid;
    }

    /// <summary>A block of the trusted checkpoint's number is the checkpoint (CLQ-33).</summary>
    public static ValidationResult CheckTrusted(BlockReference block, BlockReference? checkpoint) =>
        checkpoint is { } trusted && block.Number == trusted.Number && block.Hash != trusted.Hash
            ? Fail(CliqueError.CheckpointMismatch, $"Block {block.Number} is {block.Hash}; the trusted checkpoint is {trusted.Hash}.")
            : ValidationResult.Valid;

    /// <summary>The seal of a header whose extra data has room for it.</summary>
    public static Signature SealOf(BlockHeader header) => Signature.FromBytes(header.ExtraData.Span[^CliqueExtraData.SealLength..]);

    /// <summary>Account that the seal of a header, whose extra data has room for it, recovers to; null for none.</summary>
    /// <param name="header">The header.</param>
    /// <param name="keys">Keys of those who sealed before.</param>
    /// <param name="before">The snapshot before the block, where it is at hand: an in-turn block is likely its signer's, which is faster to verify.</param>
    public static Address? SignerOf(BlockHeader header, KnownKeys keys, CliqueSnapshot? before = null)
    {
        Signature seal = SealOf(header);
        bool mayBeInTurn = before is { Signers.IsEmpty: false } && header.Difficulty == CliqueEngine.InTurnDifficulty;
        Address? hint = mayBeInTurn ? before!.Signers[(int)(header.Number % (ulong)before.Signers.Length)] : null;
        return seal.RecoveryId > 1 ? null : seal.TryRecover(CliqueExtraData.SealHash(header), keys, hint)?.Address;
    }

    private static ValidationResult CheckVote(BlockHeader header, bool isCheckpoint)
    {
        if (isCheckpoint && !header.Beneficiary.IsZero)
            return Fail(CliqueError.CheckpointBeneficiary, $"The checkpoint votes on {header.Beneficiary}.");

        if (header.Nonce is not (CliqueSnapshot.NonceAuthorize or CliqueSnapshot.NonceDrop))
            return Fail(CliqueError.InvalidVote, $"The nonce is 0x{header.Nonce:x16}, neither all ones nor zero.");

        return isCheckpoint && header.Nonce != CliqueSnapshot.NonceDrop
            ? Fail(CliqueError.InvalidCheckpointVote, "The checkpoint's nonce is not zero.")
            : ValidationResult.Valid;
    }

    private static ValidationResult CheckExtraData(BlockHeader header, bool isCheckpoint)
    {
        int length = header.ExtraData.Length;
        if (length < CliqueExtraData.VanityLength)
            return Fail(CliqueError.MissingVanity, $"The extra data has {length} bytes, fewer than the {CliqueExtraData.VanityLength} of vanity.");

        int signerBytes = length - CliqueExtraData.VanityLength - CliqueExtraData.SealLength;
        if (signerBytes < 0)
            return Fail(CliqueError.MissingSeal, $"The extra data has {length} bytes and no room for a seal of {CliqueExtraData.SealLength}.");

        if (!isCheckpoint && signerBytes != 0)
            return Fail(CliqueError.ExtraSigners, $"The block is no checkpoint and has {signerBytes} bytes of signers.");

        return isCheckpoint && signerBytes % Address.Length != 0
            ? Fail(CliqueError.InvalidCheckpointSigners, $"{signerBytes} bytes of signers are not whole addresses.")
            : ValidationResult.Valid;
    }

    private static ValidationResult Fail(CliqueError error, string message) => ValidationResult.Fail(error, message);
}
