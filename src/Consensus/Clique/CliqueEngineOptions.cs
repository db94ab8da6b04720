using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>What an operator may tell the engine of a chain. The defaults are right for a new chain.</summary>
public sealed record CliqueEngineOptions
{
    /// <summary>Whether seals whose s is above half the order of the curve are valid: chains that Geth sealed may contain them (docs/spec/clique.md,
    /// CLQ-14). All validators of a chain must agree on it. Default: false.</summary>
    public bool AcceptHighS { get; init; }

    /// <summary>A block that the operator knows to be the chain's: another of its number is refused by <see cref="CliqueError.CheckpointMismatch"/>, and
    /// it is final once the chain has reached it. Headers that the store holds already are not judged again. Default: none.</summary>
    public BlockReference? TrustedCheckpoint { get; init; }

    /// <summary>Finds what <see cref="CliqueEngine.NoteAfter"/> gave for a block, or null; called from several threads. It saves replaying the headers
    /// from genesis after a start, and what it gives is believed: a note comes from the validator's own store, never from a peer. A note that is no
    /// canonical snapshot of the block's number is as good as none. Default: none.</summary>
    public Func<Hash256, byte[]?>? FindNote { get; init; }

    /// <summary>Room in bytes for the keys of signers and tables to verify their seals by, about 11 KB a signer; at least 0, for none. It changes no verdict.
    /// Default: 16 MiB.</summary>
    public long KnownKeyBytes { get; init; } = 16 * 1024 * 1024;
}
