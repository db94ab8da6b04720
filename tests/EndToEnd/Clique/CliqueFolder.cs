using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Storage.Sqlite;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Clique;

/// <summary>The stores of a network of validators, the first in SQLite, the others in LiteDB. Between commands the library seals blocks on them.</summary>
internal sealed class CliqueFolder : IDisposable
{
    private const ulong PeriodSeconds = 5;
    private readonly TemporaryFolder _folder = new();
    private readonly List<PrivateKey> _sealers;

    public CliqueFolder(int authorities, ulong epoch = 30_000)
    {
        Genesis = TestChain.GenesisOf(authorities, new ChainSpec { ChainId = 202211, CliquePeriodSeconds = PeriodSeconds, CliqueEpochLength = epoch });
        _sealers = [.. TestChain.Authorities(authorities)];
        Use(static _ => { });
    }

    public Genesis Genesis { get; }

    /// <summary>Addresses of the authorities of the genesis, as they are printed.</summary>
    public string[] Authorities => [.. _sealers.Select(static key => key.Address.ToChecksumString())];

    /// <summary>A file of the folder.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>The store of a validator.</summary>
    public string Store(int validator) => _folder.File(validator == 0 ? "validator-0.sqlite" : $"validator-{validator}.db");

    /// <summary>Opens every store, and closes them after the work.</summary>
    public void Use(Action<ImmutableArray<Validator>> work)
    {
        IKeyValueStore[] stores = [.. _sealers.Select((_, index) => Open(Store(index)))];
        try
        {
            work([.. stores.Select((store, index) => ValidatorOn(store, _sealers[index]))]);
        }
        finally
        {
            foreach (IKeyValueStore store in stores)
                store.Dispose();
        }
    }

    /// <summary>Lets the network seal blocks.</summary>
    public void Seal(int blocks) => Use(validators =>
    {
        var network = new InProcessNetwork(validators, threads: 1);
        for (int block = 0; block < blocks; block++)
            Assert.NotNull(network.TrySealNext((validators[0].Chain.Head.Header.Timestamp + PeriodSeconds) * 1000));
    });

    /// <summary>Gives a validator blocks from elsewhere, and tells what became of the last.</summary>
    public ImportOutcome Receive(int validator, params IEnumerable<Block> blocks)
    {
        var outcome = ImportOutcome.AlreadyKnown;
        Use(validators =>
        {
            foreach (Block block in blocks)
                outcome = validators[validator].ReceiveBlock(block, TestChain.Now * 1000).Outcome;
        });
        return outcome;
    }

    /// <summary>Runs a <c>clique</c> command on the store of a validator.</summary>
    public CommandLine Run(int validator, params string[] words) => CommandLine.Run(["clique", .. words, "--store", Store(validator)]);

    /// <summary>Runs a command that succeeds, and gives its JSON.</summary>
    public JsonElement Json(int validator, params string[] words)
    {
        CommandLine result = Run(validator, [.. words, "--json"]);
        Assert.Equal("", result.ExitCode == 0 ? "" : result.Error);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    public void Dispose() => _folder.Dispose();

    private static IKeyValueStore Open(string path) => path.EndsWith(".sqlite", StringComparison.Ordinal) ? SqliteStore.Open(path) : LiteDbStore.Open(path);

    private Validator ValidatorOn(IKeyValueStore store, PrivateKey key)
    {
        var engine = new CliqueEngine(Genesis.Spec);
        return new Validator(key, Blockchain.Open(store, Genesis, engine), engine);
    }
}
