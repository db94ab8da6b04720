using System.Text.Json;
using DerChain.Cli.Run;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report;

/// <summary>The chain of a run, what was counted on it and how long it took, in JSON.</summary>
internal static class ChainJson
{
    /// <summary>Writes the properties <c>chain</c>, <c>counts</c> and <c>timings</c>.</summary>
    public static void Write(Utf8JsonWriter json, RunOutcome outcome)
    {
        WriteChain(json, outcome.Chain);
        WriteCounts(json, outcome.Chain, outcome.Result.Counts);
        json.WriteStartObject("timings");
        json.WriteSeconds("recordingSeconds", outcome.Chain.RecordingSeconds);
        json.WriteSeconds("verificationSeconds", outcome.Chain.VerificationSeconds);
        json.WriteEndObject();
    }

    private static void WriteChain(Utf8JsonWriter json, ChainSummary chain)
    {
        json.WriteStartObject("chain");
        json.WriteNumber("chainId", chain.ChainId);
        json.WriteNumber("seed", chain.Seed);
        json.WriteString("genesisHash", chain.GenesisHash.ToString());
        json.WriteString("headHash", chain.HeadHash.ToString());
        json.WriteNumber("headNumber", chain.HeadNumber);
        json.WriteString("stateRoot", chain.StateRoot.ToString());
        json.WriteNumber("inTurnBlocks", chain.InTurnBlocks);
        ReportJson.WriteArray(json, "validators", chain.Validators, static (writer, validator) =>
        {
            writer.WriteString("account", validator.Account.ToString());
            writer.WriteNumber("blocks", validator.Blocks);
        });
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, ChainSummary chain, VerificationCounts counts)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("transactions", chain.Transactions);
        json.WriteNumber("rows", chain.Records);
        json.WriteNumber("payloadBytes", chain.PayloadBytes);
        json.WriteNumber("gasUsed", chain.GasUsed);
        if (chain.StoreBytes is { } storeBytes)
            json.WriteNumber("storeBytes", storeBytes);
        else
            json.WriteNull("storeBytes");

        json.WriteNumber("verifiedRecords", counts.Records);
        json.WriteNumber("telemetryRows", counts.TelemetryRows);
        json.WriteNumber("controlRows", counts.ControlRows);
        json.WriteNumber("repeatedReadings", counts.RepeatedReadings);
        json.WriteEndObject();
    }
}
