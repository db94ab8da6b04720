using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DerChain.RecordFiles;

/// <summary>Writes <c>scenario.json</c>.</summary>
internal static class ScenarioJsonWriter
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ScenarioDescription scenario, string path)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, Readable);
        json.WriteStartObject();
        json.WriteNumber("format_version", ScenarioDescription.FormatVersion);
        json.WriteNumber("seed", scenario.Seed);
        json.WriteString("trading_date", scenario.Day.Date.ToString(ScenarioDescription.DateFormat, CultureInfo.InvariantCulture));
        json.WriteString("time_zone", scenario.Day.TimeZone);
        json.WriteNumber("chain_id", scenario.ChainId);
        json.WriteString("aggregation", scenario.Aggregation.Value);
        json.WriteString("system_operator", scenario.SystemOperator.Value);
        json.WriteString("aggregator", scenario.Aggregator.Value);
        json.WriteString("fleet_description", scenario.FleetDescription);
        json.WriteStartArray("origin");
        foreach (string sentence in scenario.Origin) json.WriteStringValue(sentence);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
