using System.Text.Json;

namespace DerChain.Cli.Report;

/// <summary>Numbers in JSON, written as exact decimals.</summary>
internal static class JsonNumbers
{
    /// <summary>Power in kW, to the watt.</summary>
    public static void WriteKw(this Utf8JsonWriter json, string name, double kw) => json.WriteNumber(name, Numbers.Rounded(kw, 3));

    /// <summary>Power in kW, to the watt, or null.</summary>
    public static void WriteKw(this Utf8JsonWriter json, string name, double? kw)
    {
        if (kw is { } value)
            json.WriteKw(name, value);
        else
            json.WriteNull(name);
    }

    /// <summary>Dollars, to the micro-dollar.</summary>
    public static void WriteUsd(this Utf8JsonWriter json, string name, decimal usd) => json.WriteNumber(name, Numbers.Rounded(usd, 6));

    /// <summary>Seconds, to the millisecond, or null.</summary>
    public static void WriteSeconds(this Utf8JsonWriter json, string name, double? seconds)
    {
        if (seconds is { } value)
            json.WriteNumber(name, Numbers.Rounded(value, 3));
        else
            json.WriteNull(name);
    }

    /// <summary>An instant as in 2021-07-15T07:00:00Z.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, string name, long unixSeconds) =>
        json.WriteString(name, DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-ddTHH:mm:ssZ", Numbers.Culture));
}
