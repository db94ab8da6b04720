using System.Text.Json;
using DerChain.Market.Ledger;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report;

/// <summary>The devices behind a short hour, and the evidence for them, in JSON.</summary>
internal static class ShortfallJson
{
    /// <summary>Writes the members of one hour's trace.</summary>
    public static void Write(Utf8JsonWriter json, DayReport report, ShortfallTrace trace)
    {
        json.WriteNumber("hour", trace.HourEnding);
        json.WriteKw("shortReserveKw", trace.ShortKw);
        ReportJson.WriteArray(json, "byCause", trace.ByCause, static (writer, total) =>
        {
            writer.WriteString("cause", total.Cause.ToString());
            writer.WriteKw("unavailableKw", total.UnavailableKw);
        });
        ReportJson.WriteArray(json, "byResourceKind", trace.ByResourceKind, static (writer, total) =>
        {
            writer.WriteString("resourceKind", total.ResourceKind.ToString());
            writer.WriteKw("unavailableKw", total.UnavailableKw);
        });
        ReportJson.WriteArray(json, "worstDevices", trace.Worst, (writer, device) => WriteDevice(writer, report, device));
    }

    /// <summary>Writes where the record that proves an item stands; null where there is none.</summary>
    public static void WriteEvidence(Utf8JsonWriter json, RecordLocation? location)
    {
        if (location is null)
        {
            json.WriteNull("evidence");
            return;
        }

        json.WriteStartObject("evidence");
        json.WriteNumber("blockNumber", location.BlockNumber);
        json.WriteString("blockHash", location.BlockHash.ToString());
        json.WriteNumber("transactionIndex", location.TransactionIndex);
        json.WriteString("transactionHash", location.TransactionHash.ToString());
        json.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter json, DayReport report, DeviceShortfall device)
    {
        json.WriteString("resource", device.Resource.Value);
        json.WriteString("resourceKind", device.ResourceKind.ToString());
        json.WriteString("prosumer", report.NameOf(device.Prosumer));
        json.WriteString("account", device.Prosumer.ToString());
        json.WriteString("cause", device.Cause.ToString());
        json.WriteKw("potentialKw", device.PotentialKw);
        json.WriteKw("shownKw", device.ShownKw);
        json.WriteKw("unavailableKw", device.UnavailableKw);
        json.WriteInstant("worstIntervalStart", device.WorstInterval.StartUnixSeconds);
        WriteEvidence(json, device.Evidence);
    }
}
