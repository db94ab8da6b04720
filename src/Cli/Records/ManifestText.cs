using System.Text.Json;
using DerChain.RecordFiles;

namespace DerChain.Cli.Records;

/// <summary>What an export holds, as a table or in JSON.</summary>
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

    public static void Write(Utf8JsonWriter json, RecordManifest manifest)
    {
        json.WriteNumber("firstBlock", manifest.Filter.FirstBlock);
        json.WriteNumber("lastBlock", manifest.Filter.LastBlock!.Value);
        json.WriteNumber("headNumber", manifest.HeadNumber);
        json.WriteString("headHash", manifest.HeadHash.ToString());
        json.WriteNumber("records", manifest.Records);
        json.WriteString("root", manifest.Root?.ToString());
        json.WriteStartArray("files");
        foreach (RecordManifestFile file in manifest.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("records", file.Records);
            json.WriteNumber("lines", file.Lines);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
