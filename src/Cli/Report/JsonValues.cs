using System.Text.Json;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Report;

/// <summary>Values that several JSON documents hold; numbers are exact decimals.</summary>
internal static class JsonValues
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

    /// <summary>The head of a chain: its number, hash and state root.</summary>
    public static void WriteHead(this Utf8JsonWriter json, ulong number, Hash256 hash, Hash256 stateRoot)
    {
        json.WriteStartObject("head");
        json.WriteNumber("number", number);
        json.WriteString("hash", hash.ToString());
        json.WriteString("stateRoot", stateRoot.ToString());
        json.WriteEndObject();
    }

    /// <summary>An instant as in 2021-07-15T07:00:00Z.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, string name, long unixSeconds) =>
        json.WriteString(name, DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-ddTHH:mm:ssZ", Numbers.Culture));
}
