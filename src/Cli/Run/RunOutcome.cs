using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Scenario;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

namespace DerChain.Cli.Run;

/// <summary>What a run of <c>derchain run</c> has to show: the day, its verdicts as they were read back from the chain, and the chain itself.</summary>
/// <param name="Day">The day that was recorded.</param>
/// <param name="Result">Verdicts, from the records on the chain alone.</param>
/// <param name="Totals">Settlement of the day.</param>
/// <param name="Registry">Participants and devices on the chain.</param>
/// <param name="Chain">The chain.</param>
internal sealed record RunOutcome(MarketDay Day, DayResult Result, DayTotals Totals, Registry Registry, ChainSummary Chain);

/// <summary>The chain of a run.</summary>
/// <param name="ChainId">Chain id (EIP-155).</param>
/// <param name="Seed">Seed of the keys.</param>
/// <param name="GenesisHash">Hash of block 0.</param>
/// <param name="HeadHash">Hash of the head.</param>
/// <param name="HeadNumber">Height.</param>
/// <param name="StateRoot">State root at the head.</param>
/// <param name="Validators">Each validator's account, and how many blocks it sealed.</param>
/// <param name="InTurnBlocks">Blocks that were sealed in turn.</param>
/// <param name="Transactions">Transactions on the chain.</param>
/// <param name="Records">Rows of records in them.</param>
/// <param name="PayloadBytes">Bytes of payload in them.</param>
/// <param name="GasUsed">Gas used in all blocks.</param>
/// <param name="StoreBytes">Size of one validator's store; null where it is in memory.</param>
/// <param name="RecordingSeconds">Wall-clock time that recording took; null where the day was on the chain before.</param>
/// <param name="VerificationSeconds">Wall-clock time that reading back and verifying took.</param>
internal sealed record ChainSummary(
    ulong ChainId,
    ulong Seed,
    Hash256 GenesisHash,
    Hash256 HeadHash,
    ulong HeadNumber,
    Hash256 StateRoot,
    ImmutableArray<SealerSummary> Validators,
    long InTurnBlocks,
    long Transactions,
    long Records,
    long PayloadBytes,
    ulong GasUsed,
    long? StoreBytes,
    double? RecordingSeconds,
    double VerificationSeconds);

/// <summary>A validator of a run.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Blocks">Blocks it sealed.</param>
internal sealed record SealerSummary(Address Account, long Blocks);
