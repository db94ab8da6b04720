using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.State;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain;

/// <summary>One copy of a chain in a store: verifies and imports blocks, chooses the head, answers queries.</summary>
/// <remarks>Every import is one atomic, durable batch. What is read is checked against the hash that commits to it. After a write that failed the chain
/// imports nothing more until it is opened again, since nobody knows what of it the store has kept.</remarks>
/// <threadsafety>Queries are thread-safe; <see cref="Import"/> takes one block at a time.</threadsafety>
public sealed partial class Blockchain
{
    private const string OtherChain =
        "The store holds a chain of another genesis or another transaction rule. Name another store, or open this one with its own genesis.";

    private readonly Lock _writer = new();
    private readonly Lock _commit = new();
    private readonly IKeyValueStore _store;
    private readonly ChainStore _entries;
    private readonly TrieNodeCache _stateNodes;
    private readonly ParallelOptions _parallelism;
    private readonly HeaderLookup _findHeader;
    private volatile ChainHead _head;

    private Blockchain(
        IKeyValueStore store, ChainSpec spec, Block genesisBlock, IConsensusEngine engine, ITransactionRule? rule, BlockchainOptions options)
    {
        _store = store;
        _entries = new ChainStore(store);
        _stateNodes = new TrieNodeCache(store, options.CachedStateNodes);
        _parallelism = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        _findHeader = FindHeader;
        Spec = spec;
        GenesisHash = genesisBlock.Hash;
        Engine = engine;
        Rule = rule;
        NodeEntries = new NodeEntries(store, CommitNodeEntries);
        BlockHeader header = genesisBlock.Header;
        _head = new ChainHead(
            new HeadCandidate(header, genesisBlock.Hash, header.Difficulty),
            rule?.InitialState,
            HashOf(rule?.InitialState),
            new Finality(GenesisReference, null));
    }

    /// <summary>Sender of a transaction that its caller has recovered before, or null.</summary>
    public delegate Address? SenderLookup(Hash256 transactionHash);

    /// <summary>The head changed: told after the change is durable, in the order of the changes, before the import that made it returns.</summary>
    /// <remarks>
    /// <para>While handlers run, <see cref="Head"/> is the head they are told of, whichever threads import. They run on the importing thread and the next
    /// import waits for them: a handler is short, may query, and must not import, nor wait for a thread that does.</para>
    /// <para>A handler that throws changes nothing: the block is stored, the other handlers are told, then the import throws an
    /// <see cref="AggregateException"/> of what they threw.</para>
    /// </remarks>
    public event Action<ImportResult>? HeadChanged;

    /// <summary>The rules of the chain.</summary>
    public ChainSpec Spec { get; }

    /// <summary>Hash of block 0. The genesis itself is not kept in memory: a store gives it back (<see cref="StoreIdentity.Read"/>).</summary>
    public Hash256 GenesisHash { get; }

    /// <summary>The engine that judges headers.</summary>
    public IConsensusEngine Engine { get; }

    /// <summary>The rule of the consortium, or null.</summary>
    public ITransactionRule? Rule { get; }

    /// <summary>What the node that owns this copy keeps beside the chain, in the same store.</summary>
    public NodeEntries NodeEntries { get; }

    /// <summary>Head of the canonical chain.</summary>
    public HeadCandidate Head => _head.Block;

    /// <summary>The newest final block: no reorganisation leaves it, unless an operator accepts one (<see cref="AcceptReorganisation"/>). Genesis until the
    /// engine knows better; it never moves back otherwise.</summary>
    public BlockReference Finalized => _head.Finality.Final;

    /// <summary>The best head known, by the engine's order, that is better than <see cref="Head"/> and on a branch that leaves the chain below
    /// <see cref="Finalized"/>; null where there is none. Fork choice never adopts it: an operator finds out which branch the consortium stands by, and
    /// calls <see cref="AcceptReorganisation"/> or leaves it. It is gone once the own head is better.</summary>
    public HeadCandidate? FinalityConflict => _head.Finality.Conflict;

