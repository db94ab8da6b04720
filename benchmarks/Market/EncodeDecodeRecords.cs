using BenchmarkDotNet.Attributes;
using DerChain.Market.Codec;
using DerChain.Market.Records;
using DerChain.Market.Scenario;
using MessagePack;

namespace DerChain.Benchmarks.Market;

/// <summary>Payloads of the case study's day on one core, beside what MessagePack-CSharp's own serializer does with plain classes of the same fields. Times are of one
/// payload; the rows of a payload, which are printed, are the records of the paper's tables.</summary>
/// <remarks>Reading checks every rule of the record and refuses every form but the one; the plain classes are read unchecked.</remarks>
[MemoryDiagnoser]
public class EncodeDecodeRecords
{
    public const int Payloads = 1_000;

    private MarketRecord[] _records = null!;
    private byte[][] _payloads = null!;
    private PlainRecord[] _plain = null!;
    private byte[][] _serialized = null!;

    [Params(RecordKind.Telemetry, RecordKind.ControlCommand, RecordKind.DispatchInstruction)]
    public RecordKind Kind { get; set; }

    /// <summary>Mean number of rows.</summary>
    public double RowsPerPayload => _records.Average(static record => record.RowCount);

    /// <summary>Mean length.</summary>
    public double BytesPerPayload => _payloads.Average(static payload => payload.Length);

    [GlobalSetup]
    public void Setup()
    {
        MarketRecord[] day = [.. CaseStudy.Create(new CaseStudyOptions()).Messages.Select(static message => message.Record).Where(record => record.Kind == Kind)];
        _records = [.. Enumerable.Range(0, Payloads).Select(index => day[(day.Length / 2 + index) % day.Length])];
        _payloads = [.. _records.Select(RecordCodec.Encode)];
        _plain = [.. _records.Select(PlainRecord.Of)];
        _serialized = [.. _plain.Select(static record => MessagePackSerializer.Serialize(record))];
        Console.WriteLine($"// {Kind}: {RowsPerPayload:F2} rows and {BytesPerPayload:F0} bytes a payload");
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public int Encode()
    {
        int bytes = 0;
        foreach (MarketRecord record in _records) bytes += RecordCodec.Encode(record).Length;
        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public int DecodeAndValidate()
    {
        int rows = 0;
        foreach (byte[] payload in _payloads)
            rows += RecordCodec.TryDecode(payload, out MarketRecord? record, out RecordError? error) ? record.RowCount : throw new InvalidOperationException(error.Message);
        return rows;
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public int MessagePackSerialize()
    {
        int bytes = 0;
        foreach (PlainRecord record in _plain) bytes += MessagePackSerializer.Serialize(record).Length;
        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public int MessagePackDeserialize()
    {
        int read = 0;
        foreach (byte[] payload in _serialized) read += MessagePackSerializer.Deserialize<PlainRecord>(payload) is PlainTelemetry ? 1 : 2;
        return read;
    }
}
