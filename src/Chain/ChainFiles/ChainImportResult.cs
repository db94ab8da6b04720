using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.ChainFiles;

/// <summary>Where an import stopped, and why.</summary>
/// <param name="Index">Place of the block in the file, from 0.</param>
/// <param name="Number">Number in the block's header; null where that cannot be read.</param>
/// <param name="Hash">Hash of the block's header; null where that cannot be read.</param>
/// <param name="Verdict">The rule that the block, or the file at this place, breaks.</param>
public sealed record BadBlock(long Index, ulong? Number, Hash256? Hash, ValidationResult Verdict);

/// <summary>What an import of a chain file did. All of it is durable.</summary>
/// <param name="Blocks">Blocks imported, side branches included; the genesis block does not count.</param>
/// <param name="Transactions">Transactions in them.</param>
/// <param name="KnownBlocks">Blocks that were stored before, the genesis block included; they were not verified again.</param>
/// <param name="Bad">The block that ended the import; null where the whole file was read.</param>
public sealed record ChainImportResult(long Blocks, long Transactions, long KnownBlocks, BadBlock? Bad);
