using System.CommandLine;
using System.CommandLine.Parsing;
using DerChain.Chain;
using DerChain.Chain.Storage;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.RecordFiles;

namespace DerChain.Cli.Records;

/// <summary><c>derchain records export</c>: writes the records of a stored chain as text.</summary>
internal static class ExportRecordsCommand
{
    private const int Stopped = 130;

    public static Command Create(Terminal terminal)
    {
        Argument<string> store = new("store") { Description = "The store to export from." };
        Option<string?> folder = Options.Path("--out", "Folder for the files; it is made, or is empty. It is there whole or not at all.", required: true);
        Option<RecordFormats> format = Format();
        Option<RecordKind[]> kinds = Kinds();
        Option<ulong?> from = Options.OptionalNumber("--from", "Number of the first block. Default: 0.");
        Option<ulong?> to = Options.OptionalNumber("--to", "Number of the last block. Default: the head's.");
        Option<string?> sender = new("--sender") { Description = "Only records that this account signed." };
        Option<string?> resource = new("--resource") { Description = "Only records with a row about this device." };
        var command = new Command("export", "Write the records of a stored chain as JSON Lines or CSV, with where each stands, and a manifest with a root over all.")
        {
            store,
            folder,
            format,
            kinds,
            from,
            to,
            sender,
            resource,
        };
        command.SetAction(line => Terminal.WithCancellation(cancellation => Run(
            terminal,
            (line.GetRequiredValue(store), line.GetRequiredValue(folder)!),
            line.GetValue(format),
            new RecordFilter
            {
                Kinds = [.. line.GetValue(kinds) ?? []],
                FirstBlock = line.GetValue(from) ?? 0,
                LastBlock = line.GetValue(to),
                Sender = line.GetValue(sender) is { } account ? AddressText.Parse(account) : null,
                Resource = line.GetValue(resource) is { } name ? ResourceOf(name) : null,
            },
            cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, (string Store, string Folder) paths, RecordFormats formats, RecordFilter filter, CancellationToken cancellation)
    {
        using IKeyValueStore store = StoreFile.OpenExisting(paths.Store);
        Blockchain chain = RecordsCommand.ChainOf(store, paths.Store);
        RequireBlocks(filter, chain.Head.Header.Number);
        try
        {
            ManifestText.Write(terminal, RecordExport.Write(chain, paths.Folder, formats, filter, cancellation));
        }
        catch (OperationCanceledException)
        {
            terminal.Say($"derchain: stopped. '{paths.Folder}' was not written.");
            return Stopped;
        }

        return 0;
    }

    private static void RequireBlocks(RecordFilter filter, ulong head)
    {
        ulong last = filter.LastBlock ?? head;
        if (Math.Max(filter.FirstBlock, last) > head)
            throw new UserErrorException($"The chain ends at block {head}; it has no block {Math.Max(filter.FirstBlock, last)}.");

        if (filter.FirstBlock > last)
            throw new UserErrorException($"--from is {filter.FirstBlock} and --to is {last}: there is no block between them.");
    }

    private static ResourceId ResourceOf(string name) => Identifier.IsValid(name)
        ? new ResourceId(name)
        : throw new UserErrorException($"--resource is '{name}'; a name of 1 to {Identifier.MaxLength} characters of A-Z a-z 0-9 . _ : - is wanted.");

    private static Option<RecordFormats> Format() => new("--format")
    {
        Description = "jsonl: one file of all records; csv: a file for each kind; both.",
        DefaultValueFactory = static _ => RecordFormats.JsonLines,
        CustomParser = static argument =>
        {
            RecordFormats? formats = argument.Tokens[0].Value switch
            {
                "jsonl" => RecordFormats.JsonLines,
                "csv" => RecordFormats.Csv,
                "both" => RecordFormats.JsonLines | RecordFormats.Csv,
                _ => null,
            };
            if (formats is null) argument.AddError($"--format is '{argument.Tokens[0].Value}'; jsonl, csv or both is wanted.");
            return formats.GetValueOrDefault();
        },
    };

    private static Option<RecordKind[]> Kinds() => new("--kind")
    {
        Description = "Only records of this kind, such as Telemetry; may be given several times. Default: all.",
        CustomParser = static argument => [.. argument.Tokens.Select(token => KindOf(argument, token.Value))],
    };

    private static RecordKind KindOf(ArgumentResult argument, string text)
    {
        foreach (RecordKind kind in Enum.GetValues<RecordKind>())
            if (kind.ToString() == text) return kind;
        argument.AddError($"--kind is '{text}'; one of {string.Join(", ", Enum.GetNames<RecordKind>())} is wanted.");
        return default;
    }
}
