using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Consensus.Clique;

/// <summary>Clique proof of authority (EIP-225) as the ledger's engine: the pure rules, and memory of signers and snapshots that only saves time.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
public sealed class CliqueEngine : IConsensusEngine
{
    /// <summary>Difficulty of a block whose signer's turn it is (EIP-225, DIFF_INTURN).</summary>
    public const ulong InTurnDifficulty = 2;

    /// <summary>Difficulty of a block that another signer sealed (EIP-225, DIFF_NOTURN).</summary>
    public const ulong OutOfTurnDifficulty = 1;

    private const int RememberedSigners = 4096;
    private const int RememberedSnapshots = 128;

    private readonly Lock _gate = new();
    private readonly ChainSpec _spec;
    private readonly RecentValues<Hash256, Address?> _signers = new(RememberedSigners);
    private readonly RecentValues<Hash256, CliqueSnapshot> _snapshots = new(RememberedSnapshots);

    /// <summary>An engine for a chain.</summary>
    /// <exception cref="ArgumentException">The epoch is 0.</exception>
    public CliqueEngine(ChainSpec spec)
    {
        Parameters = CliqueParameters.From(spec);
        _spec = spec;
    }

    /// <summary>Period and epoch.</summary>
    public CliqueParameters Parameters { get; }

    /// <inheritdoc/>
    public ValidationResult VerifyGenesis(BlockHeader genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        return CliqueRules.CheckGenesis(genesis);
    }

    /// <inheritdoc/>
    public ValidationResult VerifyHeader(BlockHeader header, BlockHeader parent, ulong nowUnixSeconds, HeaderLookup headers)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(headers);
        ValidationResult result = CliqueRules.CheckShape(header, nowUnixSeconds, Parameters);
        if (result.IsValid)
            result = CliqueRules.CheckParent(header, parent, _spec, Parameters);

        if (!result.IsValid)
            return result;

        CliqueSnapshot snapshot = SnapshotAt(parent, header.ParentHash, headers);
        return CliqueRules.CheckSeal(header, snapshot, RecoverSigner(header, header.ComputeHash()), Parameters);
    }

    /// <inheritdoc/>
    public Address GetAuthor(BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return RecoverSigner(header, header.ComputeHash()) ?? throw new ArgumentException("The header's seal does not recover to a key.", nameof(header));
    }

    /// <inheritdoc/>
    public int CompareHeads(HeadCandidate left, HeadCandidate right, HeaderLookup headers)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(headers);
        return ForkChoice.Compare(left, SinceTurn(left, headers), right, SinceTurn(right, headers));
    }

    /// <inheritdoc/>
    /// <remarks>EIP-225 has no finality: null.</remarks>
    public BlockReference? FinalizedAncestor(HeadCandidate head, HeaderLookup headers) => null;

    /// <inheritdoc/>
    /// <remarks>Snapshots are computed again from the last checkpoint: null.</remarks>
    public byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers) => null;

    /// <summary>Who may seal after a block.</summary>
    /// <param name="header">Header of the block, on any branch.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="headers">Finds its ancestors.</param>
    public CliqueSnapshot SnapshotAt(BlockHeader header, Hash256 hash, HeaderLookup headers)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(headers);
        var missing = new Stack<(BlockHeader Header, Hash256 Hash)>();
        CliqueSnapshot? snapshot;
        while (!TryRecall(hash, out snapshot))
        {
            if (header.Number == 0)
            {
                snapshot = CliqueSnapshot.AtGenesis(header);
                break;
            }

            missing.Push((header, hash));
            hash = header.ParentHash;
            header = headers(hash) ?? throw new ArgumentException($"The ancestor {hash} is not known.", nameof(headers));
        }

        while (missing.TryPop(out (BlockHeader Header, Hash256 Hash) next))
        {
            Address signer = RecoverSigner(next.Header, next.Hash) ?? default;
            if (SnapshotTransition.TryApply(snapshot!, next.Header, signer, Parameters, out CliqueSnapshot? after) is { } error)
                throw new ArgumentException($"The ancestor {next.Hash} was never valid: {error}.", nameof(headers));

            snapshot = after;
            lock (_gate)
                _snapshots.Add(next.Hash, snapshot!);
        }

        return snapshot!;
    }

    private ulong SinceTurn(HeadCandidate head, HeaderLookup headers)
    {
        if (head.Header.Number == 0 || headers(head.Header.ParentHash) is not { } parent)
            return 0;

        return ForkChoice.SinceTurn(SnapshotAt(parent, head.Header.ParentHash, headers), head.Header.Number, GetAuthor(head.Header));
    }

    private bool TryRecall(Hash256 hash, out CliqueSnapshot? snapshot)
    {
        lock (_gate)
            return _snapshots.TryGet(hash, out snapshot);
    }

    private Address? RecoverSigner(BlockHeader header, Hash256 hash)
    {
        lock (_gate)
        {
            if (_signers.TryGet(hash, out Address? known))
                return known;
        }

        Signature seal = CliqueRules.SealOf(header);
        Address? signer = seal.RecoveryId > 1 ? null : seal.TryRecover(CliqueExtraData.SealHash(header))?.Address;
        lock (_gate)
            _signers.Add(hash, signer);

        return signer;
    }
}
