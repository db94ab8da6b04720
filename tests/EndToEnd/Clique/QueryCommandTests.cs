using System.Text.Json;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Clique;

public sealed class QueryCommandTests
{
    private static readonly string Newcomer = TestChain.Key("newcomer").Address.ToChecksumString();

    [Fact]
    public void The_snapshot_shows_signers_recents_votes_and_tallies()
    {
        using var folder = new CliqueFolder(authorities: 3);
        folder.Run(0, "propose", Newcomer, "--admit");
        folder.Seal(4);

        JsonElement snapshot = folder.Json(1, "snapshot");

        Assert.Equal(4, snapshot.GetProperty("number").GetInt32());
        Assert.Equal(folder.Json(1, "status").GetProperty("head").GetProperty("hash").GetString(), snapshot.GetProperty("hash").GetString());
        Assert.Equal(folder.Authorities, Strings(snapshot.GetProperty("signers")));
        Assert.Equal(folder.Authorities[1], snapshot.GetProperty("recents").EnumerateArray().Last().GetProperty("signer").GetString());
        JsonElement vote = Assert.Single(snapshot.GetProperty("votes").EnumerateArray());
        Assert.Equal(
            (folder.Authorities[0], 3, Newcomer, true),
            (vote.GetProperty("signer").GetString(), vote.GetProperty("block").GetInt32(), vote.GetProperty("address").GetString(), vote.GetProperty("authorize").GetBoolean()));
        JsonElement tally = Assert.Single(snapshot.GetProperty("tally").EnumerateArray());
        Assert.Equal((Newcomer, true, 1), (tally.GetProperty("address").GetString(), tally.GetProperty("authorize").GetBoolean(), tally.GetProperty("votes").GetInt32()));
        string text = folder.Run(1, "snapshot").Output;
        Assert.Contains($"vote     {folder.Authorities[0]} to admit {Newcomer}, in block 3", text, StringComparison.Ordinal);
        Assert.Contains($"tally    1 vote to admit {Newcomer}; 2 decide", text, StringComparison.Ordinal);
        Assert.Contains($"recent   {folder.Authorities[1]} sealed block 4", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_of_an_earlier_block_is_as_it_was_then()
    {
        using var folder = new CliqueFolder(authorities: 2);
        folder.Seal(3);

        JsonElement genesis = folder.Json(0, "snapshot", "--block", "0");

        Assert.Equal(0, genesis.GetProperty("number").GetInt32());
        Assert.Equal(folder.Authorities, Strings(genesis.GetProperty("signers")));
        Assert.Empty(genesis.GetProperty("recents").EnumerateArray());
        Assert.Equal(1, folder.Json(0, "snapshot", "--block", "1").GetProperty("number").GetInt32());
    }

    [Fact]
    public void The_status_names_whose_turn_it_is_and_who_must_wait()
    {
        using var folder = new CliqueFolder(authorities: 3);
        folder.Seal(4);

        JsonElement status = folder.Json(2, "status");

        Assert.Equal(4, status.GetProperty("head").GetProperty("number").GetInt32());
        Assert.Equal((5, folder.Authorities[2]), (status.GetProperty("next").GetProperty("number").GetInt32(), status.GetProperty("next").GetProperty("inTurn").GetString()));
        JsonElement waiting = Assert.Single(status.GetProperty("next").GetProperty("signedRecently").EnumerateArray());
        Assert.Equal((folder.Authorities[1], 6), (waiting.GetProperty("signer").GetString(), waiting.GetProperty("maySealFrom").GetInt32()));
        Assert.Equal((5, 30_000, 2), (status.GetProperty("period").GetInt32(), status.GetProperty("epoch").GetInt32(), status.GetProperty("needed").GetInt32()));
        Assert.Equal(3, status.GetProperty("finalized").GetProperty("number").GetInt32());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("finalityConflict").ValueKind);
        JsonElement last = status.GetProperty("lastBlocks");
        Assert.Equal((4, 100), (last.GetProperty("numBlocks").GetInt32(), last.GetProperty("inturnPercent").GetInt32()));
        Assert.Equal(4, last.GetProperty("sealers").EnumerateArray().Sum(sealer => sealer.GetProperty("blocks").GetInt32()));
        string text = folder.Run(2, "status").Output;
        Assert.Contains($"in turn          {folder.Authorities[2]} for block 5", text, StringComparison.Ordinal);
        Assert.Contains($"signed recently  {folder.Authorities[1]}; it may seal again from block 6", text, StringComparison.Ordinal);
        Assert.Contains("authorities      3; the chain goes on while 2 of them seal", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_that_no_authority_is_left_on_says_so()
    {
        using var folder = new CliqueFolder(authorities: 1);
        TestChain other = TestChain.Open(folder.Genesis);
        Block last = other.Alter(other.Seal(), static header => header with { Beneficiary = TestChain.Authorities(1)[0].Address });
        Assert.Equal(ImportOutcome.NewHead, folder.Receive(0, last));

        JsonElement status = folder.Json(0, "status");

        Assert.Empty(status.GetProperty("signers").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("next").GetProperty("inTurn").ValueKind);
        Assert.Contains("No authority is left", folder.Run(0, "status").Output, StringComparison.Ordinal);
        CommandLine signers = folder.Run(0, "signers");
        Assert.Equal((0, ""), (signers.ExitCode, signers.Output));
        Assert.Contains("No authority is left", signers.Error, StringComparison.Ordinal);
    }

    private static string?[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(static element => element.GetString())];
}
