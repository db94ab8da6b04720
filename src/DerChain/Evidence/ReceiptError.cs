namespace DerChain.Evidence;

/// <summary>Why a receipt cannot be made, or proves nothing (docs/spec/evidence.md, 1).</summary>
public enum ReceiptError
{
    /// <summary>The bytes are more than the largest receipt, or a part of it is.</summary>
    TooLarge = 1,

    /// <summary>The bytes do not begin as a receipt does.</summary>
    NotAReceipt = 2,

    /// <summary>The receipt is of another version of the format.</summary>
    VersionUnknown = 3,

    /// <summary>What follows the version is not the one encoding of a receipt.</summary>
    Malformed = 4,

    /// <summary>Bytes follow the receipt.</summary>
    TrailingBytes = 5,

    /// <summary>The headers are not a row in which each is the parent of the next.</summary>
    HeadersNotLinked = 6,

    /// <summary>The transaction is not in the block whose header the receipt carries.</summary>
    TransactionNotProven = 7,

    /// <summary>It is not shown that the transaction was executed and did not fail.</summary>
    ExecutionNotProven = 8,

    /// <summary>The transaction's signature recovers to nobody.</summary>
    SenderUnknown = 9,

    /// <summary>The transaction is for another chain than the trusted one, or names none.</summary>
    WrongChain = 10,

    /// <summary>No header of the receipt is the one that is trusted.</summary>
    HeaderNotTrusted = 11,

    /// <summary>A header breaks a rule of Clique, most often because no authority sealed it.</summary>
    HeaderRefused = 12,

    /// <summary>A header votes, and votes cast before the receipt begins are not known: the authorities may have changed. A receipt that begins at a checkpoint
    /// shows it.</summary>
    AuthoritiesUncertain = 13,

    /// <summary>Not more than half of the authorities have sealed on the block, itself included.</summary>
    NotFinal = 14,

    /// <summary>The receipt proves a leaf, and the transaction's record commits to no leaves.</summary>
    NoLeaves = 15,

    /// <summary>The leaf is not among those that the transaction's record commits to.</summary>
    LeafNotProven = 16,

    /// <summary>The chain holds no such transaction.</summary>
    TransactionUnknown = 17,
}
