using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Records;

namespace DerChain;

/// <summary>A consortium's ledger in one process: validators under Clique, the market's rule, and the records on the chain.</summary>
/// <remarks>Time is an argument of every call, so that what happens is the same each time it is run.</remarks>
/// <threadsafety>Single owner.</threadsafety>
public sealed class Consortium : IDisposable
{
    private readonly ImmutableArray<IKeyValueStore> _stores;

    private Consortium(ImmutableArray<IKeyValueStore> stores, Genesis genesis, InProcessNetwork network)
    {
        _stores = stores;
        Genesis = genesis;
        Network = network;
        Signer = new RecordSigner(genesis.Spec.ChainId);
        Ledger = new MarketLedger(Chain);
    }

    /// <summary>What the chain started from.</summary>
    public Genesis Genesis { get; }

    /// <summary>The validators.</summary>
    public InProcessNetwork Network { get; }

    /// <summary>The first validator's copy of the chain. All copies are equal after <see cref="Seal"/>.</summary>
    public Blockchain Chain => Network.Validators[0].Chain;

    /// <summary>The market's records on <see cref="Chain"/>.</summary>
    public MarketLedger Ledger { get; }

    /// <summary>Writes records into transactions of this chain.</summary>
    public RecordSigner Signer { get; }

    /// <summary>Opens a consortium: starts its chain, or goes on where its stores end.</summary>
    /// <exception cref="ArgumentException">The options are not those of a consortium.</exception>
    /// <exception cref="StoreException">A store cannot be opened, is damaged, or holds another chain.</exception>
    public static Consortium Open(ConsortiumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Authorities.Length, 1, nameof(options));
        Genesis genesis = MakeGenesis(options);
        var stores = new List<IKeyValueStore>();
        try
        {
            var validators = ImmutableArray.CreateBuilder<Validator>();
            for (int index = 0; index < options.Authorities.Length; index++)
            {
                IKeyValueStore store = options.OpenStore(index);
                stores.Add(store);
                validators.Add(OpenValidator(options, genesis, options.Authorities[index], store));
            }

            var network = new InProcessNetwork(validators.ToImmutable(), options.Threads);
            network.CatchUp(ulong.MaxValue);
            return new Consortium([.. stores], genesis, network);
        }
        catch
        {
            stores.ForEach(static store => store.Dispose());
            throw;
        }
    }

    /// <summary>Signs a record and gives it to every validator; a later <see cref="Seal"/> puts it on the chain.</summary>
    /// <param name="record">The record.</param>
    /// <param name="sender">Key of the participant that sends it.</param>
    /// <param name="receiver">Account of the participant it is for.</param>
    /// <param name="nowUnixSeconds">The time.</param>
    /// <returns>Valid, or the rule by which a validator refuses it.</returns>
    /// <exception cref="ArgumentException">The record breaks a rule of <see cref="RecordRules"/>.</exception>
    public ValidationResult Record(MarketRecord record, PrivateKey sender, Address receiver, ulong nowUnixSeconds)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ulong nonce = Network.Validators[0].Pool.NextNonce(sender.Address);
        return Network.Submit([Signer.Sign(record, receiver, nonce, sender).Encoded], nowUnixSeconds * 1000)[0];
    }

    /// <summary>Seals blocks until no transaction waits that could be included. When it returns, every validator holds them durably.</summary>
    /// <param name="nowUnixSeconds">The time; the blocks carry it, or the earliest that the period allows.</param>
    /// <returns>The blocks in order; none where nothing waited.</returns>
    public ImmutableArray<Block> Seal(ulong nowUnixSeconds)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        while (Network.Validators[0].Pool.HasExecutable && Network.TrySealNext(nowUnixSeconds * 1000) is { } block)
            blocks.Add(block);

        return blocks.ToImmutable();
    }

    /// <summary>Closes the stores.</summary>
    public void Dispose()
    {
        foreach (IKeyValueStore store in _stores)
            store.Dispose();
    }

    private static Genesis MakeGenesis(ConsortiumOptions options) => new()
    {
        Spec = new ChainSpec { ChainId = options.ChainId, CliquePeriodSeconds = options.PeriodSeconds },
        Timestamp = options.GenesisUnixSeconds,
        ExtraData = CliqueExtraData.ForGenesis(options.Authorities.Select(static key => key.Address)),
        Accounts = options.FundedAccounts.ToImmutableSortedDictionary(
            static account => account, _ => new GenesisAccount(options.InitialBalanceWei)),
    };

    private static Validator OpenValidator(ConsortiumOptions options, Genesis genesis, PrivateKey key, IKeyValueStore store)
    {
        var engine = new CliqueEngine(genesis.Spec, new CliqueEngineOptions { FindNote = hash => EngineNote.Read(store, hash) });
        var rule = new MarketRule(options.SystemOperator);
        Blockchain chain = Blockchain.Open(store, genesis, engine, rule, new BlockchainOptions { Threads = options.Threads });
        return new Validator(key, chain, engine);
    }
}
