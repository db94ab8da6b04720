using System.IO.Compression;
using DerChain.Chain.ChainFiles;

namespace DerChain.Cli.Export;

/// <summary>Where an export goes.</summary>
internal static class ExportFile
{
    /// <summary>The name that stands for standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>Lets an export write to the file or to standard output, compressed where the name says so.</summary>
    /// <exception cref="UserErrorException">The file cannot be one.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static ChainFileProgress Write(Terminal terminal, ExportSettings settings, Func<Stream, ChainFileProgress> export)
    {
        if (settings.File == StandardOutput)
        {
            using Stream output = terminal.OpenOutput();
            return export(output);
        }

        string path = Path.GetFullPath(settings.File);
        OutputFile.RequireReplaceable(settings.File, settings.Store);
        ChainFileProgress written = new(0, 0, 0);
        AtomicFile.Write(path, file => written = IsGzip(path) ? Compressed(file, export) : export(file));
        return written;
    }

    private static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static ChainFileProgress Compressed(Stream file, Func<Stream, ChainFileProgress> export)
    {
        using var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        return export(gzip);
    }
}
