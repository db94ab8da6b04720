using DerChain.Chain.Primitives;

namespace DerChain.Chain.Audit;

/// <summary>What an audit found broken first.</summary>
/// <param name="BlockNumber">The block; 0 for genesis and what belongs to no block.</param>
/// <param name="BlockHash">Its hash as the store names it; zero where it names none.</param>
/// <param name="Rule">The rule that is broken, or the kind of entry that was altered.</param>
/// <param name="Message">What was expected and found, in one sentence.</param>
public sealed record AuditFinding(ulong BlockNumber, Hash256 BlockHash, string Rule, string Message);

/// <summary>What an audit checked, and what it found.</summary>
/// <param name="Blocks">Blocks verified from genesis on, side branches included.</param>
/// <param name="Transactions">Transactions whose signature was recovered and whose rule was applied.</param>
/// <param name="Entries">Stored entries that were compared with what verification gives.</param>
/// <param name="HeadNumber">Height of the chain that was verified.</param>
/// <param name="HeadHash">Hash of the last block that was verified.</param>
/// <param name="StateRoot">State root after it.</param>
/// <param name="Finding">What is broken, or null where everything is as it was written.</param>
public sealed record AuditReport(
    ulong Blocks, long Transactions, long Entries, ulong HeadNumber, Hash256 HeadHash, Hash256 StateRoot, AuditFinding? Finding);

/// <summary>How far an audit has come.</summary>
/// <param name="BlockNumber">Block that was verified last.</param>
/// <param name="Transactions">Transactions so far.</param>
public sealed record AuditProgress(ulong BlockNumber, long Transactions);
