using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;

namespace DerChain.Chain;

/// <content>The way of a block into the chain.</content>
public sealed partial class Blockchain
{
    private volatile Exception? _failedCommit;
    private bool _isTellingHandlers;

    /// <summary>Verifies a block and stores it; makes it the head where fork choice says so.</summary>
    /// <param name="block">The block.</param>
    /// <param name="nowUnixSeconds">The clock, for headers that are ahead of it.</param>
    /// <param name="knownSenders">Senders this caller has recovered itself; the rest is recovered here.</param>
    /// <param name="nodeEntries">What the node writes together with the block, before it in the same batch, where the block is stored now: not where it is
    /// rejected or was known. Limits as of <see cref="NodeEntries"/>; null for nothing.</param>
    /// <returns>What became of it; nothing is stored where it is rejected.</returns>
    /// <exception cref="ArgumentException">A key or a value of <paramref name="nodeEntries"/> is too long.</exception>
    /// <exception cref="InvalidOperationException">A handler of <see cref="HeadChanged"/> calls it.</exception>
    /// <exception cref="AggregateException">The block is the new head, durably, and handlers of <see cref="HeadChanged"/> threw.</exception>
    /// <exception cref="StoreException">The store could not be read or written. Where a write failed, whether the block was stored is known once the chain
    /// is opened again; until then it answers from the head before.</exception>
    public ImportResult Import(Block block, ulong nowUnixSeconds, SenderLookup? knownSenders = null, WriteBatch? nodeEntries = null)
    {
        ArgumentNullException.ThrowIfNull(block);
        WriteBatch batch = NodeEntries.Encode(nodeEntries);
        lock (_writer)
        {
            if (_isTellingHandlers)
                throw new InvalidOperationException("A handler of HeadChanged imports a block; the change it is told of is not told to all yet.");

            RequireNoFailedCommit();
            ImportResult result = _entries.FindHeader(block.Hash) is null
                ? VerifyAndStore(block, nowUnixSeconds, knownSenders, batch)
                : AdoptIfBetter(block, batch);
            if (result.Outcome == ImportOutcome.NewHead)
                TellHandlers(result);

            return result;
        }
    }

    private void CommitNodeEntries(WriteBatch batch)
    {
        lock (_writer)
        {
            RequireNoFailedCommit();
            Commit(batch, _head);
        }
    }

    private void RequireNoFailedCommit()
    {
        if (_failedCommit is not null)
            throw new StoreException("An earlier write to the store failed; what of it was kept is not known. Open the chain again.", _failedCommit);
    }

    private ImportResult VerifyAndStore(Block block, ulong nowUnixSeconds, SenderLookup? knownSenders, WriteBatch batch)
    {
        if (_entries.FindHeader(block.Header.ParentHash) is not { } parent)
            return ImportResult.Reject(ValidationResult.Fail(ChainError.UnknownParent, $"The parent {block.Header.ParentHash} is not stored."));

        ValidationResult verdict = Engine.VerifyHeader(block.Header, parent, nowUnixSeconds, FindHeader);
        if (verdict.IsValid)
            verdict = Finality.Check(_entries, block.Header, Finalized);

        if (!verdict.IsValid)
            return ImportResult.Reject(verdict);

        verdict = BlockVerification.RecoverSenders(block, knownSenders, _options.Threads, out ImmutableArray<Address> senders);
        if (!verdict.IsValid)
            return ImportResult.Reject(verdict);

        BlockFindings parentFindings = _entries.FindingsOf(block.Header.ParentHash, parent);
        BlockExecution execution = StartExecution(parent, RuleStateOf(parentFindings), ContextOf(block.Header, Engine.GetAuthor(block.Header)));
        verdict = BlockVerification.Execute(block, senders, execution);
        return verdict.IsValid ? Store(batch, block, senders, parentFindings, execution) : ImportResult.Reject(verdict);
    }

