using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>What a validator may do about the next block.</summary>
public enum SealStatus
{
    /// <summary>It seals now.</summary>
    Sealing,

    /// <summary>It may seal once its time has come: the period is not over, or a signer nearer to its turn goes first.</summary>
    WaitingForTurn,

    /// <summary>It sealed one of the last floor(N / 2) blocks and must wait for others.</summary>
    SignedRecently,

    /// <summary>It is not an authority.</summary>
    NotAuthorized,

    /// <summary>The period is 0 and no transaction waits.</summary>
    NothingToSeal,

    /// <summary>Its key has sealed a block of the next height, or of a higher one, on a branch that was left: it seals the height again only after every other
    /// authority had a slot to do so.</summary>
    SealedBefore,

    /// <summary>Fewer authorities are active than the chain needs to go on.</summary>
    QuorumLost,

    /// <summary>The last authority was voted out: nobody may seal any more.</summary>
    NoAuthorities,

    /// <summary>A better head leaves the final block: an operator must decide before this validator seals again.</summary>
    FinalityConflict,

    /// <summary>A block of a height that this validator has sealed was sealed again with its key: another process uses the key. It seals no more until it
    /// is started again.</summary>
    KeyUsedElsewhere,
}

/// <summary>Decision of a validator about the next block.</summary>
/// <param name="Status">What it may do.</param>
/// <param name="AtUnixMilliseconds">When it may seal, where the status is <see cref="SealStatus.WaitingForTurn"/> or
/// <see cref="SealStatus.SealedBefore"/>, or 2^64 − 1 where that is later; else 0.</param>
/// <param name="UntilBlock">Which block must pass first, where the status is <see cref="SealStatus.SignedRecently"/> or
/// <see cref="SealStatus.SealedBefore"/>; else 0.</param>
public sealed record SealPlan(SealStatus Status, ulong AtUnixMilliseconds = 0, ulong UntilBlock = 0);

/// <summary>When a validator seals (docs/spec/clique.md, CLQ-28): in turn at once, out of turn after a wait that grows with the distance to its turn.
/// Local policy: no validator checks it of another.</summary>
internal static class SealPlanner
{
    /// <summary>Decides about the block after <paramref name="parent"/>.</summary>
    /// <param name="snapshot">Snapshot of the parent.</param>
    /// <param name="parent">Head of the chain.</param>
    /// <param name="self">The validator's account.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="slotMilliseconds">Wait for each place that others are nearer to their turn; no shorter than a block needs to reach everyone.</param>
    /// <param name="pendingSinceUnixMilliseconds">Since when a transaction waits; null where none does.</param>
    /// <param name="nowUnixMilliseconds">The clock.</param>
    public static SealPlan Plan(
        CliqueSnapshot snapshot,
        BlockHeader parent,
        Address self,
        CliqueParameters parameters,
        ulong slotMilliseconds,
        ulong? pendingSinceUnixMilliseconds,
        ulong nowUnixMilliseconds)
    {
        ulong number = parent.Number + 1;
        if (snapshot.Signers.IsEmpty)
            return new SealPlan(SealStatus.NoAuthorities);

        if (!snapshot.IsSigner(self))
            return new SealPlan(SealStatus.NotAuthorized);

        if (snapshot.SignedRecently(number, self) is { } until)
            return new SealPlan(SealStatus.SignedRecently, UntilBlock: until);

        if (parameters.PeriodSeconds == 0 && pendingSinceUnixMilliseconds is null)
            return new SealPlan(SealStatus.NothingToSeal);

        // A genesis may have any time, so the sum is made where it fits. A time that no clock shows is waited for without end.
        UInt128 earliest = ((UInt128)parent.Timestamp + parameters.PeriodSeconds) * 1000;
        ulong demandedAt = parameters.PeriodSeconds == 0 ? pendingSinceUnixMilliseconds.GetValueOrDefault() : 0;
        UInt128 at = UInt128.Max(earliest, demandedAt) + (UInt128)SlotsToWait(snapshot, parent, self) * slotMilliseconds;
        return at <= nowUnixMilliseconds
            ? new SealPlan(SealStatus.Sealing)
            : new SealPlan(SealStatus.WaitingForTurn, ulong.CreateSaturating(at));
    }

    // None in turn. Out of turn one for each signer that goes first, and one where the parent was sealed in the stead of a signer whose own block may only be
    // late: that block is the better one, and whoever has sealed on the other could not go there without leaving what two have sealed.
    private static ulong SlotsToWait(CliqueSnapshot snapshot, BlockHeader parent, Address self)
    {
        if (snapshot.IsInTurn(parent.Number + 1, self))
            return 0;

        bool isInTurnBlockLate = parent.Difficulty == CliqueEngine.OutOfTurnDifficulty && parent.Number > 0
            && !snapshot.RecentSigners.Contains(snapshot.Signers[(int)(parent.Number % (ulong)snapshot.Signers.Length)]);
        return Rank(snapshot, parent.Number + 1, self) + (isInTurnBlockLate ? 1UL : 0UL);
    }

    /// <summary>How many of the signers that may sign are nearer to their turn.</summary>
    public static ulong Rank(CliqueSnapshot snapshot, ulong number, Address self)
    {
        int count = snapshot.Signers.Length;
        ulong rank = 0;
        for (int distance = 0; distance < count; distance++)
        {
            Address signer = snapshot.Signers[(int)((number % (ulong)count + (ulong)distance) % (ulong)count)];
            if (signer == self)
                return rank;

            if (snapshot.SignedRecently(number, signer) is null)
                rank++;
        }

        return rank;
    }
}
