using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;

namespace DerChain.RecordFiles.Fields;

/// <summary>Goes through the fields of a record in their order. One list of fields serves all that is done with them: writing takes the values
/// that are given and gives them back, reading takes no value and gives what is read, naming only notes the names.</summary>
/// <remarks>What is read after something was refused means nothing.</remarks>
internal abstract class RecordFields
{
    /// <summary>A field that is always there. The value is null only where nothing is written.</summary>
    public abstract T Required<T>(string name, T? value, FieldForm<T> form)
        where T : struct;

    /// <summary>A field that may be empty.</summary>
    public abstract T? Optional<T>(string name, T? value, FieldForm<T> form)
        where T : struct;

    /// <summary>A field of several values.</summary>
    public abstract ImmutableArray<T> List<T>(string name, ImmutableArray<T>? values, FieldForm<T> form)
        where T : struct;

    /// <summary>The rows; a record's last field.</summary>
    public abstract ImmutableArray<T> Rows<T>(string name, ImmutableArray<T>? rows, Func<RecordFields, T?, T> visit)
        where T : class;

    /// <summary>A value of one of several types: a field that names the type, then the fields of the type.</summary>
    public abstract T? OneOf<T>(string name, T? value, Alternatives<T> alternatives)
        where T : class;

    public long Int64(string name, long? value) => Required(name, value, FieldForms.Int64);

    public long? OptionalInt64(string name, long? value) => Optional(name, value, FieldForms.Int64);

    public int Int32(string name, int? value) => Required(name, value, FieldForms.Int32);

    public ulong UInt64(string name, ulong? value) => Required(name, value, FieldForms.UInt64);

    public bool Boolean(string name, bool? value) => Required(name, value, FieldForms.Boolean);

    public Hash256 Hash(string name, Hash256? value) => Required(name, value, FieldForms.Hash);

    public Address Account(string name, Address? value) => Required(name, value, FieldForms.Address);

    public ReadOnlyMemory<byte> Bytes(string name, ReadOnlyMemory<byte>? value) => Required(name, value, FieldForms.Bytes);

    public ResourceId Resource(string name, ResourceId? value) => Required(name, value, FieldForms.Resource);

    public AggregationId Aggregation(AggregationId? value) => Required("aggregation", value, FieldForms.Aggregation);

    /// <summary>An interval, as two fields.</summary>
    public MarketInterval Interval(string startName, string durationName, MarketInterval? value) =>
        new(Int64(startName, value?.StartUnixSeconds), Int32(durationName, value?.DurationSeconds));

    public MarketInterval Interval(MarketInterval? value) => Interval("intervalStartUnixSeconds", "intervalDurationSeconds", value);

    public MarketInterval Period(MarketInterval? value) => Interval("periodStartUnixSeconds", "periodDurationSeconds", value);
}
