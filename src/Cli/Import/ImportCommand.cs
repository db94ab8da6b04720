using System.CommandLine;
using System.Diagnostics;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.ChainFiles;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Import;

/// <summary><c>derchain import</c>: verifies the blocks of a chain file and stores them.</summary>
internal static class ImportCommand
{
    private const int Stopped = 2;

    public static Command Create(Terminal terminal)
    {
        var chain = new Argument<string>("CHAIN.rlp")
        {
            Description = "Blocks in Geth's export format, plain or gzip, with or without the genesis block; '-' reads standard input.",
        };
        Option<string?> genesis = Options.Path("--genesis", "The chain's genesis.json, as Geth reads it.", required: true);
        Option<string?> store = Options.Path(
            "--store", "The store to import into; it is made where it is not there, with SQLite where it ends in .sqlite or .sqlite3, else with LiteDB.", required: true);
        Option<int> threads = Options.Threads();
        Option<bool> json = Options.Json();
        Option<bool> unprotected = new("--allow-unprotected") { Description = "Admit legacy transactions without a chain id, which can be replayed on another chain." };
        var command = new Command(
            "import", "Verify the blocks of a chain file and store them, up to the first that breaks a rule. Run again, it goes on where it was stopped.")
        {
            chain,
            genesis,
            store,
            threads,
            unprotected,
            json,
        };
        command.SetAction(line => Terminal.WithCancellation(cancellation => Run(
            terminal,
            new ImportSettings(
                line.GetRequiredValue(chain),
                line.GetRequiredValue(genesis)!,
                line.GetRequiredValue(store)!,
                line.GetValue(threads),
                line.GetValue(unprotected),
                line.GetValue(json)),
            cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, ImportSettings settings, CancellationToken cancellation)
    {
        using var file = new ChainFileReader(OpenChainFile(terminal, settings.ChainFile));
        Genesis genesis = GenesisFile.Read(settings.GenesisFile, settings.AllowUnprotected);
        using IKeyValueStore store = StoreFile.OpenOrCreate(settings.Store);
        Blockchain chain = OpenChain(store, genesis);
        if (chain.Head.Header.Number > 0)
            terminal.Say($"The store holds {chain.Head.Header.Number} blocks; what is stored is not verified again.");

        var clock = Stopwatch.StartNew();
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var progress = new ChainFileProgressLines(terminal, "imported");
        ChainImportResult result = ChainImport.Run(chain, file, now, settings.Threads, progress, cancellation);
        if (result is { Bad: null, Blocks: 0, KnownBlocks: 0 })
            throw new UserErrorException($"The chain file '{settings.ChainFile}' is empty: it holds no block.");

        var summary = new ImportSummary(result, chain.Head, clock.Elapsed);
        if (settings.Json)
            summary.WriteJson(terminal);
        else
            summary.WriteText(terminal);

        return result.Bad is null ? 0 : Stopped;
    }

    private static Stream OpenChainFile(Terminal terminal, string path)
    {
        if (path == "-")
            return terminal.OpenInput();

        if (Directory.Exists(path))
            throw new UserErrorException($"'{path}' is a folder; a chain file is wanted.");

        return File.Exists(path) ? File.OpenRead(path) : throw new UserErrorException($"There is no chain file at '{path}'.");
    }

    private static Blockchain OpenChain(IKeyValueStore store, Genesis genesis)
    {
        StoreIdentity? identity = StoreIdentity.Read(store);
        if (identity is not null && identity.Genesis.Spec.AllowUnprotectedTransactions != genesis.Spec.AllowUnprotectedTransactions)
        {
            string word = genesis.Spec.AllowUnprotectedTransactions ? "without" : "with";
            throw new UserErrorException($"The store was begun {word} --allow-unprotected and goes on only {word} it.");
        }

        return Blockchain.Open(store, genesis, new CliqueEngine(genesis.Spec), identity is null ? null : StoreFile.RuleOf(identity));
    }
}
