using DerChain.Chain.Storage;

namespace DerChain.EndToEnd.Tests.ChainFiles;

/// <summary>What cannot be done is one clear sentence and exit code 2, and leaves nothing behind.</summary>
public sealed class RefusalTests
{
    private static readonly Lazy<byte[]> Store = new(static () =>
    {
        using var files = new GethFiles();
        Assert.Equal(0, files.Import(files.File("chain.rlp.gz"), "chain.db").ExitCode);
        return File.ReadAllBytes(files.File("chain.db"));
    });

    [Theory]
    [InlineData("import", "'CHAIN.rlp'")]
    [InlineData("import CHAIN --store S", "'--genesis' is required")]
    [InlineData("import CHAIN --genesis GENESIS", "'--store' is required")]
    [InlineData("import CHAIN --genesis GENESIS --store new.db --threads 0", "--threads is '0'")]
    [InlineData("import no.rlp --genesis GENESIS --store new.db", "There is no chain file at ")]
    [InlineData("import . --genesis GENESIS --store new.db", "is a folder; a chain file is wanted.")]
    [InlineData("import CHAIN --genesis no.json --store new.db", "There is no genesis file at ")]
    [InlineData("import CHAIN --genesis CHAIN --store new.db", "The genesis file ")]
    [InlineData("import CHAIN --genesis merge.json --store new.db", "terminalTotalDifficulty")]
    [InlineData("import CHAIN --genesis authority.json --store new.db", "The genesis file ")]
    [InlineData("import CHAIN --genesis GENESIS --store notes.txt", "notes.txt")]
    [InlineData("import CHAIN --genesis GENESIS --store .", "is a folder")]
    [InlineData("import CHAIN --genesis GENESIS --store notes.txt/new.db", "notes.txt")]
    [InlineData("import CHAIN --genesis other.json --store chain.db", "another genesis")]
    [InlineData("import CHAIN --genesis GENESIS --store chain.db --allow-unprotected", "was begun without --allow-unprotected")]
    [InlineData("import empty.rlp --genesis GENESIS --store chain.db", "is empty: it holds no block.")]
    [InlineData("export --out x.rlp", "'--store' is required")]
    [InlineData("export --store chain.db", "'--out' is required")]
    [InlineData("export --store no.db --out x.rlp", "There is no store at ")]
    [InlineData("export --store empty.db --out x.rlp", "is empty: it holds no chain.")]
    [InlineData("export --store notes.txt --out x.rlp", "notes.txt")]
    [InlineData("export --store chain.db --out no/x.rlp", "does not exist.")]
    [InlineData("export --store chain.db --out .", "is a folder; name a file.")]
    [InlineData("export --store chain.db --out chain.db", "--out is the store itself")]
    [InlineData("export --store chain.db --out x.rlp --first 3 --last 2", "--first is 3 and --last is 2: there is no block between them.")]
    [InlineData("export --store chain.db --out x.rlp --first 11", "The chain ends at block 10; it has no block 11.")]
    [InlineData("export --store chain.db --out x.rlp --last 12", "The chain ends at block 10; it has no block 12.")]
    [InlineData("export --store chain.db --out x.rlp --first -1", "--first is '-1'")]
    [InlineData("export --store chain.db --out - --json", "--json writes to standard output")]
    public void A_wrong_command_line_or_file_is_refused(string line, string expected)
    {
        using GethFiles files = WithStore();
        string[] before = [.. Directory.EnumerateFiles(files.File("")).Order()];
        CommandLine result = CommandLine.Run([.. line.Split(' ').Select((word, place) => place == 0 ? word : PathOf(files, word))]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(before, Directory.EnumerateFiles(files.File("")).Order().Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("chain.db")]
    [InlineData("chain.sqlite")]
    public void A_store_in_use_is_refused(string name)
    {
        using var files = new GethFiles();
        Assert.Equal(0, files.Import(files.File("chain.rlp.gz"), name).ExitCode);
        using IKeyValueStore inUse = Cli.StoreFile.OpenExisting(files.File(name));
        foreach (CommandLine result in (CommandLine[])[files.Import(files.File("chain.rlp.gz"), name), files.Export(name, "x.rlp")])
        {
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("is in use", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("chain.db")]
    [InlineData("chain.sqlite")]
    public void A_corrupt_store_is_refused(string name)
    {
        using var files = new GethFiles();
        Assert.Equal(0, files.Import(files.File("chain.rlp.gz"), name).ExitCode);
        byte[] bytes = File.ReadAllBytes(files.File(name));
        bytes.AsSpan(bytes.Length / 2, 64).Fill(0x5a);
        File.WriteAllBytes(files.File(name), bytes);
        foreach (CommandLine result in (CommandLine[])[files.Import(files.File("chain.rlp.gz"), name), files.Export(name, "x.rlp")])
        {
            Assert.Equal(2, result.ExitCode);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(files.File("x.rlp")));
        }
    }

    private static GethFiles WithStore()
    {
        var files = new GethFiles();
        File.WriteAllBytes(files.File("chain.db"), Store.Value);
        File.WriteAllText(files.File("notes.txt"), "these are my notes, neither a chain nor a store");
        File.WriteAllBytes(files.File("empty.db"), []);
        File.WriteAllBytes(files.File("empty.rlp"), []);
        string genesis = File.ReadAllText(GethFiles.Genesis);
        File.WriteAllText(files.File("merge.json"), genesis.Replace("\"config\":{", "\"config\":{\"terminalTotalDifficulty\":0,", StringComparison.Ordinal));
        File.WriteAllText(files.File("other.json"), genesis.Replace("\"timestamp\":\"0x", "\"timestamp\":\"0x1", StringComparison.Ordinal));
        File.WriteAllText(files.File("authority.json"), """{"config":{"chainId":1,"clique":{"period":1,"epoch":30000}},"extraData":"0x00","alloc":{}}""");
        return files;
    }

    private static string PathOf(GethFiles files, string word) => word switch
    {
        "CHAIN" => files.File("chain.rlp.gz"),
        "GENESIS" => GethFiles.Genesis,
        "-" => word,
        _ when word.Contains('.', StringComparison.Ordinal) => files.File(word),
        _ => word,
    };
}
