namespace DerChain.Chain.ChainFiles;

/// <summary>Why bytes are not a chain file, or not one of this chain. What is wrong inside a block is told by the ledger's own errors.</summary>
public enum ChainFileError
{
    /// <summary>The file ends inside a block.</summary>
    Truncated = 1,

    /// <summary>Where a block should begin stands something else: its first byte is not that of an RLP list.</summary>
    NotABlock,

    /// <summary>A block's length is written longer than needed (Yellow Paper, appendix B).</summary>
    NonCanonicalLength,

    /// <summary>A block says it is longer than <see cref="Blocks.Block.MaxEncodedBytes"/>.</summary>
    TooLarge,

    /// <summary>The gzip data is cut short, damaged, or followed by other bytes (RFC 1952).</summary>
    DamagedGzip,

    /// <summary>Block 0 of the file is not the genesis block of the chain.</summary>
    OtherGenesis,
}
