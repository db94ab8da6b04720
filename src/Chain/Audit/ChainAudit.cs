using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Audit;

/// <summary>Verifies a stored chain again from genesis, trusting nothing in the store: links, seals, signatures, rules, execution, roots, and that every
/// entry is the one that verification writes.</summary>
public sealed class ChainAudit
{
    private readonly IKeyValueStore _store;
    private readonly ReplayStore _replay;
    private readonly Blockchain _chain;
    private readonly IProgress<AuditProgress>? _progress;
    private ulong _blocks = 1;
    private long _transactions;

    private ChainAudit(IKeyValueStore store, ReplayStore replay, Blockchain chain, IProgress<AuditProgress>? progress)
    {
        _store = store;
        _replay = replay;
        _chain = chain;
        _progress = progress;
    }

    /// <summary>Audits a store.</summary>
    /// <param name="store">The store; it is only read.</param>
    /// <param name="identity">What the store says of itself (<see cref="StoreIdentity.Read"/>).</param>
    /// <param name="engine">A fresh engine for the chain.</param>
    /// <param name="rule">The transaction rule that the identity names, or null for none.</param>
    /// <param name="threads">Threads that recover signatures side by side; at least 1.</param>
    /// <param name="progress">Told after each block; may be null.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <exception cref="StoreException">The store cannot be read at all.</exception>
    /// <exception cref="OperationCanceledException">The audit was stopped.</exception>
    public static AuditReport Run(
        IKeyValueStore store,
        StoreIdentity identity,
        IConsensusEngine engine,
        ITransactionRule? rule,
        int threads,
        IProgress<AuditProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(identity);
        var replay = new ReplayStore(store);
        Blockchain chain = Blockchain.Open(replay, identity.Genesis, new ReplayEngine(engine, store), rule, new BlockchainOptions { Threads = threads });
        var audit = new ChainAudit(store, replay, chain, progress);
        AuditFinding? finding = audit.Difference(0, chain.Head.Hash)
            ?? audit.VerifyCanonical(cancellation)
            ?? audit.VerifyFinalized()
            ?? audit.VerifySideBranches(cancellation)
            ?? audit.VerifyConflict()
            ?? audit.VerifyNothingElse();
        HeadCandidate head = chain.Head;
        return new AuditReport(
            audit._blocks, audit._transactions, replay.Compared, head.Header.Number, head.Hash, head.Header.StateRoot, finding);
    }

    private AuditFinding? VerifyCanonical(CancellationToken cancellation)
    {
        for (ulong number = 1; _store.Get(ChainSchema.CanonicalHash(number)) is { } value; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            Hash256 hash = value.Length == Hash256.Length ? Hash256.FromBytes(value) : Hash256.Zero;
            AuditFinding? finding = Verify(number, hash);
            if (finding is not null)
                return finding;

            if (_chain.Head.Hash != hash)
                return new AuditFinding(number, hash, "canonical hash", "The block is not on the best chain that leads here.");
        }

        _replay.CompareHead();
        return Difference(_chain.Head.Header.Number, _chain.Head.Hash);
    }

    // Blocks that left the canonical chain, or never were on it: parents before children.
    private AuditFinding? VerifySideBranches(CancellationToken cancellation)
    {
        var side = new List<(ulong Number, Hash256 Hash)>();
        foreach ((byte[] key, byte[] encoded) in _store.Range([ChainSchema.HeaderPrefix]))
        {
            if (_replay.HasWritten(key))
                continue;

            bool isHeader = BlockHeader.TryDecode(encoded, out BlockHeader? header).IsValid;
            side.Add((isHeader ? header!.Number : 0, key.Length == 1 + Hash256.Length ? Hash256.FromBytes(key.AsSpan(1)) : Hash256.Zero));
        }

        Hash256 best = _chain.Head.Hash;
        foreach ((ulong number, Hash256 hash) in side.Order())
        {
            cancellation.ThrowIfCancellationRequested();
            AuditFinding? finding = Verify(number, hash);
            if (_chain.Head.Hash != best)
                return new AuditFinding(number, hash, "fork choice", $"The stored side branch is better than the head {best}.");

            if (finding is not null)
                return finding;
        }

        return null;
    }

    // What the store names is written again at the head, where it is on the chain.
    private AuditFinding? VerifyFinalized() =>
        _store.Get(ChainSchema.Finalized) is null || _replay.HasWritten(ChainSchema.Finalized)
            ? null
            : new AuditFinding(0, Hash256.Zero, "finalized block", "The store names a final block that is not on its canonical chain, or genesis.");

    private AuditFinding? VerifyConflict()
    {
        Hash256? best = _chain.FinalityConflict?.Hash;
        return _store.Get(ChainSchema.Conflict).AsSpan().SequenceEqual(best?.ToBytes())
            ? null
            : new AuditFinding(
                _chain.FinalityConflict?.Header.Number ?? 0,
                best ?? Hash256.Zero,
                "finality conflict",
                $"The best head in conflict with the final block is {best?.ToString() ?? "none"}; the store names another or none.");
    }

    private AuditFinding? VerifyNothingElse()
    {
        foreach ((byte[] key, _) in _store.Range([]))
        {
            if (!_replay.HasWritten(key) && !ChainSchema.IsNodeEntry(key))
                return new AuditFinding(0, Hash256.Zero, "unexpected entry", $"The store holds an entry that no block writes: {ChainSchema.Describe(key)}.");
        }

        return null;
    }

    private AuditFinding? Verify(ulong number, Hash256 hash)
    {
        byte[]? header = _store.Get(ChainSchema.Header(hash));
        if (header is null)
            return new AuditFinding(number, hash, "canonical hash", $"The store names block {hash} and does not hold its header.");

        if (!BlockHeader.TryDecode(header, out BlockHeader? decoded).IsValid || decoded!.ComputeHash() != hash)
            return new AuditFinding(number, hash, "block hash", "The stored header was altered: it does not have the block's hash.");

        byte[]? body = _store.Get(ChainSchema.Body(hash));
        ValidationResult result = Block.TryJoin(decoded, hash, body ?? [], out Block? block);
        if (!result.IsValid)
            return new AuditFinding(number, hash, $"{result.Error}", result.Message);

        result = _chain.Import(block!, ulong.MaxValue).Verdict;
        if (!result.IsValid)
            return new AuditFinding(number, hash, $"{result.Error}", result.Message);

        _blocks++;
        _transactions += block!.Transactions.Length;
        _progress?.Report(new AuditProgress(number, _transactions));
        return Difference(number, hash);
    }

    private AuditFinding? Difference(ulong number, Hash256 hash) => _replay.FirstDifference is { } key
        ? new AuditFinding(
            number, hash, ChainSchema.KindOf(key), $"The stored {ChainSchema.Describe(key)} is not what verifying block {number} gives: it was altered.")
        : null;
}