    /// <summary>Base fee of the next block on the head, in wei; 0 before London.</summary>
    public UInt256 NextBaseFeePerGas
    {
        get
        {
            BlockHeader head = Head.Header;
            return Spec.IsLondon(head.Number + 1) ? HeaderRules.NextBaseFee(head, Spec) : UInt256.Zero;
        }
    }

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
        if (!StoreIdentity.IsIn(store) || store.Get(ChainSchema.Head) is null)
            return Start(store, identity, engine, rule, options);

        if (!identity.IsOf(store))
            throw new StoreException(OtherChain);

        BlockHeader stored = new ChainStore(store).FindGenesis(genesis);
        Require(engine.VerifyGenesis(stored), genesis);
        var chain = new Blockchain(store, genesis.Spec, new Block(stored, []), engine, rule, options);
        chain._head = chain.ReadHead();
        return chain;
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
        UInt256? baseFee = Spec.IsLondon(parent.Number + 1) ? HeaderRules.NextBaseFee(parent, Spec) : null;
        ulong gasLimit = HeaderRules.InheritedGasLimit(parent, Spec);
        var context = new BlockContext(Spec, parent.Number + 1, gasLimit, baseFee ?? UInt256.Zero, template.Timestamp, template.Author);
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
        if (CanonicalHash(number) is not { } hash)
            return null;

