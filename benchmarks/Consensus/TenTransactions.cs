using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using System.Collections.Immutable;

namespace DerChain.Benchmarks.Consensus;

/// <summary>Ten transactions of 1 KB of data, one after the other, each signed, verified and sealed in a block of its own by the only authority, in memory.</summary>
/// <remarks>The bar of issue 6: under 5 ms; the best JavaScript chain in process takes 7.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 100, iterationCount: 50, invocationCount: 1)]
public class TenTransactions
{
    private const ulong StartTime = 1_700_000_000;
    private const ulong Gwei = 1_000_000_000;

    private readonly byte[] _data = [.. Enumerable.Range(0, 1_024).Select(static index => (byte)(index % 251))];
    private readonly PrivateKey _user = PrivateKey.Generate();
    private readonly PrivateKey _authority = PrivateKey.Generate();
    private InProcessNetwork _network = null!;
    private ulong _nonce;

    [GlobalSetup]
    public void Setup()
    {
        var genesis = new Genesis
        {
            Spec = new ChainSpec { ChainId = 202211 },
            Timestamp = StartTime,
            ExtraData = CliqueExtraData.ForGenesis([_authority.Address]),
            Accounts = ImmutableSortedDictionary<Address, GenesisAccount>.Empty.Add(_user.Address, new GenesisAccount((UInt256)Gwei * Gwei * 1_000_000)),
        };
        var engine = new CliqueEngine(genesis.Spec);
        _network = new InProcessNetwork([new Validator(_authority, Blockchain.Open(new MemoryStore(), genesis, engine), engine)], threads: 1);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _user.Dispose();
        _authority.Dispose();
    }

    [Benchmark]
    public void TenBlocks()
    {
        for (int index = 0; index < 10; index++)
        {
            ulong now = (StartTime + ++_nonce) * 1000;
            Transaction transaction = Sign();
            if (!_network.Submit([transaction.Encoded], now)[0].IsValid || _network.TrySealNext(now)?.Transactions is not [var included] || included.Hash != transaction.Hash)
                throw new InvalidOperationException("A transaction is not in a block of its own.");
        }
    }

    private Transaction Sign() => new UnsignedTransaction
    {
        ChainId = 202211,
        Nonce = _nonce - 1,
        MaxPriorityFeePerGas = Gwei,
        MaxFeePerGas = 10 * Gwei,
        GasLimit = 60_000,
        To = _authority.Address,
        Data = _data,
    }.Sign(_user);
}
