using System.Text;
using DerChain.Market.Scenario;
using DerChain.RecordFiles;

namespace DerChain.Tests.RecordFiles;

/// <summary>The files of a day of three prosumers, for a test to spoil.</summary>
internal sealed class EditableDay : IDisposable
{
    private static readonly Lazy<Dictionary<string, byte[]>> Files = new(static () =>
    {
        using var folder = new TemporaryFolder();
        MarketDayFiles.Write(CaseStudy.Create(new CaseStudyOptions { Prosumers = 3 }), 1, 222_200, folder.Path);
        return Directory.GetFiles(folder.Path).ToDictionary(static path => System.IO.Path.GetFileName(path), File.ReadAllBytes);
    });

    private readonly TemporaryFolder _folder = new();

    public EditableDay()
    {
        Directory.CreateDirectory(Folder);
        foreach ((string name, byte[] bytes) in Files.Value) File.WriteAllBytes(PathOf(name), bytes);
    }

    public static IEnumerable<string> Names => Files.Value.Keys.Order(StringComparer.Ordinal);

    public string Folder => _folder.Path;

    public string PathOf(string file) => System.IO.Path.Combine(Folder, file);

    public string[] Lines(string file) => File.ReadAllLines(PathOf(file));

    /// <summary>Replaces text in a line, from 1.</summary>
    public EditableDay Replace(string file, int line, string old, string replacement)
    {
        string[] lines = Lines(file);
        Assert.Contains(old, lines[line - 1]);
        int at = lines[line - 1].IndexOf(old, StringComparison.Ordinal);
        lines[line - 1] = string.Concat(lines[line - 1].AsSpan(0, at), replacement, lines[line - 1].AsSpan(at + old.Length));
        return Write(file, lines);
    }

    /// <summary>Sets a cell of a line, from 1.</summary>
    public EditableDay Set(string file, int line, string column, string value)
    {
        string[] lines = Lines(file);
        string[] cells = lines[line - 1].Split(',');
        cells[Array.IndexOf(lines[0].Split(','), column)] = value;
        lines[line - 1] = string.Join(',', cells);
        return Write(file, lines);
    }

    public EditableDay Write(string file, IEnumerable<string> lines, string end = "\n")
    {
        File.WriteAllText(PathOf(file), string.Concat(lines.Select(line => line + end)), new UTF8Encoding(false));
        return this;
    }

    public FileReading<StoredMarketDay> Read() => MarketDayFiles.Read(Folder);

    /// <summary>The one problem there is.</summary>
    public FileProblem Problem()
    {
        FileReading<StoredMarketDay> reading = Read();
        Assert.Null(reading.Value);
        Assert.Equal(reading.ProblemCount, reading.Problems.Length);
        return Assert.Single(reading.Problems);
    }

    public void Dispose() => _folder.Dispose();
}
