using DerChain.Chain.Primitives;
using DerChain.RecordFiles;

namespace DerChain.EndToEnd.Tests.Records;

/// <summary>Whoever changes what was exported is found out, also where he signs the files anew; what no file can show, the chain does.</summary>
public sealed class RecordTamperTests
{
    private const string Jsonl = "records.jsonl";
    private const string Csv = "telemetry.csv";

    [Fact]
    public void An_untouched_export_has_no_problem()
    {
        using var day = new ExportedDay();

        Assert.Empty(day.Problems());
        Assert.Empty(day.Problems(ExportedDay.Chain));
    }

    [Fact]
    public void A_changed_value_is_named_by_the_hash_of_its_record()
    {
        using var day = new ExportedDay();
        string[] problems = day.Set(Csv, 2, "deviceTimeUnixSeconds", "1").Set(Csv, 3, "deviceTimeUnixSeconds", "1").Set(Csv, 4, "deviceTimeUnixSeconds", "1").Problems();

        Assert.Contains(problems, static problem => problem.StartsWith("telemetry.csv: was changed: its SHA-256 is ", StringComparison.Ordinal));
        Assert.Contains(problems, static problem => problem.StartsWith("telemetry.csv:2: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_number_of_a_line_of_JSON_is_named()
    {
        using var day = new ExportedDay();
        int line = LineOf(day, "\"kind\":\"DayAheadBid\"");
        string[] problems = day.ChangeLine(Jsonl, line, static text => text.Replace("\"block\":1,", "\"block\":2,", StringComparison.Ordinal)).Resign(Jsonl).Problems();

        Assert.Contains(problems, problem => problem.StartsWith($"{Jsonl}:{line}: recordHash '0x", StringComparison.Ordinal)
            && problem.Contains("is not the hash of the record, which is 0x", StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.StartsWith($"{Jsonl}:{line}: ", problem));
    }

    [Fact]
    public void A_value_out_of_range_is_named_with_its_field()
    {
        using var day = new ExportedDay();
        int line = LineOf(day, "\"kind\":\"DayAheadBid\"");
        string[] problems = day.ChangeLine(Jsonl, line, static text => text.Replace("\"block\":1,", "\"block\":200,", StringComparison.Ordinal)).Resign(Jsonl).Problems();

        Assert.Equal([$"{Jsonl}:{line}: rows[0].block: Block 200 is not between 1 and 10"], problems);

        using var inCsv = new ExportedDay();
        problems = inCsv.Set("day-ahead-bid.csv", 4, "block", "200").Resign("day-ahead-bid.csv").Problems();
        Assert.Equal(["day-ahead-bid.csv:4: block: Block 200 is not between 1 and 10"], problems);
    }

    [Fact]
    public void A_line_that_is_taken_out_is_missed_also_where_the_file_is_signed_anew()
    {
        using var day = new ExportedDay();
        string[] problems = day.ChangeLine(Jsonl, 50, static _ => null).Resign(Jsonl).Problems(ExportedDay.Chain);

        Assert.Contains(problems, static problem => problem.StartsWith($"{Jsonl}: Telemetry at block ", StringComparison.Ordinal)
            || problem.StartsWith($"{Jsonl}: ControlCommand at block ", StringComparison.Ordinal));
        Assert.Contains(problems, static problem => problem.StartsWith("manifest.json: files[0].lines '", StringComparison.Ordinal));
        Assert.Contains(day.Problems(), static problem => problem.StartsWith("manifest.json: files[0].lines '", StringComparison.Ordinal));
        Assert.Contains(day.Problems(), static problem => problem.StartsWith("manifest.json: root '0x", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_lines_that_change_places_are_named()
    {
        using var day = new ExportedDay();
        string[] lines = File.ReadAllLines(day.PathOf(Jsonl));
        File.WriteAllLines(day.PathOf(Jsonl), [.. lines[..20], lines[21], lines[20], .. lines[22..]]);
        string[] problems = day.Resign(Jsonl).Problems();

        Assert.Contains(problems, static problem => problem.StartsWith($"{Jsonl}:22: blockNumber '", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("blockHash", "0x0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("transactionHash", "0x0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("blockUnixSeconds", "1626375601")]
    [InlineData("receiver", "0x0000000000000000000000000000000000000001")]
    [InlineData("sender", "0x0000000000000000000000000000000000000001")]
    public void A_forged_place_is_named_against_the_chain(string column, string value)
    {
        using var day = new ExportedDay();
        const string File = "dispatch-instruction.csv";
        string[] problems = day.Set(File, 9, column, value).Resign(File).Problems(ExportedDay.Chain);

        Assert.Contains(problems, problem => problem.StartsWith($"{File}:9: {column} '{value[..10]}", StringComparison.Ordinal)
            && problem.Contains("is not that of the chain, which is ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_forged_sender_is_refused_by_the_rule_without_the_chain()
    {
        using var day = new ExportedDay();
        const string File = "dispatch-instruction.csv";
        string[] problems = day.Set(File, 9, "sender", $"{Address.Zero}").Resign(File).Problems();

        Assert.Equal([$"{File}:9: sender '{Address.Zero}': may not send this record: Sender {Address.Zero} is not registered."], problems);
    }

    [Fact]
    public void A_record_that_is_not_on_the_chain_is_named()
    {
        using var day = new ExportedDay();
        string last = File.ReadLines(day.PathOf(Jsonl)).Last();
        string forged = last.Replace("\"transactionIndex\":", "\"transactionIndex\":9", StringComparison.Ordinal);
        File.AppendAllText(day.PathOf(Jsonl), forged + "\n");
        string[] problems = day.Resign(Jsonl).Problems(ExportedDay.Chain);

        int line = File.ReadLines(day.PathOf(Jsonl)).Count();
        Assert.Contains(problems, problem => problem.StartsWith($"{Jsonl}:{line}: blockNumber '", StringComparison.Ordinal)
            && problem.Contains("has no record at transaction 9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "formatVersion '2': is not 1, the version of the format that is read")]
    [InlineData("\"formatVersion\": 1,", "", "formatVersion: is missing")]
    [InlineData("\"chainId\"", "\"chainID\"", "chainId: is missing")]
    [InlineData("\"chainId\": ", "\"chainId\": 9", "chainId '9222200': is not that of the chain, which is 222200")]
    [InlineData("\"genesisHash\": \"0x", "\"genesisHash\": \"0y", "genesisHash '\"0y")]
    [InlineData("\"headNumber\": ", "\"headNumber\": 9", "headNumber '9")]
    [InlineData("\"firstBlock\": 0", "\"firstBlock\": 999999", "firstBlock '999999': is after lastBlock")]
    [InlineData("\"kinds\": []", "\"kinds\": [\"Telemetry\"]", "is not one of the records that the manifest's filter lets through")]
    [InlineData("\"root\": \"0x", "\"root\": null, \"a\": \"0x", "a '\"0x")]
    [InlineData("\"name\": \"telemetry.csv\"", "\"name\": \"../telemetry.csv\"", "is not one of records.jsonl")]
    [InlineData("\"name\": \"telemetry.csv\"", "\"name\": \"records.jsonl\"", "files 'records.jsonl': stands more than once")]
    [InlineData("\"name\": \"telemetry.csv\"", "\"name\": \"sealed-record.csv\"", "sealed-record.csv: is missing")]
    [InlineData("\"files\": [", "\"files\": {", "is not JSON here")]
    public void A_changed_manifest_is_named(string old, string replacement, string expected)
    {
        using var day = new ExportedDay();

        Assert.Contains(day.ChangeManifest(old, replacement).Problems(ExportedDay.Chain), problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_number_of_the_manifest_is_checked()
    {
        using var untouched = new ExportedDay();
        RecordManifest manifest = RecordImport.Read(untouched.Folder).Value!.Manifest;
        RecordManifestFile telemetry = manifest.Files.Single(static file => file.Name == Csv);
        (string Old, string New, string Expected)[] cases =
        [
            ($"\"lines\": {telemetry.Lines}", "\"lines\": 7", "lines '7': is not the number of lines of telemetry.csv"),
            ($"\"records\": {telemetry.Records}\n", "\"records\": 7\n", "records '7': is not the number of records of telemetry.csv"),
            ($"\"records\": {manifest.Records},", "\"records\": 7,", "manifest.json: records '7': is not the number of records, which is"),
            ($"{manifest.Root}", $"{Hash256.Zero}", "manifest.json: root '0x00"),
            ($"{manifest.HeadHash}", $"{Hash256.Zero}", "manifest.json: headHash '0x00"),
            ($"{manifest.GenesisHash}", $"{Hash256.Zero}", "manifest.json: genesisHash '0x00"),
            ($"{manifest.SystemOperator}", $"{Address.Zero}", "manifest.json: systemOperator '0x00"),
            ($"{telemetry.Sha256}"[2..], $"{Hash256.Zero}"[2..], "telemetry.csv: was changed"),
        ];
        foreach ((string old, string replacement, string expected) in cases)
        {
            using var day = new ExportedDay();
            Assert.Contains(day.ChangeManifest(old, replacement).Problems(ExportedDay.Chain), problem => problem.Contains(expected, StringComparison.Ordinal));
        }
    }

    private static int LineOf(ExportedDay day, string text) =>
        1 + Array.FindIndex(File.ReadAllLines(day.PathOf(Jsonl)), line => line.Contains(text, StringComparison.Ordinal));
}
