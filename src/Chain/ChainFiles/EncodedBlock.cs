namespace DerChain.Chain.ChainFiles;

/// <summary>The bytes of one block of a chain file, not yet decoded.</summary>
/// <param name="Index">Place in the file: 0 for its first block, whatever that block's number is.</param>
/// <param name="Offset">Byte at which it begins, in what the file holds when it is decompressed.</param>
/// <param name="Bytes">The RLP of the block.</param>
public sealed record EncodedBlock(long Index, long Offset, ReadOnlyMemory<byte> Bytes);
