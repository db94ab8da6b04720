using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain;

/// <summary>One copy of a chain in a store: verifies and imports blocks, chooses the head, answers queries.</summary>
/// <remarks>Every import is one atomic, durable batch. What is read is checked against the hash that commits to it.</remarks>
/// <threadsafety>Queries are thread-safe; <see cref="Import(Block, ulong, SenderLookup?)"/> takes one block at a time.</threadsafety>
public sealed class Blockchain
{
    private readonly Lock _writer = new();
    private readonly IKeyValueStore _store;
    private readonly ChainStore _entries;
    private readonly TrieNodeCache _stateNodes;
    private readonly BlockchainOptions _options;
    private volatile ChainHead _head;

    private Blockchain(
        IKeyValueStore store, Genesis genesis, Block genesisBlock, IConsensusEngine engine, ITransactionRule? rule, BlockchainOptions options)
    {
        _store = store;
        _entries = new ChainStore(store);
        _stateNodes = new TrieNodeCache(store, options.CachedStateNodes);
        _options = options;
        Genesis = genesis;
        Engine = engine;
        Rule = rule;
        BlockHeader header = genesisBlock.Header;
        _head = new ChainHead(new HeadCandidate(header, genesisBlock.Hash, header.Difficulty), rule?.InitialState, HashOf(rule?.InitialState));
    }

    /// <summary>Sender of a transaction that its caller has recovered before, or null.</summary>
    public delegate Address? SenderLookup(Hash256 transactionHash);

    /// <summary>What the chain started from.</summary>
    public Genesis Genesis { get; }

    /// <summary>The engine that judges headers.</summary>
    public IConsensusEngine Engine { get; }

    /// <summary>The rule of the consortium, or null.</summary>
    public ITransactionRule? Rule { get; }

    /// <summary>Head of the canonical chain.</summary>
    public HeadCandidate Head => _head.Block;

    /// <summary>State of the transaction rule at the head; null where there is no rule.</summary>
    public TransactionRuleState? RuleState => _head.RuleState;

    /// <summary>Opens the chain in a store, or starts it there.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="genesis">What the chain starts from.</param>
    /// <param name="engine">The engine that judges headers.</param>
    /// <param name="rule">The rule of the consortium, or null for none.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">No chain can go on from the genesis (a wrong order of forks, a value out of range), or the engine refuses it.</exception>
    /// <exception cref="StoreException">The store holds another chain, is of another format, or is damaged.</exception>
    public static Blockchain Open(
        IKeyValueStore store, Genesis genesis, IConsensusEngine engine, ITransactionRule? rule = null, BlockchainOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(genesis);
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new BlockchainOptions();
        options.Validate();
        Require(GenesisRules.Check(genesis), genesis);
        var identity = new StoreIdentity(genesis, rule?.Identity ?? "");
        if (!StoreIdentity.IsIn(store))
            return Start(store, identity, engine, rule, options);

        if (!identity.IsOf(store))
            throw new StoreException("The store holds a chain of another genesis or another transaction rule. Name another store, or open this one with its own genesis.");

        BlockHeader stored = new ChainStore(store).FindGenesis(genesis);
        Require(engine.VerifyGenesis(stored), genesis);
        var chain = new Blockchain(store, genesis, new Block(stored, []), engine, rule, options);
        chain._head = chain.ReadHead();
        return chain;
    }

    /// <summary>Verifies a block and stores it; makes it the head where fork choice says so.</summary>
    /// <param name="block">The block.</param>
    /// <param name="nowUnixSeconds">The clock, for headers that are ahead of it.</param>
    /// <param name="knownSenders">Senders this caller has recovered itself; the rest is recovered here.</param>
    /// <returns>What became of it; nothing is stored where it is rejected.</returns>
    /// <exception cref="StoreException">The store could not be read or written; the chain is as before.</exception>
    public ImportResult Import(Block block, ulong nowUnixSeconds, SenderLookup? knownSenders = null)
    {
        ArgumentNullException.ThrowIfNull(block);
        lock (_writer)
        {
            if (_entries.FindHeader(block.Hash) is not null)
                return ImportResult.Without(ImportOutcome.AlreadyKnown);

            if (_entries.FindHeader(block.Header.ParentHash) is not { } parent)
                return ImportResult.Reject(ValidationResult.Fail(ChainError.UnknownParent, $"The parent {block.Header.ParentHash} is not stored."));

            ValidationResult verdict = Engine.VerifyHeader(block.Header, parent, nowUnixSeconds, FindHeader);
            if (!verdict.IsValid)
                return ImportResult.Reject(verdict);

            verdict = BlockVerification.RecoverSenders(block, knownSenders, _options.Threads, out ImmutableArray<Address> senders);
            if (!verdict.IsValid)
                return ImportResult.Reject(verdict);

            BlockFindings parentFindings = _entries.FindingsOf(block.Header.ParentHash, parent);
            BlockExecution execution = StartExecution(parent, RuleStateOf(parentFindings), ContextOf(block.Header, Engine.GetAuthor(block.Header)));
            verdict = BlockVerification.Execute(block, senders, execution);
            return verdict.IsValid ? Store(block, senders, parentFindings, execution) : ImportResult.Reject(verdict);
        }
    }

