using DerChain.RecordFiles;

namespace DerChain.Cli.Records;

/// <summary>What an export holds, as a table.</summary>
internal static class ManifestText
{
    public static void Write(Terminal terminal, RecordManifest manifest)
    {
        TextWriter output = terminal.Output;
        int width = manifest.Files.Select(static file => file.Name.Length).Append("file".Length).Max();
        output.WriteLine($"{"file".PadRight(width)}  {"records",10}  {"lines",10}");
        foreach (RecordManifestFile file in manifest.Files)
            output.WriteLine($"{file.Name.PadRight(width)}  {file.Records,10}  {file.Lines,10}");

        output.WriteLine($"blocks   {manifest.Filter.FirstBlock} to {manifest.Filter.LastBlock}");
        output.WriteLine($"head     {manifest.HeadNumber} {manifest.HeadHash}");
        output.WriteLine($"records  {manifest.Records}");
        output.WriteLine($"root     {(manifest.Root is { } root ? root.ToString() : "none: there is no record")}");
    }
}
