using System.Security.Cryptography;
using DerChain.Chain;
using DerChain.Chain.Storage;
using DerChain.EndToEnd.Tests.MarketDays;
using DerChain.Market.Scenario;
using DerChain.RecordFiles;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Records;

/// <summary>A day of two prosumers, recorded once, and a copy of its export for a test to spoil.</summary>
internal sealed class ExportedDay : IDisposable
{
    public const RecordFormats Both = RecordFormats.JsonLines | RecordFormats.Csv;

    public static readonly MarketDay Day = SmallDay.Create(2);

    private static readonly Lazy<Blockchain> Recorded =
        new(static () => SmallDay.Record(Day, validators: 1, threads: 1, static _ => new MemoryStore()).Consortium.Chain);

    private static readonly Lazy<Dictionary<string, byte[]>> Exported = new(static () =>
    {
        using var folder = new TemporaryFolder();
        RecordExport.Write(Chain, folder.File("day"), Both);
        return Directory.GetFiles(folder.File("day")).ToDictionary(static path => Path.GetFileName(path), File.ReadAllBytes);
    });

    private readonly TemporaryFolder _folder = new();

    public ExportedDay()
    {
        Directory.CreateDirectory(Folder);
        foreach ((string name, byte[] bytes) in Exported.Value) File.WriteAllBytes(PathOf(name), bytes);
    }

    public static Blockchain Chain => Recorded.Value;

    public static IEnumerable<string> Names => Exported.Value.Keys.Order(StringComparer.Ordinal);

    public string Folder => _folder.File("day");

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Another export, in a folder of its own.</summary>
    public static (RecordManifest Manifest, FileReading<ImportedRecords> Reading) Export(TemporaryFolder folder, RecordFormats formats, RecordFilter? filter)
    {
        RecordManifest manifest = Write(folder.File($"{formats}"), formats, filter, CancellationToken.None);
        return (manifest, RecordImport.Read(folder.File($"{formats}"), Chain));
    }

    public static RecordManifest Write(string folder, RecordFormats formats, RecordFilter? filter, CancellationToken cancellation) =>
        RecordExport.Write(Chain, folder, formats, filter, cancellation);

    /// <summary>Changes a line of a file, from 1; null takes it out.</summary>
    public ExportedDay ChangeLine(string file, int line, Func<string, string?> change)
    {
        string[] lines = File.ReadAllLines(PathOf(file));
        string? changed = change(lines[line - 1]);
        Assert.NotEqual(changed, lines[line - 1]);
        IEnumerable<string> all = [.. lines[..(line - 1)], .. changed is null ? [] : new[] { changed }, .. lines[line..]];
        File.WriteAllText(PathOf(file), string.Concat(all.Select(static text => text + "\n")));
        return this;
    }

    /// <summary>Changes a cell of a line of CSV.</summary>
    public ExportedDay Set(string file, int line, string column, string value)
    {
        int index = Array.IndexOf(File.ReadLines(PathOf(file)).First().Split(','), column);
        return ChangeLine(file, line, text =>
        {
            string[] cells = text.Split(',');
            cells[index] = value;
            return string.Join(',', cells);
        });
    }

    /// <summary>Puts the hash of a file as it is now into the manifest, as a forger would.</summary>
    public ExportedDay Resign(string file)
    {
        string old = Convert.ToHexStringLower(SHA256.HashData(Exported.Value[file]));
        string now = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(file))));
        File.WriteAllText(PathOf(RecordManifest.File), File.ReadAllText(PathOf(RecordManifest.File)).Replace(old, now, StringComparison.Ordinal));
        return this;
    }

    public ExportedDay ChangeManifest(string old, string replacement)
    {
        string text = File.ReadAllText(PathOf(RecordManifest.File));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(RecordManifest.File), text.Replace(old, replacement, StringComparison.Ordinal));
        return this;
    }

    public string[] Problems(Blockchain? chain = null) => [.. RecordImport.Read(Folder, chain).Problems.Select(static problem => problem.ToString())];

    public void Dispose() => _folder.Dispose();
}
