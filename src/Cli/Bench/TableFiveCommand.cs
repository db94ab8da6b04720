using System.Collections.Immutable;
using System.CommandLine;

namespace DerChain.Cli.Bench;

/// <summary><c>derchain bench table5</c>: the paper's Table V on this machine.</summary>
internal static class TableFiveCommand
{
    private const string Both = "both";

    public static Command Create(Terminal terminal)
    {
        Option<string> store = new("--store")
        {
            Description = "Where the chains are: memory, litedb (in the folder for temporary files, which TMPDIR names; removed afterwards), or both.",
            DefaultValueFactory = static _ => Both,
        };
        store.AcceptOnlyFromAmong("memory", "litedb", Both);
        Option<int> runs = Options.Number("--runs", "Runs of each cell that are counted.", 30, 1, 10_000);
        Option<int> warmUp = Options.Number("--warm-up", "Runs of each cell before those that are counted.", 40, 0, 10_000);
        Option<string?> folder = Options.Path("--out", "Folder for table5.csv, table5.svg and table5.png. Default: the current folder.");
        Option<bool> json = Options.Json();
        var command = new Command(
            "table5", "Measure the paper's Table V: the time until every validator has 10 blocks of one transaction, by validators and threads.")
        {
            store,
            runs,
            warmUp,
            folder,
            json,
        };
        command.SetAction(line => Terminal.WithCancellation(cancellation => Run(
            terminal,
            new TableFiveSettings(
                StoresOf(line.GetRequiredValue(store)),
                line.GetValue(runs),
                line.GetValue(warmUp),
                line.GetValue(folder) ?? ".",
                line.GetValue(json)),
            cancellation)));
        return command;
    }

    private static ImmutableArray<TableFiveStore> StoresOf(string word) =>
        [.. Enum.GetValues<TableFiveStore>().Where(store => word == Both || word == TableFiveText.Name(store))];

    private static int Run(Terminal terminal, TableFiveSettings settings, CancellationToken cancellation)
    {
        // Before it measures for minutes, lest it finds then that it cannot write.
        Directory.CreateDirectory(settings.Folder);
        TableFiveGrid grid = TableFiveGrid.MeasureAsync(settings, cell => terminal.Say(TableFiveText.Line(cell)), cancellation).GetAwaiter().GetResult();
        TableFiveFiles.Write(grid, settings.Folder);
        if (settings.Json)
            terminal.WriteJson(json => TableFiveText.Write(grid, json));
        else
            TableFiveText.Write(grid, terminal.Results, settings.Folder);

        return 0;
    }
}
