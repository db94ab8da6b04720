using System.Text.Json;
using DerChain.Cli.Report;
using Spectre.Console;

namespace DerChain.Cli.Bench;

/// <summary>A measurement of Table V on the console and as JSON.</summary>
internal static class TableFiveText
{
    private static readonly string[] Columns =
        ["Store", "Threads", "Validators", "Median ms", "Quartiles", "Least to most", "Signatures", "Geth ms", "Geth/ours", "Paper s"];

    /// <summary>The name of a kind of store, as the command line and the files have it.</summary>
    public static string Name(TableFiveStore store) => store == TableFiveStore.Memory ? "memory" : "litedb";

    /// <summary>One line on a cell, while others are still to come.</summary>
    public static string Line(TableFiveCell cell)
    {
        string threads = Wording.Plural(cell.Threads, "thread", "threads");
        return $"{Name(cell.Store)}, {threads}, {cell.Validators} validators: {Milliseconds(cell.Seconds.Median)} ms in the median of {cell.Seconds.Runs}";
    }

    /// <summary>Writes the table and what it rests on.</summary>
    public static void Write(TableFiveGrid grid, IAnsiConsole console, string folder)
    {
        if (console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi)
            WriteTable(grid, console);
        else
            WritePlain(grid, console.Profile.Out.Writer);

        foreach (string line in Remarks(grid, folder))
            console.Profile.Out.Writer.WriteLine(line);
    }

    /// <summary>Writes the same as JSON.</summary>
    public static void Write(TableFiveGrid grid, Utf8JsonWriter json)
    {
        json.WriteNumber("processors", Environment.ProcessorCount);
        WriteNumbers(json, "threadsLeftOut", TableFiveGrid.ThreadsLeftOut);
        json.WriteNumber("signSeconds", grid.Signatures.Sign);
        json.WriteNumber("recoverSeconds", grid.Signatures.Recover);
        json.WriteNumber("bouncyCastleRecoverSeconds", grid.Signatures.BouncyCastleRecover);
        json.WriteNumber("warmUp", grid.WarmUp);
        json.WriteStartArray("cells");
        foreach (TableFiveCell cell in grid.Cells)
            Write(grid, cell, json);

        json.WriteEndArray();
    }

    private static void Write(TableFiveGrid grid, TableFiveCell cell, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("store", Name(cell.Store));
        json.WriteNumber("threads", cell.Threads);
        json.WriteNumber("validators", cell.Validators);
        json.WriteNumber("runs", cell.Seconds.Runs);
        json.WriteNumber("medianSeconds", cell.Seconds.Median);
        json.WriteNumber("minSeconds", cell.Seconds.Min);
        json.WriteNumber("lowerQuartileSeconds", cell.Seconds.LowerQuartile);
        json.WriteNumber("upperQuartileSeconds", cell.Seconds.UpperQuartile);
        json.WriteNumber("maxSeconds", cell.Seconds.Max);
        json.WriteNumber("signaturesSeconds", cell.SignatureSeconds(grid.Signatures));
        json.WriteNumber("gethSeconds", grid.Geth(cell));
        json.WriteNumber("gethOverOurs", grid.Ratio(cell));
        if (TableFiveGrid.Paper(cell) is { } paper)
            json.WriteNumber("paperSeconds", paper);
        else
            json.WriteNull("paperSeconds");

        json.WriteNumber("blocksOutOfTurn", cell.BlocksOutOfTurn);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
            json.WriteNumberValue(number);

        json.WriteEndArray();
    }

    private static void WriteTable(TableFiveGrid grid, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string column in Columns)
            table.AddColumn(new TableColumn(column) { Alignment = Justify.Right, NoWrap = true });

        foreach (TableFiveCell cell in grid.Cells)
            table.AddRow(Cells(grid, cell).Select(static text => new Text(text)));

        console.Write(table);
    }

    private static void WritePlain(TableFiveGrid grid, TextWriter output)
    {
        foreach (string[] row in grid.Cells.Select(cell => Cells(grid, cell)).Prepend(Columns))
            output.WriteLine(string.Concat(row.Select(static (text, column) => text.PadLeft(column is 4 or 5 ? 18 : 11))));
    }

    private static string[] Cells(TableFiveGrid grid, TableFiveCell cell)
    {
        Spread seconds = cell.Seconds;
        return
        [
            Name(cell.Store),
            cell.Threads.ToString(Numbers.Culture),
            cell.Validators.ToString(Numbers.Culture),
            Milliseconds(seconds.Median),
            $"{Milliseconds(seconds.LowerQuartile)} to {Milliseconds(seconds.UpperQuartile)}",
            $"{Milliseconds(seconds.Min)} to {Milliseconds(seconds.Max)}",
            Milliseconds(cell.SignatureSeconds(grid.Signatures)),
            Milliseconds(grid.Geth(cell)),
            Numbers.Fixed(grid.Ratio(cell), 1),
            TableFiveGrid.Paper(cell) is { } paper ? Numbers.Fixed(paper, 1) : "",
        ];
    }

    private static IEnumerable<string> Remarks(TableFiveGrid grid, string folder)
    {
        yield return "";
        yield return $"{TableFiveNetwork.BlocksPerRun} transactions, one after the other, each signed, submitted to one validator, sealed in a block of its own and imported by every validator.";
        yield return $"Signatures: those of a run alone, over the threads; signing took {Microseconds(grid.Signatures.Sign)} µs, recovery {Microseconds(grid.Signatures.Recover)} µs.";
        yield return $"Geth ms: its measured medians on two cores times {Microseconds(grid.Signatures.BouncyCastleRecover)} µs / 184 µs, what BouncyCastle takes to recover here and took there. Paper s: seconds; it has 4, 8 and 16 threads.";
        if (!TableFiveGrid.ThreadsLeftOut.IsEmpty)
            yield return $"Left out: {string.Join(", ", TableFiveGrid.ThreadsLeftOut)} threads, since this machine has {Environment.ProcessorCount}.";

        foreach (TableFiveCell cell in grid.Cells.Where(static cell => cell.BlocksOutOfTurn > 0))
            yield return $"{Line(cell)}; {Wording.Plural(cell.BlocksOutOfTurn, "block was", "blocks were")} sealed out of turn: the machine was busy.";

        yield return $"Written: {Path.Combine(folder, "table5.csv")}, table5.svg, table5.png";
    }

    private static string Milliseconds(double seconds) => Numbers.Fixed(1000 * seconds, 1);

    private static string Microseconds(double seconds) => Numbers.Whole(1e6 * seconds);
}
