using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DerChain.Chain.Transactions;
using DerChain.Market.Quantities;

namespace DerChain.RecordFiles;

/// <summary>Reads <c>scenario.json</c>.</summary>
internal static class ScenarioJsonReader
{
    private static readonly DateOnly EarliestDate = new(1970, 1, 4);
    private static readonly string AName = $"a name: 1 to {Identifier.MaxLength} characters of A-Z a-z 0-9 . _ : -";

    private sealed record Number(ulong Value);

    private sealed record Date(DateOnly Value);

    /// <summary>The description, or null where there was a problem.</summary>
    public static ScenarioDescription? Read(string path, ProblemList problems)
    {
        long before = problems.Count;
        if (JsonProperties.Read(path, problems) is not { } json) return null;
        json.Take(
            "format_version",
            static value => NumberIn(value, ScenarioDescription.FormatVersion, ScenarioDescription.FormatVersion),
            $"{ScenarioDescription.FormatVersion}, the only version there is");
        Number? seed = json.Take("seed", static value => NumberIn(value, 0, ulong.MaxValue), $"a whole number of 0 to {ulong.MaxValue}");
        Date? date = json.Take("trading_date", ReadDate, "a date from 1970-01-04 on, such as 2021-07-15");
        string? zone = json.Take("time_zone", ReadZone, "the IANA name of a time zone known here, such as America/Los_Angeles");
        Number? chainId = json.Take(
            "chain_id",
            static value => NumberIn(value, 1, TransactionCodec.MaxChainId),
            $"a whole number of 1 to {TransactionCodec.MaxChainId}");
        string? aggregation = json.Take("aggregation", ReadName, AName);
        string? systemOperator = json.Take("system_operator", ReadName, AName);
        string? aggregator = json.Take("aggregator", ReadName, AName);
        string? fleet = json.Take("fleet_description", ReadText, "a text");
        ImmutableArray<string>[]? origin = json.Take("origin", ReadSentences, "an array of texts");
        json.RefuseOthers();
        if (problems.Count > before) return null;
        TradingDay? day = DayOf(date!.Value, zone!, problems);
        return day is null
            ? null
            : new ScenarioDescription(
                seed!.Value, chainId!.Value, day, new AggregationId(aggregation!), new ParticipantId(systemOperator!),
                new ParticipantId(aggregator!), fleet!, origin![0]);
    }

    private static Number? NumberIn(JsonElement value, ulong min, ulong max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number) && number >= min && number <= max
            ? new Number(number)
            : null;

    private static string? ReadText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? ReadName(JsonElement value) => ReadText(value) is { } name && Identifier.IsValid(name) ? name : null;

    private static string? ReadZone(JsonElement value) =>
        ReadText(value) is { } zone && zone.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
                ? zone
                : null;

    private static Date? ReadDate(JsonElement value) =>
        ReadText(value) is { } text
            && DateOnly.TryParseExact(
                text, ScenarioDescription.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            && date >= EarliestDate && date <= new DateOnly(9999, 12, 30)
                ? new Date(date)
                : null;

    private static ImmutableArray<string>[]? ReadSentences(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? [[.. value.EnumerateArray().Select(static item => item.GetString()!)]]
            : null;

    private static TradingDay? DayOf(DateOnly date, string zone, ProblemList problems)
    {
        try
        {
            return new TradingDay(date, zone);
        }
        catch (ArgumentException notADay)
        {
            problems.Add(ScenarioDescription.File, 0, "trading_date", null, $"is no trading day: {notADay.Message}");
            return null;
        }
    }
}
