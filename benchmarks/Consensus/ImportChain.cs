using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;

namespace DerChain.Benchmarks.Consensus;

/// <summary>A chain of transfers that one or more validators have sealed in turn, and any number of others, each with nothing but its genesis.</summary>
internal sealed class ImportChain : IDisposable
{
    private const ulong StartTime = 1_700_000_000;
    private const ulong Gwei = 1_000_000_000;
    private const int Senders = 50;

    private readonly ImmutableArray<PrivateKey> _authorities;
    private readonly PrivateKey _follower = PrivateKey.Generate();
    private readonly ImmutableArray<PrivateKey> _senders = [.. Enumerable.Range(0, Senders).Select(static _ => PrivateKey.Generate())];
    private readonly ChainSpec _spec = new() { ChainId = 202211, CliquePeriodSeconds = 1 };
    private readonly ImmutableArray<Validator> _sources;

    private ImportChain(int signers)
    {
        _authorities = [.. Enumerable.Range(0, signers).Select(static _ => PrivateKey.Generate())];
        _sources = [.. _authorities.Select(Open)];
    }

    /// <summary>A clock that no block is ahead of.</summary>
    public static ulong NowUnixMilliseconds => (StartTime + 1_000_000) * 1000;

    /// <summary>The blocks above genesis.</summary>
    public IEnumerable<Block> Blocks => _sources[0].Chain.Blocks(from: 1);

    public static ImportChain Make(int blocks, int transactionsPerBlock, int signers = 1)
    {
        var made = new ImportChain(signers);
        var network = new InProcessNetwork(made._sources, Environment.ProcessorCount);
        for (int block = 0; block < blocks; block++)
        {
            ulong now = (StartTime + (ulong)block + 1) * 1000;
            network.Submit([.. Enumerable.Range(block * transactionsPerBlock, transactionsPerBlock).Select(made.Transfer)], now);
            if (network.TrySealNext(now)?.Transactions.Length != transactionsPerBlock)
                throw new InvalidOperationException($"Block {block + 1} was not sealed with {transactionsPerBlock} transactions.");
        }

        return made;
    }

    /// <summary>The validator that has the chain, and others that lack all of it.</summary>
    public InProcessNetwork CreateNetwork(int others, int threads) => new([_sources[0], .. Enumerable.Range(0, others).Select(_ => Open(_follower))], threads);

    /// <summary>A chain in memory that has nothing but the genesis.</summary>
    public Blockchain OpenEmpty(int threads)
    {
        var genesis = new Genesis
        {
            Spec = _spec,
            Timestamp = StartTime,
            GasLimit = 60_000_000,
            ExtraData = CliqueExtraData.ForGenesis(_authorities.Select(static key => key.Address)),
            Accounts = _senders.ToImmutableSortedDictionary(static key => key.Address, static _ => new GenesisAccount((UInt256)Gwei * Gwei * 1_000)),
        };
        return Blockchain.Open(new MemoryStore(), genesis, new CliqueEngine(_spec), rule: null, new BlockchainOptions { Threads = threads });
    }

    public void Dispose()
    {
        _follower.Dispose();
        foreach (PrivateKey key in _authorities.Concat(_senders))
            key.Dispose();
    }

    private Validator Open(PrivateKey key)
    {
        Blockchain chain = OpenEmpty(threads: 1);
        return new Validator(key, chain, (CliqueEngine)chain.Engine);
    }

    private ReadOnlyMemory<byte> Transfer(int number) => new UnsignedTransaction
    {
        Type = TransactionType.Legacy,
        ChainId = _spec.ChainId,
        Nonce = (ulong)(number / Senders),
        MaxPriorityFeePerGas = 10 * Gwei,
        MaxFeePerGas = 10 * Gwei,
        GasLimit = 21_000,
        To = _senders[number % Senders].Address,
        Value = UInt256.One,
    }.Sign(_senders[number % Senders]).Encoded;
}
