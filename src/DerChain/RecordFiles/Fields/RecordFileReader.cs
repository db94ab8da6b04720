using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>Reads one file of an export, record by record. What is wrong becomes a problem, and reading goes on with the next record.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class RecordFileReader(RecordFile file, string folder, ProblemList problems)
{
    private const char NotUtf8 = '\uFFFD';

    public string Name => file.Name;

    /// <summary>Lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>The records, in the order of the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public IEnumerable<LocatedRecord> Read() => file.Kind is { } kind ? ReadCsv(kind) : ReadJson();

    private IEnumerable<LocatedRecord> ReadCsv(RecordKind kind)
    {
        using var csv = new CsvReader(
            Path.Combine(folder, Name), RecordColumns.Of(kind).Names, allowsOthers: false, problems, RecordFile.MostCsvCharacters);
        var fields = new CsvFieldReader(csv, kind, problems);
        while (fields.Next() is { } next)
        {
            Records++;
            yield return new LocatedRecord(Name, next.Line, next.Filed);
        }

        Lines = csv.Line;
    }

    private IEnumerable<LocatedRecord> ReadJson()
    {
        problems.Open(Name);
        using var text = new StreamReader(Path.Combine(folder, Name), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        var lines = new LineReader(text, RecordFile.MostJsonCharacters);
        while (TryReadLine(lines, out FiledRecord? filed))
        {
            if (filed is null) continue;
            Records++;
            yield return new LocatedRecord(Name, lines.Number, filed);
        }

        Lines = lines.Number;
    }

    private bool TryReadLine(LineReader lines, out FiledRecord? filed)
    {
        filed = null;
        if (!lines.TryRead(out ReadOnlySpan<char> line)) return false;
        var reader = new JsonFieldReader((path, value, reason) => problems.Add(Name, lines.Number, path, value, reason));
        if (lines.IsTooLong) problems.Add(Name, lines.Number, null, null, $"is longer than {lines.Most} characters");
        else if (line.Contains(NotUtf8)) problems.Add(Name, lines.Number, null, null, "has bytes that are not UTF-8");
        else filed = Parse(line.ToString(), lines.Number, reader);
        if (reader.Refusals > 0) filed = null;
        return true;
    }

    private FiledRecord? Parse(string line, int number, JsonFieldReader reader)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return TryReadKind(document.RootElement, out RecordKind kind)
                ? reader.Object(document.RootElement, "", fields => FiledRecord.Visit(fields, fields.Required("kind", kind, FieldForms.RecordKind), null))
                : RefuseKind(number, document.RootElement);
        }
        catch (JsonException)
        {
            problems.Add(Name, number, null, line, "is not JSON");
        }
        catch (InvalidOperationException)
        {
            problems.Add(Name, number, null, line, "has half of a surrogate pair");
        }

        return null;
    }

    private static bool TryReadKind(JsonElement line, out RecordKind kind)
    {
        kind = default;
        return line.ValueKind != JsonValueKind.Object
            || (line.TryGetProperty("kind", out JsonElement element)
                && element.ValueKind == JsonValueKind.String
                && FieldForms.RecordKind.TryRead(element.GetString(), out kind));
    }

    // Of a kind that is not known no other field is.
    private FiledRecord? RefuseKind(int number, JsonElement line)
    {
        string? stated = line.TryGetProperty("kind", out JsonElement element) ? element.GetRawText() : null;
        problems.Add(Name, number, "kind", stated, $"is not {FieldForms.RecordKind.Expected}");
        return null;
    }
}
