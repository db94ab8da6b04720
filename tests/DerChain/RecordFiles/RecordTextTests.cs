using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Records;
using DerChain.Market.Tests.Codec;
using DerChain.Market.Tests.Records;
using DerChain.RecordFiles;
using DerChain.RecordFiles.Fields;

namespace DerChain.Tests.RecordFiles;

public sealed class RecordTextTests
{
    [Fact]
    public void There_is_a_sample_of_every_kind() =>
        Assert.Equal(Enum.GetValues<RecordKind>(), Samples.All.Select(static record => record.Kind).Order());

    [Fact]
    public void Every_sample_is_read_back_as_it_was()
    {
        foreach (RecordFile file in RecordFile.All)
            AssertReadBack(file, [.. Samples.All.Where(record => file.Kind is null || record.Kind == file.Kind)]);
    }

    [Fact]
    public void Sealed_records_of_many_readers_and_records_without_rows_are_read_back()
    {
        SealedKey[] readers = [.. Enumerable.Range(1, 200).Select(static number => new SealedKey(Samples.AddressOf((byte)number), Bytes(SealedKey.WrappedLength, number)))];
        AssertReadBack(new RecordFile(RecordKind.SealedRecord), [
            new SealedRecord(RecordKind.Telemetry, Bytes(33, 2), [.. readers], Bytes(12, 3), Bytes(100_000, 4)),
            new SealedRecord(RecordKind.Telemetry, Bytes(33, 2), [readers[0]], Bytes(12, 3), Bytes(16, 4)),
        ]);
        var scope = new AttestationScope(0, ulong.MaxValue, Samples.Hour, 0, Samples.HashOf(1));
        Attestation full = Samples.All.OfType<Attestation>().Single();
        AssertReadBack(new RecordFile(RecordKind.Attestation), [new Attestation(scope, []), full, new Attestation(scope, [])]);
    }

    [Fact]
    public void Random_records_are_read_back_as_they_were() =>
        RecordGenerators.Any.Array[1, 8].Sample(
            static records =>
            {
                AssertReadBack(RecordFile.JsonLines, records);
                foreach (IGrouping<RecordKind, MarketRecord> kind in records.GroupBy(static record => record.Kind))
                    AssertReadBack(new RecordFile(kind.Key), [.. kind]);
            },
            iter: 150,
            threads: 1);

    [Fact]
    public void A_line_of_JSON_has_the_names_and_units_of_the_code()
    {
        var award = new DayAheadAward(Samples.Aggregation, [Samples.Award(3_600)]);

        Assert.Equal(
            "{\"kind\":\"DayAheadAward\",\"blockNumber\":5," +
            "\"blockHash\":\"0x0100000000000000000000000000000000000000000000000000000000000000\",\"blockUnixSeconds\":1626375600,\"transactionIndex\":0," +
            "\"transactionHash\":\"0x0200000000000000000000000000000000000000000000000000000000000000\"," +
            "\"sender\":\"0x0000000000000000000000000000000000000001\",\"receiver\":\"0x0000000000000000000000000000000000000002\"," +
            $"\"recordHash\":\"{Keccak256.Hash(RecordCodec.Encode(award))}\",\"aggregation\":\"AGG-1\",\"rows\":[{{\"intervalStartUnixSeconds\":1626375600," +
            "\"intervalDurationSeconds\":3600,\"energyPriceMicroUsdPerMWh\":42000000,\"energyW\":-447000,\"spinPriceMicroUsdPerMWh\":4000000,\"spinAwardW\":1290000}]}",
            JsonOf(award));
    }

    [Fact]
    public void Rows_of_CSV_repeat_what_is_not_of_the_row()
    {
        using var folder = new TemporaryFolder();
        Write(new RecordFile(RecordKind.DayAheadBid), folder.Path, [Samples.All[0]]);
        string[] lines = File.ReadAllLines(Path.Combine(folder.Path, "day-ahead-bid.csv"));

        Assert.Equal(3, lines.Length);
        Assert.EndsWith(
            "recordHash,rowCount,row,aggregation,intervalStartUnixSeconds,intervalDurationSeconds,block,energyPriceMicroUsdPerMWh,energyQuantityW," +
            "spinPriceMicroUsdPerMWh,spinQuantityW,loadQuantityW,referenceLoadQuantityW", lines[0]);
        Assert.EndsWith(",2,1,AGG-1,1626375600,3600,1,-5000000,-447000,4000000,1290000,500000,", lines[1]);
        Assert.EndsWith(",2,2,AGG-1,1626375600,3600,2,-5000000,-447000,4000000,1290000,500000,", lines[2]);
    }

