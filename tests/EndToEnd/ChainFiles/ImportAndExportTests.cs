using System.Text.Json;
using DerChain.Cli;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.ChainFiles;

public sealed class ImportAndExportTests
{
    [Theory]
    [InlineData("chain.db", "out.rlp")]
    [InlineData("chain.sqlite", "out.rlp")]
    [InlineData("chain.sqlite3", "out.rlp.gz")]
    [InlineData("new/folder/chain", "out.rlp")]
    public void Geths_chain_comes_out_as_it_went_in(string store, string exported)
    {
        using var files = new GethFiles();
        CommandLine import = files.Import(files.File("chain.rlp.gz"), store, "--json");
        Assert.True(import.ExitCode == 0, import.Error);
        JsonElement report = Json(import);
        JsonElement last = Vectors.ReadJson("geth_chain_5signers/index.json")[10];
        Assert.Equal(["blocks", "transactions", "head", "seconds"], report.EnumerateObject().Select(property => property.Name));
        Assert.Equal((10, 200), (report.GetProperty("blocks").GetInt32(), report.GetProperty("transactions").GetInt32()));
        Assert.Equal((10, last.Hash("hash")), (report.GetProperty("head").GetProperty("number").GetInt32(), report.GetProperty("head").Hash("hash")));
        Assert.Equal(66, report.GetProperty("head").Text("stateRoot").Length);

        CommandLine export = files.Export(store, exported);
        Assert.Equal((0, $"11 blocks, 0 to 10, with 200 transactions were exported.{Environment.NewLine}"), (export.ExitCode, export.Output));
        if (exported.EndsWith(".gz", StringComparison.Ordinal))
            Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(files.File(exported))[..2]);
        else
            Assert.Equal(GethFiles.Chain, File.ReadAllBytes(files.File(exported)));