    // A store that kept a part of a batch may hold a block, verified and whole, and not have moved the head to it.
    private ImportResult AdoptIfBetter(Block block, WriteBatch batch)
    {
        if (_entries.FindCanonicalHash(block.Number) == block.Hash && block.Number <= Head.Header.Number)
            return ImportResult.Without(ImportOutcome.AlreadyKnown);

        BlockFindings findings = _entries.FindingsOf(block.Hash, block.Header);
        var candidate = new HeadCandidate(block.Header, block.Hash, findings.TotalDifficulty);
        if (Engine.CompareHeads(candidate, Head, FindHeader) >= 0 || !Finality.Check(_entries, block.Header, Finalized).IsValid)
            return ImportResult.Without(ImportOutcome.AlreadyKnown);

        return MakeHead(batch, block, new ChainHead(candidate, RuleStateOf(findings), findings.RuleStateHash, Finalized));
    }

    // In this order, so that a block whose header stands is whole, and the head moves last.
    private ImportResult Store(
        WriteBatch batch, Block block, ImmutableArray<Address> senders, BlockFindings parentFindings, BlockExecution execution)
    {
        foreach ((Hash256 hash, byte[] encoded) in execution.NewNodes)
            batch.Put(ChainSchema.StateNode(hash), encoded);

        Hash256 ruleStateHash = PutRuleState(batch, execution.RuleState, parentFindings.RuleStateHash);
        UInt256 totalDifficulty = parentFindings.TotalDifficulty + block.Header.Difficulty;
        var findings = new BlockFindings(totalDifficulty, ruleStateHash, senders);
        ChainStore.PutBlock(batch, block, execution.Receipts(), findings, Engine.NoteAfter(block.Header, block.Hash, FindHeader));

        ImportResult result = ImportResult.Without(ImportOutcome.SideBranch);
        var candidate = new HeadCandidate(block.Header, block.Hash, totalDifficulty);
        if (Engine.CompareHeads(candidate, Head, FindHeader) < 0)
            result = MakeHead(batch, block, new ChainHead(candidate, execution.RuleState, ruleStateHash, Finalized));
        else
            Commit(batch, _head);

        _stateNodes.Add(execution.NewNodes);
        return result;
    }

    private ImportResult MakeHead(WriteBatch batch, Block block, ChainHead head)
    {
        ImportResult result = Reorganisation.Plan(this, block);
        foreach (Block abandoned in result.Abandoned)
            ChainStore.DeleteCanonical(batch, abandoned);

        foreach (Block adopted in result.Adopted)
            ChainStore.PutCanonical(batch, adopted);

        batch.Put(ChainSchema.Head, block.Hash.ToBytes());
        BlockReference finalized = Finality.Advance(head.Finalized, Engine, head.Block, FindHeader);
        if (finalized != head.Finalized)
            batch.Put(ChainSchema.Finalized, finalized.Hash.ToBytes());

        Commit(batch, head with { Finalized = finalized });
        return result;
    }

    private void Commit(WriteBatch batch, ChainHead head)
    {
        lock (_commit)
        {
            try
            {
                _store.Commit(batch);
                _head = head;
            }
            catch (Exception exception)
            {
                _failedCommit = exception;
                throw;
            }
        }
    }

    private void TellHandlers(ImportResult change)
    {
        var thrown = new List<Exception>();
        _isTellingHandlers = true;
        foreach (Action<ImportResult> handler in Delegate.EnumerateInvocationList(HeadChanged))
        {
            try
            {
                handler(change);
            }
            catch (Exception exception)
            {
                thrown.Add(exception);
            }
        }

        _isTellingHandlers = false;
        if (thrown.Count > 0)
            throw new AggregateException($"Block {change.Adopted[^1].Number} is the new head; handlers of HeadChanged threw.", thrown);
    }

    private Hash256 PutRuleState(WriteBatch batch, TransactionRuleState? state, Hash256 parentHash)
    {
        ChainHead head = _head;
        if (ReferenceEquals(state, head.RuleState))
            return head.RuleStateHash;

        Hash256 hash = HashOf(state);
        if (hash != parentHash)
            batch.Put(ChainSchema.RuleState(hash), state!.Encode());

        return hash;
    }
}
