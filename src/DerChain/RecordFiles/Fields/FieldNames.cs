using System.Collections.Immutable;

namespace DerChain.RecordFiles.Fields;

/// <summary>Notes the names of fields, those of all types of a value, each once.</summary>
internal sealed class FieldNames : RecordFields
{
    private readonly List<string> _names = [];

    public static ImmutableArray<string> Of(Action<RecordFields> visit)
    {
        var fields = new FieldNames();
        visit(fields);
        return [.. fields._names];
    }

    public override T Required<T>(string name, T? value, FieldForm<T> form)
    {
        Note(name);
        return default;
    }

    public override T? Optional<T>(string name, T? value, FieldForm<T> form)
    {
        Note(name);
        return null;
    }

    public override ImmutableArray<T> List<T>(string name, ImmutableArray<T>? values, FieldForm<T> form)
    {
        Note(name);
        return [];
    }

    public override ImmutableArray<T> Rows<T>(string name, ImmutableArray<T>? rows, Func<RecordFields, T?, T> visit)
        where T : class
    {
        visit(this, null);
        return [];
    }

    public override T? OneOf<T>(string name, T? value, Alternatives<T> alternatives)
        where T : class
    {
        Note(name);
        foreach (Alternative<T> alternative in alternatives.All) alternative.Visit(this, null);
        return null;
    }

    private void Note(string name)
    {
        if (!_names.Contains(name)) _names.Add(name);
    }
}
