namespace DerChain.Chain.Validation;

/// <summary>Rules of the ledger that a block, header or transaction can break. The values are stable. A consensus engine adds an enumeration of its own.</summary>
public enum ChainError
{
    /// <summary>The bytes are not the RLP of what they should be (Yellow Paper, appendix B).</summary>
    MalformedRlp = 100,

    /// <summary>The encoding is longer than the limit for its kind.</summary>
    TooLarge = 101,

    /// <summary>A transaction's type byte is not one the block's fork knows (EIP-2718).</summary>
    UnsupportedTransactionType = 102,

    /// <summary>The parent of the block is not in this chain's store.</summary>
    UnknownParent = 200,

    /// <summary>The number is not the parent's plus one.</summary>
    WrongNumber = 201,

    /// <summary>Gas used is above the gas limit.</summary>
    GasUsedAboveLimit = 202,

    /// <summary>The gas limit moves by 1/1024 of the parent's or more, or is below 5,000, or above 2^63 − 1 (Yellow Paper, equation 47).</summary>
    GasLimitOutOfBounds = 203,

    /// <summary>A base fee stands in a header before London, or is missing from London on (EIP-1559).</summary>
    BaseFeePresence = 204,

    /// <summary>The base fee is not the one that follows from the parent (EIP-1559).</summary>
    WrongBaseFee = 205,

    /// <summary>The header's ommers hash is not that of an empty list: this ledger has no ommers.</summary>
    OmmersNotEmpty = 206,

    /// <summary>The header is ahead of the clock: not yet valid, rather than invalid. It may be offered again at its time.</summary>
    FutureBlock = 207,

    /// <summary>The transactions root is not that of the body's transactions.</summary>
    WrongTransactionsRoot = 300,

    /// <summary>The receipts root is not that of the receipts that execution gives.</summary>
    WrongReceiptsRoot = 301,

    /// <summary>The state root is not the one that execution gives.</summary>
    WrongStateRoot = 302,

    /// <summary>Gas used is not the sum that execution gives.</summary>
    WrongGasUsed = 303,

    /// <summary>The logs bloom is not empty: without contracts there are no logs.</summary>
    WrongLogsBloom = 304,

    /// <summary>The signature does not recover to a key.</summary>
    InvalidSignature = 400,

    /// <summary>s is above n / 2 (EIP-2).</summary>
    HighS = 401,

    /// <summary>The transaction is for another chain (EIP-155).</summary>
    WrongChainId = 402,

    /// <summary>A legacy transaction without a chain id (EIP-155) where the chain does not allow it.</summary>
    UnprotectedTransaction = 403,

    /// <summary>The nonce is below the account's: the transaction was done already.</summary>
    NonceTooLow = 404,

    /// <summary>The nonce is above the account's: one before it is missing.</summary>
    NonceTooHigh = 405,

    /// <summary>The sender cannot pay value plus gas limit times the highest price.</summary>
    InsufficientFunds = 406,

    /// <summary>The gas limit is below the intrinsic gas (Yellow Paper, section 6.2; EIP-2028, EIP-2930).</summary>
    IntrinsicGasTooLow = 407,

    /// <summary>The gas limit is above what is left of the block's.</summary>
    BlockGasLimitReached = 408,

    /// <summary>The highest price is below the block's base fee (EIP-1559).</summary>
    MaxFeeBelowBaseFee = 409,

    /// <summary>The highest tip is above the highest price (EIP-1559).</summary>
    TipAboveMaxFee = 410,

    /// <summary>Contract creation: this ledger has no EVM.</summary>
    ContractCreationUnsupported = 411,

    /// <summary>The recipient has code or is a precompiled contract: this ledger has no EVM.</summary>
    ContractCallUnsupported = 412,

    /// <summary>The rule of the consortium forbids the transaction; the message says which (<see cref="ITransactionRule"/>).</summary>
    ForbiddenByRule = 413,

    /// <summary>The nonce is 2^64 − 1, which no account can pass (EIP-2681).</summary>
    NonceAtLimit = 414,

    /// <summary>A balance would exceed 256 bits.</summary>
    BalanceOverflow = 415,

    /// <summary>The sender has code: a contract signs nothing (EIP-3607).</summary>
    SenderIsContract = 416,

    /// <summary>The transaction is in the pool already. One that is on the chain is <see cref="NonceTooLow"/>, as in Geth.</summary>
    AlreadyKnown = 500,

    /// <summary>A transaction of the same sender and nonce is in the pool, and this one does not pay 10 % more of both prices.</summary>
    ReplacementUnderpriced = 501,

    /// <summary>The pool is full, and this transaction waits for one before it, while all others are executable.</summary>
    PoolFull = 502,

    /// <summary>The transaction's encoding is longer than the pool accepts.</summary>
    OversizedData = 503,

    /// <summary>The gas limit is above the block's.</summary>
    ExceedsBlockGasLimit = 504,

    /// <summary>The tip is below the pool's least, or the pool is full and this transaction pays no more than the worst in it.</summary>
    Underpriced = 505,

    /// <summary>As many transactions of the sender as the pool accepts wait behind a missing nonce already.</summary>
    AccountLimitExceeded = 506,

    /// <summary>A genesis file is not JSON, or one of its values is missing, of the wrong kind or out of range; the message names it.</summary>
    InvalidGenesis = 600,

    /// <summary>A genesis asks for a fork after Gray Glacier, the merge or the DAO fork; the message names the property.</summary>
    UnsupportedFork = 601,

    /// <summary>A fork is enabled before one that it builds on (Geth, <c>CheckConfigForkOrder</c>); the message names both.</summary>
    WrongForkOrder = 602,

    /// <summary>A genesis names no consensus engine that this project has: it has no <c>clique</c> section.</summary>
    UnsupportedEngine = 603,

    /// <summary>The header of a proof does not have the trusted hash.</summary>
    WrongProofHeader = 700,

    /// <summary>A node of a proof does not have the hash that the header or the node before it commits to.</summary>
    ProofNodeMismatch = 701,

    /// <summary>A node of a proof has the right hash, and is not one that a trie can hold (Yellow Paper, appendix D).</summary>
    ProofNodeMalformed = 702,

    /// <summary>The nodes of a proof end before one settles the key.</summary>
    ProofIncomplete = 703,

    /// <summary>Nodes of a proof follow the one that settles the key.</summary>
    ProofNotMinimal = 704,

    /// <summary>The nodes of a proof show that the block has no transaction of its index.</summary>
    IndexAbsent = 705,

    /// <summary>A receipt tells of a failure or of logs, which only a contract gives: this ledger has no EVM.</summary>
    UnsupportedReceipt = 706,
}
