using System.Text;
using System.Text.Json;

namespace DerChain.RecordFiles.Fields;

/// <summary>Writes and reads <c>manifest.json</c>.</summary>
internal static class ManifestFile
{
    private const int MostBytes = 1 << 20;

    private static readonly FieldForm<int> Version = FieldForms.Int32 with
    {
        Parse = static (ReadOnlySpan<char> text, out int value) => FieldForms.Int32.Parse(text, out value) && value == RecordManifest.FormatVersion,
        Expected = $"{RecordManifest.FormatVersion}, the version of the format that is read",
    };

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n" };

    public static void Write(RecordManifest manifest, string folder)
    {
        using FileStream file = File.Create(Path.Combine(folder, RecordManifest.File));
        using (var json = new Utf8JsonWriter(file, Readable))
        {
            json.WriteStartObject();
            Visit(new JsonFieldWriter(json), manifest);
            json.WriteEndObject();
        }

        file.WriteByte((byte)'\n');
    }

    /// <summary>The manifest, or null where it has a problem.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordManifest? Read(string folder, ProblemList problems)
    {
        problems.Open(RecordManifest.File);
        if (!FolderFiles.Exists(folder, RecordManifest.File, problems)) return null;
        string path = Path.Combine(folder, RecordManifest.File);
        if (new FileInfo(path).Length > MostBytes)
        {
            problems.Add(RecordManifest.File, 0, null, null, $"is longer than {MostBytes} bytes");
            return null;
        }

        var fields = new JsonFieldReader((name, value, reason) => problems.Add(RecordManifest.File, 0, name, value, reason));
        RecordManifest? manifest = Parse(File.ReadAllBytes(path), fields, problems);
        if (fields.Refusals > 0 || manifest is null) return null;
        return CheckParts(manifest, problems) ? manifest : null;
    }

    private static RecordManifest? Parse(byte[] bytes, JsonFieldReader fields, ProblemList problems)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(bytes));
            return fields.Object(document.RootElement, "", static inner => Visit(inner, (RecordManifest?)null));
        }
        catch (JsonException malformed)
        {
            problems.Add(RecordManifest.File, (int)(malformed.LineNumber ?? 0) + 1, null, null, "is not JSON here");
        }
        catch (InvalidOperationException)
        {
            problems.Add(RecordManifest.File, 0, null, null, "has half of a surrogate pair");
        }

        return null;
    }

    private static RecordManifest Visit(RecordFields fields, RecordManifest? manifest)
    {
        fields.Required("formatVersion", RecordManifest.FormatVersion, Version);
        return new RecordManifest
        {
            ChainId = fields.UInt64("chainId", manifest?.ChainId),
            GenesisHash = fields.Hash("genesisHash", manifest?.GenesisHash),
            SystemOperator = fields.Account("systemOperator", manifest?.SystemOperator),
            HeadNumber = fields.UInt64("headNumber", manifest?.HeadNumber),
            HeadHash = fields.Hash("headHash", manifest?.HeadHash),
            Filter = Visit(fields, manifest?.Filter),
            Records = fields.Int64("records", manifest?.Records),
            Root = fields.Optional("root", manifest?.Root, FieldForms.Hash),
            Files = fields.Rows("files", manifest?.Files, Visit),
        };
    }

    private static RecordFilter Visit(RecordFields fields, RecordFilter? filter) => new()
    {
        FirstBlock = fields.UInt64("firstBlock", filter?.FirstBlock),
        LastBlock = fields.UInt64("lastBlock", filter?.LastBlock),
        Kinds = fields.List("kinds", filter?.Kinds, FieldForms.RecordKind),
        Sender = fields.Optional("sender", filter?.Sender, FieldForms.Address),
        Resource = fields.Optional("resource", filter?.Resource, FieldForms.Resource),
    };

    private static RecordManifestFile Visit(RecordFields fields, RecordManifestFile? file) => new(
        fields.Required("name", file is null ? null : RecordFile.All.Single(known => known.Name == file.Name), RecordFile.Form).Name,
        fields.Required("sha256", file is null ? null : new FileHash(file.Sha256), FieldForms.FileHash).Value,
        fields.Int64("lines", file?.Lines),
        fields.Int64("records", file?.Records));

    private static bool CheckParts(RecordManifest manifest, ProblemList problems)
    {
        long before = problems.Count;
        RecordFilter filter = manifest.Filter;
        if (filter.FirstBlock > filter.LastBlock) Refuse("firstBlock", $"{filter.FirstBlock}", "is after lastBlock");
        if (filter.LastBlock > manifest.HeadNumber) Refuse("lastBlock", $"{filter.LastBlock}", "is after headNumber");
        foreach (IGrouping<string, RecordManifestFile> file in manifest.Files.GroupBy(static file => file.Name).Where(static file => file.Count() > 1))
            Refuse("files", file.Key, "stands more than once");
        return problems.Count == before;

        void Refuse(string name, string value, string reason) => problems.Add(RecordManifest.File, 0, name, value, reason);
    }
}