    [Fact]
    public void Names_of_a_file_are_different()
    {
        foreach (RecordKind kind in Enum.GetValues<RecordKind>())
        {
            Assert.Equal(RecordColumns.Of(kind).Names, RecordColumns.Of(kind).Names.Distinct());
            Assert.DoesNotContain("kind", RecordColumns.Of(kind).Names);
        }
    }

    [Theory]
    [InlineData("\"energyW\":-447000", "\"energyW\":-447000.0", "rows[0].energyW", "is not a whole number from -9223372036854775808 to 9223372036854775807")]
    [InlineData("\"energyW\":-447000", "\"energyW\":-4.47e5", "rows[0].energyW", "is not a whole number")]
    [InlineData("\"energyW\":-447000", "\"energyW\":\"-447000\"", "rows[0].energyW", "is not a whole number")]
    [InlineData("\"energyW\":-447000", "\"energyW\":null", "rows[0].energyW", "is not a whole number")]
    [InlineData("\"energyW\":-447000", "\"energyW\":99999999999999999999", "rows[0].energyW", "is not a whole number")]
    [InlineData("\"energyW\":-447000,", "", "rows[0].energyW", "is missing")]
    [InlineData("\"energyW\":-447000", "\"energyW\":-447000,\"energyW\":-447000", "rows[0].energyW", "stands twice")]
    [InlineData("\"energyW\":-447000", "\"energyW\":-447000,\"extra\":1", "rows[0].extra", "is not a property of this object")]
    [InlineData("\"rows\":[", "\"extra\":1,\"rows\":[", "extra", "is not a property of this object")]
    [InlineData("\"rows\":[", "\"rows\":[7,", "rows[0]", "is not an object")]
    [InlineData("\"AGG-1\"", "\"AGG 1\"", "aggregation", "is not a name")]
    [InlineData("\"AGG-1\"", "\"\\ud800\"", null, "has half of a surrogate pair")]
    [InlineData("DayAheadAward", "DayAheadawardd", "kind", "is not one of DayAheadBid, ")]
    [InlineData("0x0100", "0x01GG", "blockHash", "is not a hash")]
    [InlineData("0x0100", "0X0100", "blockHash", "is not a hash")]
    [InlineData("}]}", "}]", null, "is not JSON")]
    [InlineData("{\"kind\"", "[{\"kind\"", null, "is not JSON")]
    public void What_is_wrong_in_a_line_of_JSON_is_named(string old, string replacement, string? path, string reason)
    {
        using var folder = new TemporaryFolder();
        string good = JsonOf(new DayAheadAward(Samples.Aggregation, [Samples.Award(3_600)]));
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, "records.jsonl"), $"{good}\n{good.Replace(old, replacement, StringComparison.Ordinal)}\n{good}\n");

        var problems = new ProblemList();
        LocatedRecord[] read = [.. new RecordFileReader(RecordFile.JsonLines, folder.Path, problems).Read()];

        Assert.Contains(problems.Listed(), problem => problem.Line == 2 && problem.Column == path && problem.Reason.StartsWith(reason, StringComparison.Ordinal));
        Assert.All(problems.Listed(), static problem => Assert.Equal(2, problem.Line));
        Assert.Equal([1, 3], read.Select(static record => record.Line));
    }

    [Theory]
    [InlineData(3, "row", "3", 3, "row", "2 of the record that begins on line 2 is missing")]
    [InlineData(2, "row", "2", 2, "row", "comes without the rows before it")]
    [InlineData(2, "rowCount", "1", 3, "row", "comes without the rows before it")]
    [InlineData(2, "rowCount", "70000", 2, "rowCount", "is not between 0 and 65535")]
    [InlineData(3, "aggregation", "AGG-2", 3, "aggregation", "disagrees with 'AGG-1' on line 2, a row of the same record")]
    [InlineData(3, "sender", "0x0000000000000000000000000000000000000009", 3, "sender", "disagrees with")]
    [InlineData(3, "energyQuantityW", "+5", 3, "energyQuantityW", "is not a whole number")]
    [InlineData(3, "energyQuantityW", "", 3, "energyQuantityW", "is empty")]
    [InlineData(3, "energyQuantityW", "5,5", 3, null, "has 21 fields where the header has 20")]
    public void What_is_wrong_in_a_line_of_CSV_is_named(int line, string column, string value, int problemLine, string? problemColumn, string reason)
    {
        using var folder = new TemporaryFolder();
        var file = new RecordFile(RecordKind.DayAheadBid);
        Write(file, folder.Path, [Samples.All[0], Samples.All[0]]);
        string path = Path.Combine(folder.Path, file.Name);
        string[] lines = File.ReadAllLines(path);
        string[] cells = lines[line - 1].Split(',');
        cells[Array.IndexOf(lines[0].Split(','), column)] = value;
        lines[line - 1] = string.Join(',', cells);
        File.WriteAllLines(path, lines);

        var problems = new ProblemList();
        LocatedRecord[] read = [.. new RecordFileReader(file, folder.Path, problems).Read()];

        Assert.Contains(problems.Listed(), problem =>
            problem.Line == problemLine && problem.Column == problemColumn && problem.Reason.StartsWith(reason, StringComparison.Ordinal));
        Assert.Contains(4, read.Select(static record => record.Line));
    }

    [Fact]
    public void A_cell_of_another_type_of_row_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = new RecordFile(RecordKind.Telemetry);
        Write(file, folder.Path, [Samples.FullTelemetry]);
        string path = Path.Combine(folder.Path, file.Name);
        string[] lines = File.ReadAllLines(path);
        string[] cells = lines[1].Split(',');
        cells[Array.IndexOf(lines[0].Split(','), "socPpm")] = "5";
        File.WriteAllLines(path, [lines[0], string.Join(',', cells), .. lines[2..]]);

        var problems = new ProblemList();
        Assert.Empty(new RecordFileReader(file, folder.Path, problems).Read());
        Assert.Equal("telemetry.csv:2: socPpm '5': is not a field of this row", Assert.Single(problems.Listed()).ToString());
    }

    private static byte[] Bytes(int length, int seed) => [.. Enumerable.Range(0, length).Select(index => (byte)((index * 31 + seed) % 251))];

    private static string JsonOf(MarketRecord record)
    {
        using var folder = new TemporaryFolder();
        Write(RecordFile.JsonLines, folder.Path, [record]);
        return File.ReadAllText(Path.Combine(folder.Path, "records.jsonl")).TrimEnd('\n');
    }

    private static void AssertReadBack(RecordFile file, MarketRecord[] records)
    {
        using var folder = new TemporaryFolder();
        Write(file, folder.Path, records);
        var problems = new ProblemList();
        var reader = new RecordFileReader(file, folder.Path, problems);
        LocatedRecord[] read = [.. reader.Read()];

        Assert.Empty(problems.Listed());
        Assert.Equal(File.ReadAllLines(Path.Combine(folder.Path, file.Name)).Length, reader.Lines);
        Assert.Equal(records.Select(EntryOf).Select(static entry => entry.Location), read.Select(static record => record.Filed.Entry.Location));
        Assert.Equal(
            records.Select(static record => Hex.Format(RecordCodec.Encode(record))),
            read.Select(static record => Hex.Format(RecordCodec.Encode(record.Filed.Entry.Record))));
        Assert.All(read, record => Assert.Equal(record.Filed.RecordHash, RecordChecks.Check(record, problems)));
    }

    private static void Write(RecordFile file, string folder, IEnumerable<MarketRecord> records)
    {
        Directory.CreateDirectory(folder);
        using var writer = new RecordFileWriter(file, folder);
        foreach (LedgerEntry entry in records.Select(EntryOf)) writer.Add(new FiledRecord(entry, entry.RecordHash));
    }

    private static LedgerEntry EntryOf(MarketRecord record, int index) => new(
        record, Samples.AddressOf(1), Samples.AddressOf(2), new RecordLocation(5, Samples.HashOf(1), Samples.Noon, index, Samples.HashOf(2)));
}