    /// <summary>Chooses and executes transactions for a block on the head, up to the gas target. The header wants to be sealed.</summary>
    /// <param name="template">What the engine decides.</param>
    /// <param name="candidates">Transactions in the order of preference; those that cannot be executed are left out.</param>
    public Block Assemble(BlockTemplate template, IEnumerable<RecoveredTransaction> candidates)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(candidates);
        ChainHead head = _head;
        BlockHeader parent = head.Block.Header;
        UInt256? baseFee = Genesis.Spec.IsLondon(parent.Number + 1) ? HeaderRules.NextBaseFee(parent, Genesis.Spec) : null;
        ulong gasLimit = HeaderRules.InheritedGasLimit(parent, Genesis.Spec);
        var context = new BlockContext(Genesis.Spec, parent.Number + 1, gasLimit, baseFee ?? UInt256.Zero, template.Author);
        BlockExecution execution = StartExecution(parent, head.RuleState, context);
        ImmutableArray<Transaction> transactions = BlockAssembly.Choose(execution, candidates, HeaderRules.GasTarget(gasLimit));
        var header = new BlockHeader
        {
            ParentHash = head.Block.Hash,
            Beneficiary = template.Beneficiary,
            StateRoot = execution.ComputeStateRoot(),
            TransactionsRoot = BlockBody.TransactionsRoot(transactions),
            ReceiptsRoot = BlockBody.ReceiptsRoot(execution.Receipts()),
            Difficulty = template.Difficulty,
            Number = context.Number,
            GasLimit = context.GasLimit,
            GasUsed = execution.GasUsed,
            Timestamp = template.Timestamp,
            ExtraData = template.ExtraData,
            Nonce = template.Nonce,
            BaseFeePerGas = baseFee,
        };
        return new Block(header, transactions);
    }

    /// <summary>The header of a block on any branch, or null.</summary>
    public BlockHeader? FindHeader(Hash256 hash) => _entries.FindHeader(hash);

    /// <summary>A block on any branch, or null.</summary>
    public Block? FindBlock(Hash256 hash) => _entries.FindBlock(hash);

    /// <summary>The canonical block of a number, or null above the head.</summary>
    public Block? FindBlock(ulong number)
    {
        if (_entries.FindCanonicalHash(number) is not { } hash)
            return IsCanonicalNumber(number) ? throw new StoreCorruptException($"The canonical block {number} is missing from the store.") : null;

        Block? block = _entries.FindBlock(hash);
        return block?.Number == number
            ? block
            : throw new StoreCorruptException($"The stored canonical hash of block {number} was altered: it names {hash}.");
    }

    /// <summary>Senders of a stored block's transactions, as this copy recovered them when it verified the block.</summary>
    /// <exception cref="ArgumentException">The block is not stored.</exception>
    public ImmutableArray<Address> GetSenders(Block block)
    {
        RequireStored(block);
        ImmutableArray<Address> senders = _entries.FindingsOf(block.Hash, block.Header).Senders;
        return senders.Length == block.Transactions.Length
            ? senders
            : throw new StoreCorruptException($"Block {block.Number}: the stored senders do not match the transactions.");
    }

    /// <summary>Receipts of a stored block, in the order of its transactions.</summary>
    /// <exception cref="ArgumentException">The block is not stored.</exception>
    public ImmutableArray<Receipt> GetReceipts(Block block)
    {
        RequireStored(block);
        return _entries.ReceiptsOf(block);
    }

    /// <summary>The canonical block that holds a transaction and the transaction's index in it, or null.</summary>
    public (Block Block, int Index)? FindTransaction(Hash256 transactionHash)
    {
        if (_entries.FindTransactionLocation(transactionHash) is not { } location)
            return null;

        Block? block = FindBlock(location.Number);
        return block is not null && location.Index >= 0 && location.Index < block.Transactions.Length
            && block.Transactions[location.Index].Hash == transactionHash
            ? (block, location.Index)
            : throw new StoreCorruptException($"The stored location of transaction {transactionHash} was altered.");
    }

    /// <summary>The account of an address at the head; <see cref="Account.Empty"/> where there is none.</summary>
    public Account GetAccount(Address address) => new WorldState(Head.Header.StateRoot, _stateNodes).Get(address);

    /// <summary>The canonical blocks from a number on, in ascending order.</summary>
    public IEnumerable<Block> Blocks(ulong from = 0)
    {
        ulong last = Head.Header.Number;
        for (ulong number = from; number <= last; number++)
            yield return FindBlock(number) ?? throw new StoreCorruptException($"The canonical block {number} is missing from the store.");
    }

    // Under the writer's lock, since a reorganisation to a shorter branch removes numbers before it lowers the head.
    private bool IsCanonicalNumber(ulong number)
    {
        lock (_writer)
            return number <= Head.Header.Number && _entries.FindCanonicalHash(number) is null;
    }

    private void RequireStored(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (_entries.FindHeader(block.Hash) is null)
            throw new ArgumentException($"The block {block.Hash} is not stored.", nameof(block));
    }

    private static void Require(ValidationResult verdict, Genesis genesis)
    {
        if (!verdict.IsValid)
            throw new ArgumentException($"The genesis is refused: {verdict.Message}", nameof(genesis));
    }

    private BlockContext ContextOf(BlockHeader header, Address author) =>
        new(Genesis.Spec, header.Number, header.GasLimit, header.BaseFeePerGas ?? UInt256.Zero, author);

    private BlockExecution StartExecution(BlockHeader parent, TransactionRuleState? ruleState, BlockContext context) =>
        new(new WorldState(parent.StateRoot, _stateNodes), context, Rule, ruleState);

    private TransactionRuleState? RuleStateOf(BlockFindings findings)
    {
        if (Rule is null)
            return null;

        if (findings.RuleStateHash == _head.RuleStateHash)
            return _head.RuleState;

        byte[] encoded = _entries.RuleState(findings.RuleStateHash);
        return Rule.DecodeState(encoded);
    }

    private ImportResult Store(Block block, ImmutableArray<Address> senders, BlockFindings parentFindings, BlockExecution execution)
    {
        var batch = new WriteBatch();
        Hash256 ruleStateHash = PutRuleState(batch, execution.RuleState, parentFindings.RuleStateHash);
        UInt256 totalDifficulty = parentFindings.TotalDifficulty + block.Header.Difficulty;
        ChainStore.PutBlock(batch, block, execution.Receipts(), new BlockFindings(totalDifficulty, ruleStateHash, senders));
        foreach ((Hash256 hash, byte[] encoded) in execution.NewNodes)
            batch.Put(ChainSchema.StateNode(hash), encoded);

        var candidate = new HeadCandidate(block.Header, block.Hash, totalDifficulty);
        ImportResult result = Engine.CompareHeads(candidate, Head, FindHeader) < 0
            ? Reorganisation.Plan(this, block)
            : ImportResult.Without(ImportOutcome.SideBranch);
        foreach (Block abandoned in result.Abandoned)
            ChainStore.DeleteCanonical(batch, abandoned);

        foreach (Block adopted in result.Adopted)
            ChainStore.PutCanonical(batch, adopted);

        if (result.Outcome == ImportOutcome.NewHead)
            batch.Put(ChainSchema.Head, block.Hash.ToBytes());

        _store.Commit(batch);
        _stateNodes.Add(execution.NewNodes);
        if (result.Outcome == ImportOutcome.NewHead)
            _head = new ChainHead(candidate, execution.RuleState, ruleStateHash);

        return result;
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

    private static Blockchain Start(
        IKeyValueStore store, StoreIdentity identity, IConsensusEngine engine, ITransactionRule? rule, BlockchainOptions options)
    {
        GenesisBlock genesis = GenesisBlock.Create(identity.Genesis);
        Require(engine.VerifyGenesis(genesis.Block.Header), identity.Genesis);
        var chain = new Blockchain(store, identity.Genesis, genesis.Block, engine, rule, options);
        ChainHead head = chain._head;
        var batch = new WriteBatch();
        identity.Put(batch);
        if (head.RuleState is { } ruleState)
            batch.Put(ChainSchema.RuleState(head.RuleStateHash), ruleState.Encode());

        foreach ((Hash256 hash, byte[] encoded) in genesis.StateNodes)
            batch.Put(ChainSchema.StateNode(hash), encoded);

        ChainStore.PutBlock(batch, genesis.Block, [], new BlockFindings(head.Block.TotalDifficulty, head.RuleStateHash, []));
        ChainStore.PutCanonical(batch, genesis.Block);
        batch.Put(ChainSchema.Head, genesis.Block.Hash.ToBytes());
        store.Commit(batch);
        return chain;
    }

    private ChainHead ReadHead()
    {
        if (_entries.FindHead() is not { } hash || _entries.FindHeader(hash) is not { } header || _entries.FindCanonicalHash(header.Number) != hash)
            throw new StoreCorruptException("The store does not name a block it holds as its head: it was damaged. Restore it from another validator's copy.");

        BlockFindings findings = _entries.FindingsOf(hash, header);
        TransactionRuleState? ruleState = Rule?.DecodeState(_entries.RuleState(findings.RuleStateHash));
        return new ChainHead(new HeadCandidate(header, hash, findings.TotalDifficulty), ruleState, findings.RuleStateHash);
    }

    private static Hash256 HashOf(TransactionRuleState? state) => state is null ? Hash256.Zero : Keccak256.Hash(state.Encode());

    private sealed record ChainHead(HeadCandidate Block, TransactionRuleState? RuleState, Hash256 RuleStateHash);
}
