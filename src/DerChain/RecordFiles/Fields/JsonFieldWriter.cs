using System.Collections.Immutable;
using System.Text.Json;

namespace DerChain.RecordFiles.Fields;

/// <summary>Writes fields as properties of a JSON object.</summary>
internal sealed class JsonFieldWriter(Utf8JsonWriter json) : RecordFields
{
    public override T Required<T>(string name, T? value, FieldForm<T> form)
    {
        json.WritePropertyName(name);
        WriteValue(value!.Value, form);
        return value.Value;
    }

    public override T? Optional<T>(string name, T? value, FieldForm<T> form)
    {
        if (value is not null) return Required(name, value, form);
        json.WriteNull(name);
        return null;
    }

    public override ImmutableArray<T> List<T>(string name, ImmutableArray<T>? values, FieldForm<T> form)
    {
        json.WriteStartArray(name);
        foreach (T value in values!.Value) WriteValue(value, form);
        json.WriteEndArray();
        return values.Value;
    }

    public override ImmutableArray<T> Rows<T>(string name, ImmutableArray<T>? rows, Func<RecordFields, T?, T> visit)
        where T : class
    {
        json.WriteStartArray(name);
        foreach (T row in rows!.Value)
        {
            json.WriteStartObject();
            visit(this, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return rows.Value;
    }

    public override T? OneOf<T>(string name, T? value, Alternatives<T> alternatives)
        where T : class
    {
        if (value is null)
        {
            json.WriteNull(name);
            return null;
        }

        Alternative<T> alternative = alternatives.Of(value);
        json.WriteString(name, alternative.Word);
        return alternative.Visit(this, value);
    }

    private void WriteValue<T>(T value, FieldForm<T> form)
        where T : struct
    {
        string text = form.Format(value);
        if (form.IsQuoted) json.WriteStringValue(text);
        else json.WriteRawValue(text, skipInputValidation: true);
    }
}
