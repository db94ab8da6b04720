using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using DerChain.Chain;
using DerChain.Chain.ChainFiles;
using DerChain.Chain.Storage;
using DerChain.Cli.Report;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Export;

/// <summary><c>derchain export</c>: writes the blocks of a stored chain as a chain file.</summary>
internal static class ExportCommand
{
    private const int Stopped = 130;

    public static Command Create(Terminal terminal)
    {
        Option<string?> store = Options.Path("--store", "The store to export from.", required: true);
        Option<string?> file = Options.Path(
            "--out", "The chain file to write, with gzip where it ends in .gz; '-' writes to standard output. It is there whole or not at all.", required: true);
        Option<ulong?> first = Options.OptionalNumber("--first", "Number of the first block. Default: 0, the genesis block.");
        Option<ulong?> last = Options.OptionalNumber("--last", "Number of the last block. Default: the head's.");
        Option<bool> json = Options.Json();
        var command = new Command("export", "Write the blocks of a stored chain in Geth's export format.")
        {
            store,
            file,
            first,
            last,
            json,
        };
        command.Validators.Add(line => RefuseTwoOutputs(line, file, json));
        command.SetAction(line => Terminal.WithCancellation(cancellation => Run(
            terminal,
            new ExportSettings(
                line.GetRequiredValue(store)!,
                line.GetRequiredValue(file)!,
                line.GetValue(first),
                line.GetValue(last),
                line.GetValue(json)),
            cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, ExportSettings settings, CancellationToken cancellation)
    {
        using IKeyValueStore store = StoreFile.OpenExisting(settings.Store);
        StoreIdentity identity = StoreFile.IdentityOf(store, settings.Store);
        Blockchain chain = Blockchain.Open(store, identity.Genesis, new CliqueEngine(identity.Genesis.Spec), StoreFile.RuleOf(identity));
        (ulong first, ulong last) = RangeOf(settings, chain.Head.Header.Number);
        var clock = Stopwatch.StartNew();
        var progress = new ChainFileProgressLines(terminal, "exported");
        ChainFileProgress written;
        try
        {
            written = ExportFile.Write(terminal, settings, output => ChainExport.Run(chain, output, first, last, progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            terminal.Say($"derchain: stopped. '{settings.File}' was not written.");
            return Stopped;
        }

        if (settings.Json)
            WriteJson(terminal, chain, written, first, clock.Elapsed);
        else
            WriteText(terminal, settings, written, first);

        return 0;
    }

    private static (ulong First, ulong Last) RangeOf(ExportSettings settings, ulong head)
    {
        ulong first = settings.First ?? 0;
        ulong last = settings.Last ?? head;
        if (first > last && settings.Last is not null)
            throw new UserErrorException($"--first is {first} and --last is {last}: there is no block between them.");

        return Math.Max(first, last) > head ? throw new UserErrorException($"The chain ends at block {head}; it has no block {Math.Max(first, last)}.") : (first, last);
    }

    private static void RefuseTwoOutputs(CommandResult line, Option<string?> file, Option<bool> json)
    {
        if (line.GetValue(json) && line.GetValue(file) == ExportFile.StandardOutput)
            line.AddError("--json writes to standard output, and so does --out -; name a file.");
    }

    // Beside the chain itself where that goes to standard output.
    private static void WriteText(Terminal terminal, ExportSettings settings, ChainFileProgress written, ulong first)
    {
        string text = $"{written.Blocks} blocks, {first} to {written.BlockNumber}, with {written.Transactions} transactions were exported.";
        if (settings.File == ExportFile.StandardOutput)
            terminal.Say(text);
        else
            terminal.Output.WriteLine(text);
    }

    private static void WriteJson(Terminal terminal, Blockchain chain, ChainFileProgress written, ulong first, TimeSpan elapsed) => terminal.WriteJson(json =>
    {
        json.WriteNumber("blocks", written.Blocks);
        json.WriteNumber("transactions", written.Transactions);
        json.WriteNumber("first", first);
        json.WriteNumber("last", written.BlockNumber);
        json.WriteHead(chain.Head.Header.Number, chain.Head.Hash, chain.Head.Header.StateRoot);
        json.WriteSeconds("seconds", elapsed.TotalSeconds);
    });
}
