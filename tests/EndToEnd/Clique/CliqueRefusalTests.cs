using DerChain.Chain;
using DerChain.Chain.Storage;

namespace DerChain.EndToEnd.Tests.Clique;

/// <summary>What cannot be done is one clear sentence and exit code 2.</summary>
public sealed class CliqueRefusalTests
{
    private const string Address = "0x1899a98824005dDFf362a699845964D08963bC5a";
    private const string Hash = "0x0000000000000000000000000000000000000000000000000000000000000001";

    [Theory]
    [InlineData("clique", "command")]
    [InlineData("clique signers", "'--store' is required")]
    [InlineData("clique signers --store no.db", "There is no store at ")]
    [InlineData("clique status --store no.db", "There is no store at ")]
    [InlineData("clique status --store notes.txt", "notes.txt")]
    [InlineData("clique proposals --store empty.db", "is empty: it holds no chain.")]
    [InlineData("clique snapshot --store S --block 4", "The chain ends at block 3; it has no block 4.")]
    [InlineData("clique snapshot --store S --block -1", "--block is '-1'")]
    [InlineData($"clique propose {Address} --store S", "Either --admit or --drop is wanted.")]
    [InlineData($"clique propose {Address} --store S --admit --drop", "Either --admit or --drop is wanted.")]
    [InlineData("clique propose 0x12 --store S --admit", "'0x12' is no address: 40 hexadecimal digits are wanted.")]
    [InlineData("clique propose 0x1899A98824005dDFf362a699845964D08963bC5a --store S --drop", "checksum (EIP-55)")]
    [InlineData($"clique discard {Address} --store S", $"There is no proposal on {Address}.")]
    [InlineData("clique discard nobody --store S", "'nobody' is no address")]
    [InlineData("clique accept-reorganisation 0x12 --store S", "'0x12' is no hash of a block: 64 hexadecimal digits are wanted.")]
    [InlineData($"clique accept-reorganisation {Hash} --store S", "There is no finality conflict: no better head leaves the final block.")]
    public void A_wrong_command_line_is_refused(string line, string expected)
    {
        using var folder = new CliqueFolder(authorities: 1);
        folder.Seal(3);
        File.WriteAllText(folder.File("notes.txt"), "these are my notes, not a chain");
        LiteDbStore.Open(folder.File("empty.db")).Dispose();

        Refused(CommandLine.Run([.. line.Split(' ').Select(word => PathOf(folder, word))]), expected);
    }

    [Fact]
    public void A_store_that_a_node_is_running_on_is_refused()
    {
        using var folder = new CliqueFolder(authorities: 2);
        folder.Use(_ =>
        {
            Refused(folder.Run(0, "signers"), folder.Store(0));
            Refused(folder.Run(1, "propose", Address, "--admit"), folder.Store(1));
        });
        Assert.Empty(folder.Json(1, "proposals").GetProperty("proposals").EnumerateArray());
    }

    [Fact]
    public void A_chain_of_another_consensus_is_refused()
    {
        using var folder = new CliqueFolder(authorities: 1);
        using (LiteDbStore store = LiteDbStore.Open(folder.File("other.db")))
            Blockchain.Open(store, folder.Genesis with { ExtraData = new byte[1] }, new AnyoneEngine());

        Refused(CommandLine.Run("clique", "signers", "--store", folder.File("other.db")), "is not under Clique: ");
    }

    private static string PathOf(CliqueFolder folder, string word) => word switch
    {
        "S" => folder.Store(0),
        _ when word.EndsWith(".db", StringComparison.Ordinal) || word.EndsWith(".txt", StringComparison.Ordinal) => folder.File(word),
        _ => word,
    };

    private static void Refused(CommandLine result, string expected)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
