using DerChain.Benchmarks.Market;
using DerChain.Market.Records;

namespace DerChain.Benchmarks.Results;

/// <summary>Records of the market day, encoded and decoded on one core.</summary>
internal static class RecordResults
{
    private const int Rounds = 25;
    private const double SecondsPerWay = 0.02;

    public static IEnumerable<ResultTable> Tables()
    {
        foreach (RecordKind kind in new[] { RecordKind.Telemetry, RecordKind.ControlCommand, RecordKind.DispatchInstruction })
        {
            var records = new EncodeDecodeRecords { Kind = kind };
            records.Setup();
            yield return Table(records);
        }
    }

    private static ResultTable Table(EncodeDecodeRecords records)
    {
        Measured[] measured = Interleaved.Measure(
            [
                new("MessagePack-CSharp, plain classes, serialize", () => records.MessagePackSerialize(), EncodeDecodeRecords.Payloads),
                new("encode", () => records.Encode(), EncodeDecodeRecords.Payloads),
                new("MessagePack-CSharp, plain classes, deserialize unchecked", () => records.MessagePackDeserialize(), EncodeDecodeRecords.Payloads),
                new("decode and validate", () => records.DecodeAndValidate(), EncodeDecodeRecords.Payloads),
            ],
            Rounds, SecondsPerWay);
        return ResultTable.Of(
            $"Payloads of {records.Kind}, {ResultTable.Number(records.RowsPerPayload)} rows and {records.BytesPerPayload:F0} bytes each; for a payload",
            measured,
            new Dictionary<string, Bar[]>
            {
                ["encode"] = [Bar.AtLeast(4, 1e-6 / measured[1].Seconds, "million a second")],
                ["decode and validate"] = [Bar.AtLeast(2, 1e-6 / measured[3].Seconds, "million a second")],
            },
            $"A row is a record of the paper's tables: {ResultTable.Number(records.RowsPerPayload * 1e-6 / measured[1].Seconds)} million rows a second are encoded and {ResultTable.Number(records.RowsPerPayload * 1e-6 / measured[3].Seconds)} million decoded.");
    }
}
