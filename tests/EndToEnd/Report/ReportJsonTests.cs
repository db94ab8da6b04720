using System.Text.Json;
using DerChain.Chain.Primitives;
using DerChain.Cli.Report;
using DerChain.Cli.Run;
using DerChain.Market.Verification;

namespace DerChain.EndToEnd.Tests.Report;

public sealed class ReportJsonTests(RecordedDay recorded)
{
    private RunOutcome Outcome => recorded.Outcome;

    [Fact]
    public void The_verdict_names_the_short_hours()
    {
        JsonElement verdict = Parse().GetProperty("verdict");

        Assert.Equal(Outcome.Result.ShortHours, verdict.GetProperty("shortHours").EnumerateArray().Select(static hour => hour.GetInt32()));
        Assert.Equal(Math.Round(Outcome.Totals.NoPay, 6), verdict.GetProperty("noPayUsd").GetDecimal());
    }

    [Fact]
    public void Hours_agree_with_the_result_consumption_positive()
    {
        JsonElement[] hours = [.. Parse().GetProperty("hours").EnumerateArray()];

        Assert.Equal(24, hours.Length);
        foreach ((HourResult hour, JsonElement json) in Outcome.Result.Hours.Zip(hours))
        {
            Assert.Equal(hour.HourEnding, json.GetProperty("hour").GetInt32());
            Assert.Equal(-hour.TradedKw, json.GetProperty("tradedKw").GetDouble(), 0.00051);
            Assert.Equal(-hour.ActualKw, json.GetProperty("actualKw").GetDouble(), 0.00051);
            Assert.Equal(hour.DeliveredReserveKw, json.GetProperty("deliveredReserveKw").GetDouble(), 0.00051);
            Assert.Equal(hour.Verdict.ToString(), json.GetProperty("reserveVerdict").GetString());
        }
    }

    [Fact]
    public void The_chain_is_that_of_the_run()
    {
        JsonElement chain = Parse().GetProperty("chain");

        Assert.Equal(recorded.Chain.Head.Hash.ToString(), chain.GetProperty("headHash").GetString());
        Assert.Equal(recorded.Chain.Head.Header.Number, chain.GetProperty("headNumber").GetUInt64());
        Assert.Equal(
            (long)recorded.Chain.Head.Header.Number,
            chain.GetProperty("validators").EnumerateArray().Sum(static validator => validator.GetProperty("blocks").GetInt64()));
    }

    [Fact]
    public void Every_piece_of_evidence_is_a_transaction_of_the_chain()
    {
        JsonElement report = Parse();
        JsonElement[] evidence =
        [
            .. report.GetProperty("activations").EnumerateArray().Select(static activation => activation.GetProperty("evidence")),
            .. report.GetProperty("shortfalls").EnumerateArray()
                .SelectMany(static hour => hour.GetProperty("worstDevices").EnumerateArray())
                .Select(static device => device.GetProperty("evidence")),
        ];

        Assert.NotEmpty(evidence);
        foreach (JsonElement item in evidence)
        {
            var found = recorded.Chain.FindTransaction(Hash256.Parse(item.GetProperty("transactionHash").GetString()));
            Assert.Equal(item.GetProperty("blockNumber").GetUInt64(), found?.Block.Number);
            Assert.Equal(item.GetProperty("blockHash").GetString(), found?.Block.Hash.ToString());
            Assert.Equal(item.GetProperty("transactionIndex").GetInt32(), found?.Index);
        }
    }

    [Fact]
    public void Settlement_lines_add_up_to_the_total()
    {
        JsonElement settlement = Parse().GetProperty("settlement");
        decimal total = settlement.GetProperty("totalUsd").GetDecimal();

        decimal all = settlement.EnumerateObject().Sum(static line => line.Value.GetDecimal());
        Assert.InRange(all - (2 * total), -0.00001m, 0.00001m);
    }

    [Fact]
    public void What_is_not_known_is_null()
    {
        var unknown = Outcome with
        {
            Chain = Outcome.Chain with { RecordingSeconds = null },
            Result = Outcome.Result with { Activations = [Outcome.Result.Activations[0] with { Delivery = null }] },
        };
        JsonElement report = Parse(unknown);

        Assert.Equal(JsonValueKind.Null, report.GetProperty("timings").GetProperty("recordingSeconds").ValueKind);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("activations")[0].GetProperty("creditedKw").ValueKind);
        Assert.Equal("NotVerifiable", report.GetProperty("activations")[0].GetProperty("verdict").GetString());
    }

    private JsonElement Parse(RunOutcome? outcome = null)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(outcome ?? Outcome, stream);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
