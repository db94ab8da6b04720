using System.Text.Json;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Clique;

/// <summary>Values that several JSON documents of Clique hold.</summary>
internal static class CliqueJson
{
    /// <summary>A list of addresses.</summary>
    public static void WriteAddresses(this Utf8JsonWriter json, string name, IEnumerable<Address> addresses)
    {
        json.WriteStartArray(name);
        foreach (Address address in addresses)
            json.WriteStringValue(address.ToChecksumString());

        json.WriteEndArray();
    }

    /// <summary>An address.</summary>
    public static void WriteAddress(this Utf8JsonWriter json, string name, Address address) => json.WriteString(name, address.ToChecksumString());

    /// <summary>A block by number and hash, or null.</summary>
    public static void WriteBlock(this Utf8JsonWriter json, string name, BlockReference? block)
    {
        if (block is not { } reference)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("number", reference.Number);
        json.WriteString("hash", reference.Hash.ToString());
        json.WriteEndObject();
    }

    /// <summary>A list of objects.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> writeProperties)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            json.WriteStartObject();
            writeProperties(value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