        Block? block = _entries.FindBlock(hash);
        return block?.Number == number ? block : throw AlteredNumber(number, hash);
    }

    /// <summary>Hash of the canonical block of a number, or null above the head.</summary>
    public Hash256? FindHash(ulong number)
    {
        if (CanonicalHash(number) is not { } hash)
            return null;

        return _entries.FindHeader(hash)?.Number == number ? hash : throw AlteredNumber(number, hash);
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
        if (TryLocate(transactionHash, out (Block Block, int Index)? found))
            return found;

        // The head may have moved between the two reads; under the lock it does not.
        lock (_commit)
        {
            return TryLocate(transactionHash, out found)
                ? found
                : throw new StoreCorruptException($"The stored location of transaction {transactionHash} was altered.");
        }
    }

    /// <summary>The account of an address at the head; <see cref="Account.Empty"/> where there is none.</summary>
    public Account GetAccount(Address address) => new WorldState(Head.Header.StateRoot, _stateNodes).Get(address);

    /// <summary>Proof of the account of an address after a block of any branch, or of its absence; null where the block is not stored.</summary>
    public AccountProof? ProveAccount(Address address, Hash256 blockHash) =>
        FindHeader(blockHash) is { } header ? AccountProof.Create(header, address, _stateNodes) : null;

    /// <summary>Proof of a transaction's place in its canonical block, or null where no such block holds it.</summary>
    public TransactionProof? ProveTransaction(Hash256 transactionHash) =>
        FindTransaction(transactionHash) is { } found ? TransactionProof.Create(found.Block, found.Index) : null;

    /// <summary>Proof of the receipt of a transaction in its canonical block, or null where no such block holds it.</summary>
    public ReceiptProof? ProveReceipt(Hash256 transactionHash) =>
        FindTransaction(transactionHash) is { } found ? ReceiptProof.Create(found.Block.Header, GetReceipts(found.Block), found.Index) : null;

    /// <summary>The canonical blocks from a number on, in ascending order.</summary>
    public IEnumerable<Block> Blocks(ulong from = 0)
    {
        ulong last = Head.Header.Number;
        for (ulong number = from; number <= last; number++)
            yield return FindBlock(number) ?? throw new StoreCorruptException($"The canonical block {number} is missing from the store.");
    }

    private Hash256? CanonicalHash(ulong number)
    {
        if (number > Head.Header.Number)
            return null;

        if (_entries.FindCanonicalHash(number) is { } hash)
            return hash;

        return IsCanonicalNumber(number) ? throw new StoreCorruptException($"The canonical block {number} is missing from the store.") : null;
    }

    private BlockReference GenesisReference => new(0, GenesisHash);

    // Under the lock, since a reorganisation to a shorter branch removes numbers before it lowers the head.
    private bool IsCanonicalNumber(ulong number)
    {
        lock (_commit)
            return number <= Head.Header.Number && _entries.FindCanonicalHash(number) is null;
    }

    // False where the location does not lead to the transaction. Above the head it may, where a write was cut off: that is no answer either.
    private bool TryLocate(Hash256 transactionHash, out (Block Block, int Index)? found)
    {
        found = null;
        if (_entries.FindTransactionLocation(transactionHash) is not { } location)
            return true;

        if (location.Number > Head.Header.Number)
            return _failedCommit is not null;

        if (FindBlock(location.Number) is { } block && location.Index >= 0 && location.Index < block.Transactions.Length
            && block.Transactions[location.Index].Hash == transactionHash)
        {
            found = (block, location.Index);
        }

        return found is not null;
    }

    private static StoreCorruptException AlteredNumber(ulong number, Hash256 hash) =>
        new($"The stored canonical hash of block {number} was altered: it names {hash}.");

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
        new(Spec, header.Number, header.GasLimit, header.BaseFeePerGas ?? UInt256.Zero, header.Timestamp, author);

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

    private static Blockchain Start(
        IKeyValueStore store, StoreIdentity identity, IConsensusEngine engine, ITransactionRule? rule, BlockchainOptions options)
    {
        GenesisBlock genesis = GenesisBlock.Create(identity.Genesis);
        Require(engine.VerifyGenesis(genesis.Block.Header), identity.Genesis);
        var chain = new Blockchain(store, identity.Genesis.Spec, genesis.Block, engine, rule, options);
        ChainHead head = chain._head;
        var batch = new WriteBatch();
        identity.Put(batch);
        if (head.RuleState is { } ruleState)
            batch.Put(ChainSchema.RuleState(head.RuleStateHash), ruleState.Encode());

        foreach ((Hash256 hash, byte[] encoded) in genesis.StateNodes)
            batch.Put(ChainSchema.StateNode(hash), encoded);

        var findings = new BlockFindings(head.Block.TotalDifficulty, head.RuleStateHash, []);
        ChainStore.PutBlock(batch, genesis.Block, [], findings, engine.NoteAfter(genesis.Block.Header, genesis.Block.Hash, chain.FindHeader));
        ChainStore.PutCanonical(batch, genesis.Block);
        batch.Put(ChainSchema.Head, genesis.Block.Hash.ToBytes());
        if (StoreStart.IsUnfinished(store, batch))
            store.Commit(batch);
        else if (identity.IsOf(store))
            throw new StoreCorruptException("The store names no head: it was damaged. Restore it from another validator's copy.");
        else
            throw new StoreException(OtherChain);

        return chain;
    }

    private ChainHead ReadHead()
    {
        if (_entries.FindHead() is not { } hash || _entries.FindHeader(hash) is not { } header)
            throw new StoreCorruptException("The store does not name a block it holds as its head: it was damaged. Restore it from another validator's copy.");

        CanonicalRecovery.Run(_store, _entries, new BlockReference(header.Number, hash));
        BlockFindings findings = _entries.FindingsOf(hash, header);
        TransactionRuleState? ruleState = Rule?.DecodeState(_entries.RuleState(findings.RuleStateHash));
        var candidate = new HeadCandidate(header, hash, findings.TotalDifficulty);
        return new ChainHead(candidate, ruleState, findings.RuleStateHash, Finality.Open(_store, candidate, GenesisReference, Engine));
    }

    private static Hash256 HashOf(TransactionRuleState? state) => state is null ? Hash256.Zero : Keccak256.Hash(state.Encode());

    private sealed record ChainHead(HeadCandidate Block, TransactionRuleState? RuleState, Hash256 RuleStateHash, Finality Finality);
}
