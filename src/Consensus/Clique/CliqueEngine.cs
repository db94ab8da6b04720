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

    private readonly Lock _gate = new();
    private readonly ChainSpec _spec;
    private readonly CliqueEngineOptions _options;
    private readonly RecentValues<Hash256, Address?> _signers = new(RememberedSigners);
    private readonly KnownKeys _keys;
    private readonly SnapshotHistory _history;

    /// <summary>An engine for a chain.</summary>
    /// <param name="spec">The chain's parameters.</param>
    /// <param name="options">What the operator has to say; null for the defaults.</param>
    /// <exception cref="ArgumentException">The epoch is 0, or the period is out of range; or an option is.</exception>
    public CliqueEngine(ChainSpec spec, CliqueEngineOptions? options = null)
    {
        Parameters = CliqueParameters.From(spec);
        _spec = spec;
        _options = options ?? new CliqueEngineOptions();
        _keys = new KnownKeys(_options.KnownKeyBytes);
        _history = new SnapshotHistory(Parameters, (header, hash) => RecoverSigner(header, hash), _options.FindNote);
    }

    /// <summary>Period and epoch.</summary>
    public CliqueParameters Parameters { get; }

    /// <inheritdoc/>
    public ValidationResult VerifyGenesis(BlockHeader genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        ValidationResult result = CliqueRules.CheckGenesis(genesis);
        return result.IsValid
            ? CliqueRules.CheckTrusted(new BlockReference(genesis.Number, genesis.ComputeHash()), _options.TrustedCheckpoint)
            : result;
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

        Hash256 hash = header.ComputeHash();
        result = CliqueRules.CheckTrusted(new BlockReference(header.Number, hash), _options.TrustedCheckpoint);
        if (!result.IsValid)
            return result;

        CliqueSnapshot snapshot = SnapshotAt(parent, header.ParentHash, headers);
        return CliqueRules.CheckSeal(header, snapshot, RecoverSigner(header, hash, snapshot), Parameters, _options.AcceptHighS);
    }

    /// <inheritdoc/>
    public Address GetAuthor(BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return RecoverSigner(header, header.ComputeHash()) ?? throw new ArgumentException("The header's seal does not recover to a key.", nameof(header));
    }

    /// <summary>Who sealed a header that was not verified, and may be anything; null where nobody did.</summary>
    internal Address? FindAuthor(BlockHeader header) =>
        header.ExtraData.Length >= CliqueExtraData.SealLength ? RecoverSigner(header, header.ComputeHash()) : null;

    /// <inheritdoc/>
    public int CompareHeads(HeadCandidate left, HeadCandidate right, HeaderLookup headers)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(headers);
        return ForkChoice.Compare(left, SinceTurn(left, headers), right, SinceTurn(right, headers));
    }

    /// <inheritdoc/>
    /// <remarks>The newest block on which, itself included, more than half of the authorities have sealed, or the trusted checkpoint where that is newer
    /// (docs/spec/clique.md, CLQ-34). It holds under the assumption of section 4 there.</remarks>
    public BlockReference? FinalizedAncestor(HeadCandidate head, HeaderLookup headers)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(headers);
        BlockReference? sealedOn = Finality.Find(
            SnapshotAt(head.Header, head.Hash, headers),
            Branch(head, headers),
            block => SnapshotAt(FindParent(block.Header, headers), block.Header.ParentHash, headers));
        return _options.TrustedCheckpoint is { } trusted && !(sealedOn?.Number >= trusted.Number) && Stands(head, trusted, headers) ? trusted : sealedOn;
    }

    /// <inheritdoc/>
    /// <remarks>The encoded snapshot after every 1,024th block, for <see cref="CliqueEngineOptions.FindNote"/> to find after a start.</remarks>
    public byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(headers);
        return _history.NoteAfter(header, hash, headers);
    }

    /// <summary>Who may seal after a block.</summary>
    /// <param name="header">Header of the block, on any branch.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="headers">Finds its ancestors.</param>
    /// <exception cref="ArgumentException">An ancestor is not known, or was never valid.</exception>
    public CliqueSnapshot SnapshotAt(BlockHeader header, Hash256 hash, HeaderLookup headers)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(headers);
        return _history.At(header, hash, headers);
    }

    /// <summary>Notes who sealed a header, where the caller has sealed it itself, so that it is not recovered.</summary>
    internal void NoteSigner(Hash256 hash, Address signer)
    {
        lock (_gate)
            _signers.Add(hash, signer);
    }

    private IEnumerable<SealedBlock> Branch(HeadCandidate head, HeaderLookup headers)
    {
        (BlockHeader header, Hash256 hash) = (head.Header, head.Hash);
        while (header.Number > 0)
        {
            Address signer = RecoverSigner(header, hash) ?? throw new ArgumentException($"The seal of {hash} does not recover to a key.", nameof(head));
            yield return new SealedBlock(header, hash, signer);
            (header, hash) = (FindParent(header, headers), header.ParentHash);
        }
    }

    // Asked while seals make nothing newer final than the checkpoint: near it, and before it is reached.
    private static bool Stands(HeadCandidate head, BlockReference trusted, HeaderLookup headers)
    {
        (BlockHeader header, Hash256 hash) = (head.Header, head.Hash);
        while (header.Number > trusted.Number)
            (header, hash) = (FindParent(header, headers), header.ParentHash);

        return hash == trusted.Hash;
    }

    private static BlockHeader FindParent(BlockHeader header, HeaderLookup headers) =>
        headers(header.ParentHash) ?? throw new ArgumentException($"The ancestor {header.ParentHash} is not known.", nameof(headers));

    private ulong SinceTurn(HeadCandidate head, HeaderLookup headers)
    {
        if (head.Header.Number == 0 || headers(head.Header.ParentHash) is not { } parent)
            return 0;

        return ForkChoice.SinceTurn(SnapshotAt(parent, head.Header.ParentHash, headers), head.Header.Number, GetAuthor(head.Header));
    }

    private Address? RecoverSigner(BlockHeader header, Hash256 hash, CliqueSnapshot? before = null)
    {
        lock (_gate)
        {
            if (_signers.TryGet(hash, out Address? known))
                return known;
        }

        Address? signer = CliqueRules.SignerOf(header, _keys, before);
        lock (_gate)
            _signers.Add(hash, signer);

        return signer;
    }
}
