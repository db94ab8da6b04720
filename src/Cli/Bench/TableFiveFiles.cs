using System.Globalization;
using System.Text;

namespace DerChain.Cli.Bench;

/// <summary>The files of a measurement: <c>table5.csv</c>, <c>table5.svg</c> and <c>table5.png</c>. Each is there whole or not at all.</summary>
internal static class TableFiveFiles
{
    private const string Header =
        "store,threads,validators,runs,median_s,min_s,lower_quartile_s,upper_quartile_s,max_s,signatures_s,geth_scaled_s,geth_over_ours,paper_s,"
        + "sign_s,recover_s,bouncycastle_recover_s,blocks_out_of_turn";

    /// <exception cref="IOException">A file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void Write(TableFiveGrid grid, string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "table5.csv", Encoding.UTF8.GetBytes(Csv(grid)));
        Write(folder, "table5.svg", Encoding.UTF8.GetBytes(TableFiveFigure.Svg(grid).ToXml()));
        Write(folder, "table5.png", TableFiveFigure.Png(grid));
    }

    private static void Write(string folder, string name, byte[] content) =>
        AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(content));

    private static string Csv(TableFiveGrid grid)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (TableFiveCell cell in grid.Cells)
            text.AppendJoin(',', Columns(grid, cell)).Append('\n');

        return text.ToString();
    }

    private static IEnumerable<string> Columns(TableFiveGrid grid, TableFiveCell cell) =>
    [
        TableFiveText.Name(cell.Store),
        Whole(cell.Threads),
        Whole(cell.Validators),
        Whole(cell.Seconds.Runs),
        Seconds(cell.Seconds.Median),
        Seconds(cell.Seconds.Min),
        Seconds(cell.Seconds.LowerQuartile),
        Seconds(cell.Seconds.UpperQuartile),
        Seconds(cell.Seconds.Max),
        Seconds(cell.SignatureSeconds(grid.Signatures)),
        Seconds(grid.Geth(cell)),
        grid.Ratio(cell).ToString("F2", CultureInfo.InvariantCulture),
        TableFiveGrid.Paper(cell) is { } paper ? paper.ToString("F1", CultureInfo.InvariantCulture) : "",
        Seconds(grid.Signatures.Sign),
        Seconds(grid.Signatures.Recover),
        Seconds(grid.Signatures.BouncyCastleRecover),
        Whole(cell.BlocksOutOfTurn),
    ];

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("F6", CultureInfo.InvariantCulture);
}
