using System.CommandLine;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;

namespace DerChain.Cli.Clique;

/// <summary>A store of a chain under Clique that no node uses, opened for one command.</summary>
internal sealed class CliqueStore : IDisposable
{
    private readonly IKeyValueStore _store;
    private readonly CliqueEngine _engine;

    private CliqueStore(IKeyValueStore store, string path)
    {
        StoreIdentity identity = StoreFile.IdentityOf(store, path);
        _store = store;
        try
        {
            _engine = new CliqueEngine(identity.Genesis.Spec);
            Chain = Blockchain.Open(store, identity.Genesis, _engine, StoreFile.RuleOf(identity));
        }
        catch (ArgumentException exception)
        {
            throw new UserErrorException($"The chain in '{path}' is not under Clique: {exception.Message}");
        }

        Proposals = new Proposals(Chain.NodeEntries);
    }

    public Blockchain Chain { get; }

    public CliqueParameters Parameters => _engine.Parameters;

    /// <summary>What blocks that are sealed on this store vote for.</summary>
    public Proposals Proposals { get; }

    /// <summary>Who may seal after the head.</summary>
    public CliqueSnapshot Snapshot => _engine.SnapshotAt(Chain.Head.Header, Chain.Head.Hash, Chain.FindHeader);

    /// <summary><c>--store</c>.</summary>
    public static Option<string?> PathOption() =>
        Options.Path("--store", "The validator's store, e.g. out/chain/validator-1.db. No node may be running on it.", required: true);

    /// <summary>Opens a store.</summary>
    /// <exception cref="UserErrorException">There is no store, no chain in it, or one that is not under Clique.</exception>
    /// <exception cref="StoreException">The store is in use, damaged, or no store.</exception>
    public static CliqueStore Open(string path)
    {
        IKeyValueStore store = StoreFile.OpenExisting(path);
        try
        {
            return new CliqueStore(store, path);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Who may seal after a block of the canonical chain.</summary>
    /// <exception cref="UserErrorException">The chain has no such block.</exception>
    public (CliqueSnapshot Snapshot, Hash256 Hash) SnapshotAt(ulong number)
    {
        if (Chain.FindHash(number) is not { } hash)
            throw new UserErrorException($"The chain ends at block {Chain.Head.Header.Number}; it has no block {number}.");

        BlockHeader header = Chain.FindHeader(hash)!;
        return (_engine.SnapshotAt(header, hash, Chain.FindHeader), hash);
    }

    /// <summary>Who sealed a block of the chain.</summary>
    public Address SealerOf(BlockHeader header) => _engine.GetAuthor(header);

    public void Dispose() => _store.Dispose();
}
