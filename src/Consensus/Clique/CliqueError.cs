namespace DerChain.Consensus.Clique;

/// <summary>Rules of Clique that a header can break (EIP-225), in the order in which they are judged. Geth's message for each is quoted.</summary>
public enum CliqueError
{
    /// <summary>A checkpoint carries a vote: "beneficiary in checkpoint block non-zero".</summary>
    CheckpointBeneficiary = 1,

    /// <summary>The nonce is neither all ones nor zero: "vote nonce not 0x00..0 or 0xff..f".</summary>
    InvalidVote = 2,

    /// <summary>A checkpoint's nonce is not zero: "vote nonce in checkpoint block non-zero".</summary>
    InvalidCheckpointVote = 3,

    /// <summary>Extra data is shorter than 32 bytes: "extra-data 32 byte vanity prefix missing".</summary>
    MissingVanity = 4,

    /// <summary>Extra data is shorter than 97 bytes: "extra-data 65 byte signature suffix missing".</summary>
    MissingSeal = 5,

    /// <summary>A block that is no checkpoint lists signers: "non-checkpoint block contains extra signer list".</summary>
    ExtraSigners = 6,

    /// <summary>A checkpoint's signer list is not whole addresses: "invalid signer list on checkpoint block".</summary>
    InvalidCheckpointSigners = 7,

    /// <summary>The mix hash is not zero: "non-zero mix digest".</summary>
    NonZeroMixHash = 8,

    /// <summary>The ommers hash is not that of an empty list: "non empty uncle hash".</summary>
    NonEmptyOmmersHash = 9,

    /// <summary>The difficulty is neither 1 nor 2: "invalid difficulty".</summary>
    InvalidDifficulty = 10,

    /// <summary>The time is below the parent's plus the period: "invalid timestamp".</summary>
    InvalidTimestamp = 11,

    /// <summary>A checkpoint's signer list is not that of the parent's snapshot: "mismatching signer list on checkpoint block".</summary>
    MismatchingCheckpointSigners = 12,

    /// <summary>The seal does not recover to a key: "recovery failed", "invalid signature recovery id".</summary>
    InvalidSeal = 13,

    /// <summary>The seal's s is above half the order of the curve: a second hash for the same content (docs/spec/clique.md, CLQ-14).</summary>
    SealNotCanonical = 14,

    /// <summary>The signer is not an authority: "unauthorized signer".</summary>
    UnauthorizedSigner = 15,

    /// <summary>The signer sealed one of the last floor(N/2) blocks: "recently signed".</summary>
    RecentlySigned = 16,

    /// <summary>The difficulty is not 2 in turn and 1 out of turn: "wrong difficulty".</summary>
    WrongDifficulty = 17,

    /// <summary>A genesis lists no signers, or one of them twice.</summary>
    InvalidGenesisSigners = 18,

    /// <summary>The last authority was voted out: nobody may seal.</summary>
    NoAuthorities = 19,

    /// <summary>A block of the trusted checkpoint's number has another hash (<see cref="CliqueEngineOptions.TrustedCheckpoint"/>).</summary>
    CheckpointMismatch = 20,
}