        Assert.Equal(0, files.Import(files.File(exported), "again-" + Path.GetFileName(store)).ExitCode);
        Assert.Equal(0, CommandLine.Run("audit", "--store", files.File(store)).ExitCode);
    }

    [Fact]
    public void Run_again_it_imports_nothing_and_says_so()
    {
        using var files = new GethFiles();
        Assert.Equal(0, files.Import(files.File("chain.rlp.gz"), "chain.db").ExitCode);
        CommandLine again = files.Import(files.File("chain.rlp.gz"), "chain.db");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("blocks imported       0", again.Output, StringComparison.Ordinal);
        Assert.Contains("blocks stored before  11", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_block_is_named_in_text_and_in_json_and_what_came_before_stays()
    {
        using var files = new GethFiles();
        byte[] bytes = [.. GethFiles.Chain];
        bytes[^30_000] ^= 1;
        string bad = files.Write("bad.rlp", bytes);
        CommandLine json = files.Import(bad, "chain.db", "--json");
        JsonElement report = Json(json);
        JsonElement stopped = report.GetProperty("stopped");
        int number = stopped.GetProperty("number").GetInt32();
        Assert.Equal(2, json.ExitCode);
        Assert.Equal(number - 1, report.GetProperty("blocks").GetInt32());
        Assert.Equal(number - 1, report.GetProperty("head").GetProperty("number").GetInt32());
        Assert.Equal(66, stopped.Text("hash").Length);
        CommandLine text = files.Import(bad, "chain.db");
        Assert.Equal(2, text.ExitCode);
        Assert.Contains($"stopped at block {number} {stopped.Text("hash")}, rule '{stopped.Text("rule")}'", text.Error, StringComparison.Ordinal);
        Assert.Equal(0, files.Import(files.File("chain.rlp.gz"), "chain.db").ExitCode);
    }

    [Fact]
    public void A_file_that_is_cut_keeps_its_whole_blocks()
    {
        using var files = new GethFiles();
        JsonElement report = Json(files.Import(files.Write("cut.rlp", GethFiles.Chain[..^1]), "chain.db", "--json"));
        Assert.Equal(9, report.GetProperty("blocks").GetInt32());
        Assert.Equal("Truncated", report.GetProperty("stopped").Text("rule"));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("stopped").GetProperty("number").ValueKind);
    }

    [Fact]
    public void Standard_input_and_output_carry_a_chain()
    {
        using var files = new GethFiles();
        using var output = new MemoryStream();
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null) { OpenInput = () => new MemoryStream(GethFiles.Chain), OpenOutput = () => output };
        Assert.Equal(0, DerChainCommand.Run(["import", "-", "--genesis", GethFiles.Genesis, "--store", files.File("chain.db")], terminal));
        Assert.Equal(0, DerChainCommand.Run(["export", "--store", files.File("chain.db"), "--out", "-"], terminal));
        Assert.Equal(GethFiles.Chain, output.ToArray());
    }

    [Fact]
    public void A_range_is_exported_and_the_rest_imports_after_the_first_part()
    {
        using var files = new GethFiles();
        Assert.Equal(0, files.Import(files.File("chain.rlp.gz"), "chain.db").ExitCode);
        Assert.Equal(0, files.Export("chain.db", "first.rlp", "--last", "4").ExitCode);
        CommandLine rest = files.Export("chain.db", "rest.rlp", "--first", "5", "--json");
        Assert.Equal((6, 5, 10), (Json(rest).GetProperty("blocks").GetInt32(), Json(rest).GetProperty("first").GetInt32(), Json(rest).GetProperty("last").GetInt32()));
        CommandLine tooEarly = files.Import(files.File("rest.rlp"), "other.db", "--json");
        Assert.Equal("UnknownParent", Json(tooEarly).GetProperty("stopped").Text("rule"));
        Assert.Equal(0, files.Import(files.File("first.rlp"), "other.db").ExitCode);
        Assert.Equal(0, files.Import(files.File("rest.rlp"), "other.db").ExitCode);
    }

    [Fact]
    public void An_export_that_fails_leaves_the_file_of_that_name_as_it_was()
    {
        using var files = new GethFiles();
        Assert.Equal(0, files.Import(files.File("chain.rlp.gz"), "chain.db").ExitCode);
        File.WriteAllText(files.File("out.rlp"), "before");
        AlteredStore.ChangeTransactionsOfBlock(files.File("chain.db"), number: 7);
        CommandLine export = files.Export("chain.db", "out.rlp");
        Assert.Equal(2, export.ExitCode);
        Assert.Contains("Block 7", export.Error, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(files.File("out.rlp")));
        Assert.False(File.Exists(files.File("out.rlp.tmp")));
    }

    [Fact]
    public void A_market_days_store_is_exported_and_imported_again()
    {
        using var files = new GethFiles();
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandLine.Run("run", "--prosumers", "1", "--validators", "1", "--out", folder.Path).ExitCode);
        string store = folder.File("chain/validator-1.db");
        CommandLine export = CommandLine.Run("export", "--store", store, "--out", folder.File("day.rlp"), "--json");
        Assert.True(export.ExitCode == 0, export.Error);
        WriteGenesis(store, folder.File("genesis.json"));
        string[] import = ["import", folder.File("day.rlp"), "--genesis", folder.File("genesis.json"), "--json", "--store"];
        JsonElement copied = Json(CommandLine.Run([.. import, folder.File("copy.sqlite")]));
        Assert.Equal(Json(export).GetProperty("head").GetRawText(), copied.GetProperty("head").GetRawText());
        Assert.Equal(Json(export).GetProperty("transactions").GetInt32(), copied.GetProperty("transactions").GetInt32());
        Assert.Equal(0, Json(CommandLine.Run([.. import, store])).GetProperty("blocks").GetInt32());
        Assert.Equal(0, CommandLine.Run("export", "--store", folder.File("copy.sqlite"), "--out", folder.File("again.rlp")).ExitCode);
        Assert.Equal(File.ReadAllBytes(folder.File("day.rlp")), File.ReadAllBytes(folder.File("again.rlp")));
    }

    private static void WriteGenesis(string store, string path)
    {
        using Chain.Storage.IKeyValueStore opened = StoreFile.OpenExisting(store);
        File.WriteAllBytes(path, Chain.Blocks.GenesisJson.Write(StoreFile.IdentityOf(opened, store).Genesis));
    }

    private static JsonElement Json(CommandLine command)
    {
        using JsonDocument document = JsonDocument.Parse(command.Output);
        return document.RootElement.Clone();
    }
}
