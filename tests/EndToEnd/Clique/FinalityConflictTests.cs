using System.Text.Json;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Clique;

public sealed class FinalityConflictTests
{
    private const string Nothing = "0x0000000000000000000000000000000000000000000000000000000000000001";

    [Fact]
    public void A_conflict_is_shown_and_decided_by_the_hash_of_its_head()
    {
        using CliqueFolder folder = WithConflict(out Block better);
        string hash = better.Hash.ToString();

        JsonElement status = folder.Json(0, "status");
        Assert.Equal(2, status.GetProperty("head").GetProperty("number").GetInt32());
        Assert.Equal(hash, status.GetProperty("finalityConflict").GetProperty("hash").GetString());
        string text = folder.Run(0, "status").Output;
        Assert.Contains($"FINALITY CONFLICT: the better head 3 {hash} leaves the final block.", text, StringComparison.Ordinal);
        Assert.Contains($"'derchain clique accept-reorganisation {hash}'", text, StringComparison.Ordinal);

        JsonElement accepted = folder.Json(0, "accept-reorganisation", hash);
        Assert.Equal(hash, accepted.GetProperty("head").GetProperty("hash").GetString());
        Assert.Equal((2, 3), (accepted.GetProperty("abandoned").GetInt32(), accepted.GetProperty("adopted").GetInt32()));
        JsonElement after = folder.Json(0, "status");
        Assert.Equal(hash, after.GetProperty("head").GetProperty("hash").GetString());
        Assert.Equal(JsonValueKind.Null, after.GetProperty("finalityConflict").ValueKind);
    }

    [Fact]
    public void The_decision_is_told_in_words()
    {
        using CliqueFolder folder = WithConflict(out Block better);

        string text = folder.Run(0, "accept-reorganisation", better.Hash.ToString()).Output.ReplaceLineEndings("\n");

        Assert.Equal($"head       3 {better.Hash}\nabandoned  2 blocks\nadopted    3 blocks\n", text);
    }

    [Fact]
    public void Another_hash_than_that_of_the_conflict_changes_nothing()
    {
        using CliqueFolder folder = WithConflict(out Block better);

        CommandLine result = folder.Run(0, "accept-reorganisation", Nothing);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"The head in conflict is {better.Hash}, not {Nothing}; nothing was changed.", result.Error, StringComparison.Ordinal);
        Assert.Equal(better.Hash.ToString(), folder.Json(0, "status").GetProperty("finalityConflict").GetProperty("hash").GetString());
    }

    // Two blocks in turn, of which the first is final; then a heavier branch from genesis that nobody has told this validator of in time.
    private static CliqueFolder WithConflict(out Block better)
    {
        var folder = new CliqueFolder(authorities: 3);
        folder.Seal(2);
        PrivateKey[] keys = [.. TestChain.Authorities(3)];
        TestChain other = TestChain.Open(folder.Genesis);
        Block[] branch = [other.Import(other.Seal(keys[0])), other.Import(other.Seal(keys[2])), other.Import(other.Seal(keys[0]))];
        Assert.Equal(ImportOutcome.FinalityConflict, folder.Receive(0, branch));
        better = branch[^1];
        return folder;
    }
}
