using System.Text.Json;
using System.Text.Unicode;

namespace DerChain.RecordFiles;

/// <summary>The properties of a file that holds one JSON object, each with its line.</summary>
internal sealed class JsonProperties
{
    private const int MostBytes = 1 << 20;

    private readonly string _file;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, (int Line, JsonElement Value)> _properties = [];

    private JsonProperties(string file, ProblemList problems)
    {
        _file = file;
        _problems = problems;
    }

    /// <summary>Reads the properties of a file; of one that is not a JSON object, none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static JsonProperties? Read(string path, ProblemList problems)
    {
        var properties = new JsonProperties(Path.GetFileName(path), problems);
        if (new FileInfo(path).Length > MostBytes) return properties.Fail(0, $"is longer than {MostBytes} bytes");
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (!Utf8.IsValid(bytes)) return properties.Fail(0, "has bytes that are not UTF-8");
        try
        {
            return properties.Parse(bytes);
        }
        catch (JsonException malformed)
        {
            return properties.Fail((int)(malformed.LineNumber ?? 0) + 1, "is not JSON here");
        }
        catch (InvalidOperationException)
        {
            return properties.Fail(0, "names a property with half of a surrogate pair");
        }
    }

    /// <summary>The value of a property, if it can be read as its type.</summary>
    /// <param name="name">The property.</param>
    /// <param name="read">Gives the value, or null where the element is not one.</param>
    /// <param name="expected">What the value must be, for the problem.</param>
    public T? Take<T>(string name, Func<JsonElement, T?> read, string expected)
        where T : class
    {
        if (!_properties.Remove(name, out (int Line, JsonElement Value) property))
        {
            _problems.Add(_file, 0, name, null, "is missing");
            return null;
        }

        T? value = Try(read, property.Value);
        if (value is null) _problems.Add(_file, property.Line, name, property.Value.GetRawText(), $"is not {expected}");
        return value;
    }

    /// <summary>Reports the properties that nobody took.</summary>
    public void RefuseOthers()
    {
        foreach ((string name, (int line, JsonElement value)) in _properties)
            _problems.Add(_file, line, name, value.GetRawText(), "is not a property of this file");
    }

    private JsonProperties Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Not an object.", null, 0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int line = 1 + bytes[..(int)reader.TokenStartIndex].Count((byte)'\n');
            reader.Read();
            JsonElement value = JsonElement.ParseValue(ref reader);
            if (!_properties.TryAdd(name, (line, value))) _problems.Add(_file, line, name, value.GetRawText(), "stands twice");
        }

        reader.Read();
        return this;
    }

    private JsonProperties? Fail(int line, string reason)
    {
        _problems.Add(_file, line, null, null, reason);
        return null;
    }

    // A string with half of a surrogate pair is JSON, but no text: reading it throws.
    private static T? Try<T>(Func<JsonElement, T?> read, JsonElement value)
        where T : class
    {
        try
        {
            return read(value);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
