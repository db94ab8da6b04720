using System.CommandLine;
using DerChain.Chain.Storage;
using DerChain.RecordFiles;

namespace DerChain.Cli.Records;

/// <summary><c>derchain records import</c>: checks the files of an export, alone or against a stored chain.</summary>
internal static class ImportRecordsCommand
{
    private const int Broken = 1;

    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("folder") { Description = "Folder that 'records export' made." };
        Option<string?> store = Options.Path("--store", "A store on whose chain every record must stand where the files say.");
        var command = new Command("import", "Check files of records: manifest, hashes, every record, the root, and with --store that they are those of a chain.")
        {
            folder,
            store,
        };
        command.SetAction(line => Run(terminal, line.GetRequiredValue(folder), line.GetValue(store)));
        return command;
    }

    private static int Run(Terminal terminal, string folder, string? path)
    {
        if (!File.Exists(Path.Combine(folder, RecordManifest.File)))
            throw new UserErrorException($"There is no {RecordManifest.File} in '{folder}'.");

        using IKeyValueStore? store = path is null ? null : StoreFile.OpenExisting(path);
        FileReading<ImportedRecords> reading = RecordImport.Read(folder, store is null ? null : RecordsCommand.ChainOf(store, path!));
        if (!reading.IsValid)
        {
            FileProblems.Say(terminal, reading);
            terminal.Say($"derchain: the records do not hold; there {(reading.ProblemCount == 1 ? "is a problem" : $"are {reading.ProblemCount} problems")}.");
            return Broken;
        }

        ManifestText.Write(terminal, reading.Value.Manifest);
        terminal.Output.WriteLine(store is null
            ? "Files, records and root are as the manifest says. Whether the chain has them was not asked (--store)."
            : "Files, records and root are as the manifest says, and every record stands on the chain where it says.");
        return 0;
    }
}
