using System.CommandLine;
using DerChain.Chain;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.Market.Participants;

namespace DerChain.Cli.Records;

/// <summary><c>derchain records</c>: the records of a chain as text, and back.</summary>
internal static class RecordsCommand
{
    public static Command Create(Terminal terminal) => new("records", "Write the records of a chain as text with a manifest, or check such files.")
    {
        ExportRecordsCommand.Create(terminal),
        ImportRecordsCommand.Create(terminal),
    };

    /// <summary>The chain of a store, which holds records.</summary>
    /// <exception cref="UserErrorException">It holds no chain, or one without records.</exception>
    /// <exception cref="StoreException">The store is damaged.</exception>
    public static Blockchain ChainOf(IKeyValueStore store, string path)
    {
        StoreIdentity identity = StoreFile.IdentityOf(store, path);
        MarketRule rule = StoreFile.RuleOf(identity) ?? throw new UserErrorException($"The chain in '{path}' has no records: the market's rule does not govern it.");
        return Blockchain.Open(store, identity.Genesis, new CliqueEngine(identity.Genesis.Spec), rule);
    }
}
