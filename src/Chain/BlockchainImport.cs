using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Storage;
using DerChain.Chain.Trie;
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
            RequireNoHandlerRuns();
            RequireNoFailedCommit();
            ImportResult result = _entries.FindHeader(block.Hash) is null
                ? VerifyAndStore(block, nowUnixSeconds, knownSenders, batch)
                : AdoptIfBetter(block, batch);
            if (result.Outcome == ImportOutcome.NewHead)
                TellHandlers(result);

            return result;
        }
    }

    /// <summary>Makes the conflicting head the head, which fork choice never does: the decision of an operator that the consortium stands by a branch that
    /// leaves the final block. One durable batch; <see cref="Finalized"/> becomes what the engine says of the new head, or genesis, and
    /// <see cref="FinalityConflict"/> null.</summary>
    /// <param name="headHash">Hash of <see cref="FinalityConflict"/>, so that no other head is accepted than the one that was looked at.</param>
    /// <returns>The change, as <see cref="HeadChanged"/> tells it.</returns>
    /// <exception cref="ArgumentException">The block is not the head of <see cref="FinalityConflict"/>.</exception>
    /// <exception cref="InvalidOperationException">A handler of <see cref="HeadChanged"/> calls it.</exception>
    /// <exception cref="AggregateException">The head is accepted, durably, and handlers of <see cref="HeadChanged"/> threw.</exception>
    /// <exception cref="StoreException">The store could not be read or written, as for <see cref="Import"/>.</exception>
    public ImportResult AcceptReorganisation(Hash256 headHash)
    {
        lock (_writer)
        {
            RequireNoHandlerRuns();
            RequireNoFailedCommit();
            Finality finality = _head.Finality;
            if (finality.Conflict is not { } conflict || conflict.Hash != headHash)
                throw new ArgumentException($"{headHash} is not the head in conflict with the final block; that is {finality.Conflict?.Hash.ToString() ?? "none"}.", nameof(headHash));

            Block block = _entries.FindBlock(headHash) ?? throw new StoreCorruptException($"The block {headHash} is missing from the store.");
            BlockFindings findings = _entries.FindingsOf(headHash, block.Header);
            var head = new ChainHead(conflict, RuleStateOf(findings), findings.RuleStateHash, finality with { Final = GenesisReference });
            ImportResult result = MakeHead(new WriteBatch(), block, head);
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

    private void RequireNoHandlerRuns()
    {
        if (_isTellingHandlers)
            throw new InvalidOperationException("A handler of HeadChanged changes the head; the change it is told of is not told to all yet.");
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

        ValidationResult verdict = Engine.VerifyHeader(block.Header, parent, nowUnixSeconds, _findHeader);
        if (!verdict.IsValid)
            return ImportResult.Reject(verdict);

        verdict = BlockVerification.RecoverSenders(block, knownSenders, _parallelism, out ImmutableArray<Address> senders);
        if (!verdict.IsValid)
            return ImportResult.Reject(verdict);

        BlockFindings parentFindings = FindingsOf(block.Header.ParentHash, parent);
        BlockExecution execution = StartExecution(parent, RuleStateOf(parentFindings), ContextOf(block.Header, Engine.GetAuthor(block.Header)));
        verdict = BlockVerification.Execute(block, senders, execution);
        return verdict.IsValid ? Store(batch, block, senders, parentFindings, execution) : ImportResult.Reject(verdict);
    }

    // A store that kept a part of a batch may hold a block, verified and whole, and not have moved the head to it, or not have named it as a conflict.
    private ImportResult AdoptIfBetter(Block block, WriteBatch batch)
    {
        if (_entries.FindCanonicalHash(block.Number) == block.Hash && block.Number <= Head.Header.Number)
            return ImportResult.Without(ImportOutcome.AlreadyKnown);

        BlockFindings findings = _entries.FindingsOf(block.Hash, block.Header);
        var candidate = new HeadCandidate(block.Header, block.Hash, findings.TotalDifficulty);
        if (Engine.CompareHeads(candidate, Head, _findHeader) >= 0)
            return ImportResult.Without(ImportOutcome.AlreadyKnown);

        Finality finality = _head.Finality;
        if (finality.Carries(_entries, block.Header))
            return MakeHead(batch, block, new ChainHead(candidate, RuleStateOf(findings), findings.RuleStateHash, finality));

        bool isNamed = finality.Conflict is { } known && Engine.CompareHeads(candidate, known, _findHeader) >= 0;
        return isNamed ? ImportResult.Without(ImportOutcome.AlreadyKnown) : KeepInConflict(batch, candidate);
    }

    // In this order, so that a block whose header stands is whole, and the head moves last.
    private ImportResult Store(
        WriteBatch batch, Block block, ImmutableArray<Address> senders, BlockFindings parentFindings, BlockExecution execution)
    {
        foreach (TrieNode node in execution.NewNodes)
            batch.Put(ChainSchema.StateNode(node.Hash), node.Encoded!);

        Hash256 ruleStateHash = PutRuleState(batch, execution.RuleState, parentFindings.RuleStateHash);
        UInt256 totalDifficulty = parentFindings.TotalDifficulty + block.Header.Difficulty;
        var findings = new BlockFindings(totalDifficulty, ruleStateHash, senders);
        ChainStore.PutBlock(batch, block, execution.Receipts(), findings, Engine.NoteAfter(block.Header, block.Hash, _findHeader));

        ImportResult result = Place(batch, block, new ChainHead(
            new HeadCandidate(block.Header, block.Hash, totalDifficulty), execution.RuleState, ruleStateHash, _head.Finality));
        _stateNodes.Keep(execution.NewNodes);
        return result;
    }

    private ImportResult Place(WriteBatch batch, Block block, ChainHead head)
    {
        if (Engine.CompareHeads(head.Block, Head, _findHeader) < 0)
            return head.Finality.Carries(_entries, block.Header) ? MakeHead(batch, block, head) : KeepInConflict(batch, head.Block);

        Commit(batch, _head);
        return ImportResult.Without(ImportOutcome.SideBranch);
    }

    private ImportResult KeepInConflict(WriteBatch batch, HeadCandidate candidate)
    {
        ChainHead head = _head;
        Finality finality = head.Finality.Meet(candidate, Engine, _findHeader);
        finality.Put(batch, head.Finality);
        Commit(batch, head with { Finality = finality });
        return ImportResult.Without(ImportOutcome.FinalityConflict);
    }

    private ImportResult MakeHead(WriteBatch batch, Block block, ChainHead head)
    {
        ImportResult result = Reorganisation.Plan(this, block);
        foreach (Block abandoned in result.Abandoned)
            ChainStore.DeleteCanonical(batch, abandoned);

        foreach (Block adopted in result.Adopted)
            ChainStore.PutCanonical(batch, adopted);

        batch.Put(ChainSchema.Head, block.Hash.ToBytes());
        Finality finality = head.Finality.Follow(head.Block, Engine, _findHeader);
        finality.Put(batch, _head.Finality);
        Commit(batch, head with { Finality = finality });
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

    // What is known of the head need not be read. Who sent the head's transactions is not asked here.
    private BlockFindings FindingsOf(Hash256 hash, BlockHeader header)
    {
        ChainHead head = _head;
        return hash == head.Block.Hash ? new BlockFindings(head.Block.TotalDifficulty, head.RuleStateHash, []) : _entries.FindingsOf(hash, header);
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
