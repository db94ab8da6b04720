using DerChain.Chain.Blocks;

namespace DerChain.Consensus.Validators.Protocol;

/// <summary>What a message may hold. Who sends more is disconnected.</summary>
internal static class MessageLimits
{
    /// <summary>Longest message: one of the largest block.</summary>
    public const int Bytes = Block.MaxEncodedBytes + 1024;

    /// <summary>Transactions in a message: what a validator verifies in about 50 ms.</summary>
    public const int Transactions = 256;

    /// <summary>Bytes of transactions that this node puts into one message, unless a single one is longer.</summary>
    public const int TransactionBytes = 256 * 1024;

    /// <summary>Headers in a reply: what a validator verifies in about 25 ms.</summary>
    public const int Headers = 128;

    /// <summary>Hashes in a locator: enough for 2^60 blocks.</summary>
    public const int Locator = 80;

    /// <summary>Blocks in a request.</summary>
    public const int Blocks = 64;

    /// <summary>Bytes of blocks after which a reply ends; it holds one block at least.</summary>
    public const int ReplyBytes = 2 * 1024 * 1024;
}
