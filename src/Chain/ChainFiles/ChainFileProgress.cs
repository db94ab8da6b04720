namespace DerChain.Chain.ChainFiles;

/// <summary>How far an import or export of a chain file has come.</summary>
/// <param name="Blocks">Blocks written, or imported: those that were stored before, and the genesis block, do not count.</param>
/// <param name="Transactions">Transactions in them.</param>
/// <param name="BlockNumber">Number of the block that was read or written last.</param>
public sealed record ChainFileProgress(long Blocks, long Transactions, ulong BlockNumber);
