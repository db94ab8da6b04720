using System.Collections.Immutable;
using System.Text;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Tests.Shared;

/// <summary>A chain under Clique with keys that everyone knows: opens it, signs transactions, seals blocks.</summary>
internal sealed class TestChain
{
    public const ulong StartTime = 1_700_000_000;
    public const ulong Gwei = 1_000_000_000;

    /// <summary>A clock that no block of a test is ahead of.</summary>
    public const ulong Now = StartTime + 1_000_000;

    private readonly ImmutableArray<PrivateKey> _authorities;
    private readonly CliqueEngine _engine;

    private TestChain(Genesis genesis, Blockchain chain, CliqueEngine engine, ImmutableArray<PrivateKey> authorities)
    {
        Genesis = genesis;
        Chain = chain;
        _engine = engine;
        _authorities = authorities;
    }

    public Genesis Genesis { get; }

    public Blockchain Chain { get; }

    public static ImmutableArray<PrivateKey> Authorities(int count) =>
        [.. Enumerable.Range(0, count).Select(index => Key($"authority {index}")).OrderBy(key => key.Address)];

    public static PrivateKey Key(string name) => PrivateKey.FromBytes(Keccak256.Hash(Encoding.UTF8.GetBytes(name)).ToBytes());

    public static UInt256 Ether(ulong amount) => (UInt256)Gwei * Gwei * amount;

    /// <summary>A genesis with authorities, and 1,000 ether each for these accounts.</summary>
    public static Genesis GenesisOf(int authorities, ChainSpec? spec = null, params IEnumerable<PrivateKey> funded) => new()
    {
        Spec = spec ?? new ChainSpec { ChainId = 202211 },
        Timestamp = StartTime,
        ExtraData = CliqueExtraData.ForGenesis(Authorities(authorities).Select(key => key.Address)),
        Accounts = funded.ToImmutableSortedDictionary(key => key.Address, _ => new GenesisAccount(Ether(1_000))),
    };

    /// <param name="genesis">The genesis.</param>
    /// <param name="store">The store; null for one in memory.</param>
    /// <param name="rule">The transaction rule.</param>
    /// <param name="judge">What the chain is opened with instead of Clique's engine, on top of it.</param>
    public static TestChain Open(
        Genesis genesis, IKeyValueStore? store = null, ITransactionRule? rule = null, Func<CliqueEngine, IConsensusEngine>? judge = null)
    {
        var engine = new CliqueEngine(genesis.Spec);
        int count = (genesis.ExtraData.Length - CliqueExtraData.VanityLength - CliqueExtraData.SealLength) / Address.Length;
        Blockchain chain = Blockchain.Open(store ?? new MemoryStore(), genesis, judge?.Invoke(engine) ?? engine, rule);
        return new TestChain(genesis, chain, engine, Authorities(count));
    }

    public static Transaction Transfer(
        PrivateKey from, ulong nonce, Address to, UInt256 value = default, ulong tipGwei = 1, ulong gasLimit = 21_000, byte[]? data = null, ulong chainId = 202211) =>
        new UnsignedTransaction
        {
            ChainId = chainId,
            Nonce = nonce,
            MaxPriorityFeePerGas = (UInt256)Gwei * tipGwei,
            MaxFeePerGas = (UInt256)Gwei * (tipGwei + 10),
            GasLimit = gasLimit,
            To = to,
            Value = value,
            Data = data ?? [],
        }.Sign(from);

    /// <summary>A block on the head, by the authority whose turn it is, or by the first that may seal.</summary>
    public Block Seal(params IEnumerable<Transaction> transactions) => Seal(NextSealer(), transactions);

    /// <summary>A block on the head by this authority.</summary>
    public Block Seal(PrivateKey sealer, params IEnumerable<Transaction> transactions)
    {
        BlockHeader head = Chain.Head.Header;
        ulong number = head.Number + 1;
        CliqueSnapshot snapshot = Snapshot();
        byte[] extraData = CliqueExtraData.Unsealed([], _engine.Parameters.IsCheckpoint(number) ? snapshot.Signers : []);
        ulong timestamp = head.Timestamp + Math.Max(1, _engine.Parameters.PeriodSeconds);
        ulong difficulty = snapshot.IsInTurn(number, sealer.Address) ? 2UL : 1UL;
        var template = new BlockTemplate(sealer.Address, timestamp, difficulty, Address.Zero, CliqueSnapshot.NonceDrop, extraData);
        Block unsealed = Chain.Assemble(
            template, transactions.Select(transaction => new RecoveredTransaction(transaction, transaction.RecoverSender()!.Value)));
        return new Block(CliqueExtraData.Seal(unsealed.Header, sealer), unsealed.Transactions);
    }

    /// <summary>Seals a block on the head and imports it.</summary>
    public Block Extend(params IEnumerable<Transaction> transactions) => Import(Seal(transactions));

    /// <summary>Imports a block that must become the head.</summary>
    public Block Import(Block block)
    {
        ImportResult result = Chain.Import(block, Now);
        Assert.True(result.Outcome == ImportOutcome.NewHead, $"{result.Outcome} {result.Verdict}");
        return block;
    }

    /// <summary>The header altered and sealed again by its own signer, so that nothing but the alteration is wrong.</summary>
    public Block Alter(Block block, Func<BlockHeader, BlockHeader> change)
    {
        Address signer = _engine.GetAuthor(block.Header);
        PrivateKey key = _authorities.Single(authority => authority.Address == signer);
        return new Block(CliqueExtraData.Seal(change(block.Header), key), block.Transactions);
    }

    /// <summary>An authority whose turn it is not and that may seal the next block.</summary>
    public PrivateKey OutOfTurnSealer()
    {
        CliqueSnapshot snapshot = Snapshot();
        ulong number = Chain.Head.Header.Number + 1;
        return _authorities.First(key => !snapshot.IsInTurn(number, key.Address) && snapshot.SignedRecently(number, key.Address) is null);
    }

    public PrivateKey NextSealer()
    {
        CliqueSnapshot snapshot = Snapshot();
        ulong number = Chain.Head.Header.Number + 1;
        return _authorities.FirstOrDefault(key => snapshot.IsInTurn(number, key.Address) && snapshot.SignedRecently(number, key.Address) is null)
            ?? _authorities.First(key => snapshot.SignedRecently(number, key.Address) is null);
    }

    private CliqueSnapshot Snapshot() => _engine.SnapshotAt(Chain.Head.Header, Chain.Head.Hash, Chain.FindHeader);
}
