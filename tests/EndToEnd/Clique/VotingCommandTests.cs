using System.Text.Json;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Clique;

public sealed class VotingCommandTests
{
    private static readonly string Newcomer = TestChain.Key("newcomer").Address.ToChecksumString();

    [Fact]
    public void What_two_of_three_propose_on_the_command_line_is_cast_by_their_blocks_and_admits_an_authority()
    {
        using var folder = new CliqueFolder(authorities: 3);
        folder.Seal(2);
        Done(folder.Run(0, "propose", Newcomer, "--admit"));
        Done(folder.Run(2, "propose", Newcomer.ToLowerInvariant(), "--admit"));

        folder.Seal(3);

        Assert.Equal(folder.Authorities.Append(Newcomer).Order(StringComparer.OrdinalIgnoreCase), Signers(folder, 1));
        Assert.Equal($"admit  {Newcomer} (an authority already: no vote is cast)", Done(folder.Run(0, "proposals")).Output.Trim());
    }

    [Fact]
    public void What_is_proposed_to_be_dropped_is_dropped()
    {
        using var folder = new CliqueFolder(authorities: 3);
        string dropped = folder.Authorities[1];
        Done(folder.Run(0, "propose", dropped, "--drop"));
        Done(folder.Run(2, "propose", dropped, "--drop"));

        folder.Seal(3);

        Assert.Equal([folder.Authorities[0], folder.Authorities[2]], Signers(folder, 0));
        Assert.Equal($"drop   {dropped} (no authority: no vote is cast)", Done(folder.Run(0, "proposals")).Output.Trim());
    }

    [Fact]
    public void A_discarded_proposal_is_not_cast()
    {
        using var folder = new CliqueFolder(authorities: 1);
        Done(folder.Run(0, "propose", Newcomer, "--admit"));
        Assert.Empty(folder.Json(0, "discard", Newcomer).GetProperty("proposals").EnumerateArray());

        folder.Seal(3);

        Assert.Equal(folder.Authorities, Signers(folder, 0));
        Assert.Contains("There are no proposals.", Done(folder.Run(0, "proposals")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proposal_is_turned_around_by_the_next_on_the_same_account()
    {
        using var folder = new CliqueFolder(authorities: 2);
        Done(folder.Run(0, "propose", Newcomer, "--admit"));

        JsonElement proposal = Assert.Single(folder.Json(0, "propose", Newcomer, "--drop").GetProperty("proposals").EnumerateArray());

        Assert.Equal(Newcomer, proposal.GetProperty("address").GetString());
        Assert.False(proposal.GetProperty("authorize").GetBoolean());
        Assert.Equal(proposal.ToString(), Assert.Single(folder.Json(0, "proposals").GetProperty("proposals").EnumerateArray()).ToString());
    }

    [Fact]
    public void The_last_authority_may_be_proposed_to_be_dropped_and_the_list_says_that_no_vote_is_cast()
    {
        using var folder = new CliqueFolder(authorities: 1);
        string last = folder.Authorities[0];

        Assert.Equal($"drop   {last} (the last authority: no vote is cast)", Done(folder.Run(0, "propose", last, "--drop")).Output.Trim());
        folder.Seal(2);

        Assert.Equal([last], Signers(folder, 0));
    }

    private static CommandLine Done(CommandLine result)
    {
        Assert.Equal("", result.ExitCode == 0 ? "" : result.Error);
        return result;
    }

    private static string[] Signers(CliqueFolder folder, int validator) =>
        Done(folder.Run(validator, "signers")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
