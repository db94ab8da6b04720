using System.Collections.Immutable;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>A file of an export: CSV of one kind of record, or JSON Lines of all.</summary>
/// <param name="Kind">Kind of its records; null for the file of all.</param>
internal readonly record struct RecordFile(RecordKind? Kind)
{
    /// <summary>Longest line of JSON that is read, in characters: more than a record of 1 MiB takes.</summary>
    public const int MostJsonCharacters = 1 << 26;

    /// <summary>Longest line of CSV that is read, in characters: more than a sealed record of 1 MiB takes.</summary>
    public const int MostCsvCharacters = 1 << 22;

    /// <summary>The file of all kinds.</summary>
    public static readonly RecordFile JsonLines = new(null);

    /// <summary>Every file there may be.</summary>
    public static readonly ImmutableArray<RecordFile> All = [JsonLines, .. Enum.GetValues<RecordKind>().Select(static kind => new RecordFile(kind))];

    /// <summary>The form of its name.</summary>
    public static readonly FieldForm<RecordFile> Form = FieldForms.Word(new Words<RecordFile>([.. All.Select(static file => (file, file.Name))]));

    /// <summary>Its name, such as <c>day-ahead-bid.csv</c>.</summary>
    public string Name => Kind is { } kind
        ? string.Concat(kind.ToString().Select(static (letter, index) => index > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}")).ToLowerInvariant() + ".csv"
        : "records.jsonl";
}
