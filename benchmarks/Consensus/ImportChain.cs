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

/// <summary>A validator with a sealed chain, and any number of others, each with nothing but its genesis.</summary>
internal sealed class ImportChain : IDisposable
{
    private const ulong StartTime = 1_700_000_000;
    private const ulong Gwei = 1_000_000_000;
    private const int Senders = 50;

    private readonly PrivateKey _authority = PrivateKey.Generate();
    private readonly PrivateKey _follower = PrivateKey.Generate();
    private readonly ImmutableArray<PrivateKey> _senders = [.. Enumerable.Range(0, Senders).Select(static _ => PrivateKey.Generate())];
    private readonly ChainSpec _spec = new() { ChainId = 202211 };
    private readonly Validator _source;

    private ImportChain() => _source = Open(_authority);

    /// <summary>A clock that no block is ahead of.</summary>
    public static ulong NowUnixMilliseconds => (StartTime + 1_000_000) * 1000;

    public static ImportChain Make(int blocks, int transactionsPerBlock)
    {
        var made = new ImportChain();
        var network = new InProcessNetwork([made._source], Environment.ProcessorCount);
        for (int block = 0; block < blocks; block++)
        {
            ulong now = (StartTime + (ulong)block) * 1000;
            network.Submit([.. Enumerable.Range(block * transactionsPerBlock, transactionsPerBlock).Select(made.Transfer)], now);
            if (network.TrySealNext(now)?.Transactions.Length != transactionsPerBlock)
                throw new InvalidOperationException($"Block {block + 1} was not sealed with {transactionsPerBlock} transactions.");
        }

        return made;
    }

    /// <summary>The validator that has the chain, and others that lack all of it.</summary>
    public InProcessNetwork CreateNetwork(int others, int threads) => new([_source, .. Enumerable.Range(0, others).Select(_ => Open(_follower))], threads);

    public void Dispose()
    {
        _authority.Dispose();
        _follower.Dispose();
        foreach (PrivateKey key in _senders)
            key.Dispose();
    }

    private Validator Open(PrivateKey key)
    {
        var genesis = new Genesis
        {
            Spec = _spec,
            Timestamp = StartTime,
            ExtraData = CliqueExtraData.ForGenesis([_authority.Address]),
            Accounts = _senders.ToImmutableSortedDictionary(static key => key.Address, static _ => new GenesisAccount((UInt256)Gwei * Gwei * 1_000)),
        };
        var engine = new CliqueEngine(_spec);
        return new Validator(key, Blockchain.Open(new MemoryStore(), genesis, engine), engine);
    }

    private ReadOnlyMemory<byte> Transfer(int number) => new UnsignedTransaction
    {
        ChainId = _spec.ChainId,
        Nonce = (ulong)(number / Senders),
        MaxPriorityFeePerGas = Gwei,
        MaxFeePerGas = 10 * Gwei,
        GasLimit = 21_000,
        To = _senders[number % Senders].Address,
        Value = UInt256.One,
    }.Sign(_senders[number % Senders]).Encoded;
}
