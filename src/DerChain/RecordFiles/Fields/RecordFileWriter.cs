using System.Text;
using System.Text.Json;

namespace DerChain.RecordFiles.Fields;

/// <summary>Writes one file of an export.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class RecordFileWriter : IDisposable
{
    private readonly FileStream _stream;
    private readonly StreamWriter _text;
    private readonly Utf8JsonWriter _json;
    private readonly CsvFieldWriter? _csv;

    public RecordFileWriter(RecordFile file, string folder)
    {
        File = file;
        _stream = new FileStream(Path.Combine(folder, file.Name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        _text = new StreamWriter(_stream, new UTF8Encoding(false)) { NewLine = "\n" };
        _json = new Utf8JsonWriter(_stream);
        if (file.Kind is not { } kind) return;
        _csv = new CsvFieldWriter(kind, WriteLine);
        WriteLine(string.Join(',', RecordColumns.Of(kind).Names));
    }

    public RecordFile File { get; }

    public long Lines { get; private set; }

    public long Records { get; private set; }

    public void Add(FiledRecord filed)
    {
        Records++;
        if (_csv is not null) _csv.Write(filed);
        else WriteJson(filed);
    }

    public void Dispose()
    {
        _json.Dispose();
        _text.Dispose();
    }

    private void WriteLine(string line)
    {
        _text.WriteLine(line);
        Lines++;
    }

    private void WriteJson(FiledRecord filed)
    {
        var fields = new JsonFieldWriter(_json);
        _json.WriteStartObject();
        FiledRecord.Visit(fields, fields.Required("kind", filed.Entry.Record.Kind, FieldForms.RecordKind), filed);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _stream.WriteByte((byte)'\n');
        Lines++;
    }
}
