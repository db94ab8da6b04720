using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace DerChain.RecordFiles.Fields;

/// <summary>Reads fields from the properties of a JSON object, which must be exactly these, in any order.</summary>
/// <param name="refuse">Takes a path, the value there, and what is wrong with it.</param>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class JsonFieldReader(Action<string?, string?, string> refuse) : RecordFields
{
    private readonly List<string> _taken = [];
    private JsonElement _object;
    private string _path = "";
    private int _takenBefore;

    /// <summary>Number of values that were refused.</summary>
    public long Refusals { get; private set; }

    /// <summary>Reads an object, and refuses the properties that no field asked for.</summary>
    /// <returns>Null where it is no object.</returns>
    /// <exception cref="InvalidOperationException">A string has half of a surrogate pair.</exception>
    public T? Object<T>(JsonElement element, string path, Func<RecordFields, T> visit)
        where T : class
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse(path.Length == 0 ? null : path, element, "is not an object");
            return null;
        }

        (JsonElement, string, int) outer = (_object, _path, _takenBefore);
        (_object, _path, _takenBefore) = (element, path.Length == 0 ? "" : path + ".", _taken.Count);
        T value = visit(this);
        RefuseOthers();
        _taken.RemoveRange(_takenBefore, _taken.Count - _takenBefore);
        (_object, _path, _takenBefore) = outer;
        return value;
    }

    public override T Required<T>(string name, T? value, FieldForm<T> form) => Take(name, out JsonElement element) ? Read(_path + name, element, form) : default;

    public override T? Optional<T>(string name, T? value, FieldForm<T> form) =>
        Take(name, out JsonElement element) && element.ValueKind != JsonValueKind.Null ? Read(_path + name, element, form) : null;

    public override ImmutableArray<T> List<T>(string name, ImmutableArray<T>? values, FieldForm<T> form) =>
        Elements(name, (path, element) => Read(path, element, form));

    public override ImmutableArray<T> Rows<T>(string name, ImmutableArray<T>? rows, Func<RecordFields, T?, T> visit)
        where T : class => Elements(name, (path, element) => Object(element, path, fields => visit(fields, null))!);

    public override T? OneOf<T>(string name, T? value, Alternatives<T> alternatives)
        where T : class
    {
        if (!Take(name, out JsonElement element) || (alternatives.IsOptional && element.ValueKind == JsonValueKind.Null)) return null;
        Alternative<T>? found = element.ValueKind == JsonValueKind.String ? alternatives.Find(element.GetString()) : null;
        if (found is null) Refuse(_path + name, element, $"is not {alternatives.Expected}");
        return found?.Visit(this, null);
    }

    private ImmutableArray<T> Elements<T>(string name, Func<string, JsonElement, T> read)
    {
        if (!Take(name, out JsonElement array)) return [];
        string path = _path + name;
        if (array.ValueKind != JsonValueKind.Array)
        {
            Refuse(path, array, "is not an array");
            return [];
        }

        ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>(array.GetArrayLength());
        foreach (JsonElement element in array.EnumerateArray())
            values.Add(read(string.Create(CultureInfo.InvariantCulture, $"{path}[{values.Count}]"), element));
        return values.MoveToImmutable();
    }

    private bool Take(string name, out JsonElement element)
    {
        bool isThere = _object.TryGetProperty(name, out element);
        if (isThere) _taken.Add(name);
        else Refuse(_path + name, null, "is missing");
        return isThere;
    }

    private T Read<T>(string path, JsonElement element, FieldForm<T> form)
        where T : struct
    {
        string? text = element.ValueKind switch
        {
            JsonValueKind.String when form.IsQuoted => element.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when !form.IsQuoted => element.GetRawText(),
            _ => null,
        };
        if (text is not null && form.TryRead(text, out T value)) return value;
        Refuse(path, element, $"is not {form.Expected}");
        return default;
    }

    private void RefuseOthers()
    {
        if (_object.GetPropertyCount() == _taken.Count - _takenBefore) return;
        List<string> expected = _taken[_takenBefore..];
        foreach (JsonProperty property in _object.EnumerateObject())
        {
            // What was taken once and comes again, or was never asked for.
            if (!expected.Remove(property.Name))
                Refuse(_path + property.Name, property.Value, _taken.IndexOf(property.Name, _takenBefore) >= 0 ? "stands twice" : "is not a property of this object");
        }
    }

    private void Refuse(string? path, JsonElement? element, string reason)
    {
        Refusals++;
        refuse(path, element?.GetRawText(), reason);
    }
}
