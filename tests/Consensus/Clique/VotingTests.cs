using System.Text.Json;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

public sealed class VotingTests
{
    [Fact]
    public void Scenarios_that_ran_on_Geth_end_as_there() => EachCase.Holds(
        Vectors.ReadJson("clique_voting.json").EnumerateArray(), test => test.Text("name"), AssertEndsAsSaid);

    [Fact]
    public void Scenarios_of_EIP_225_end_as_there() => EachCase.Holds(
        Vectors.ReadJson("clique_voting_eip225.json").GetProperty("cases").EnumerateArray(), test => test.Text("name"), AssertEndsAsSaid);

    [Fact]
    public void Recents_votes_and_tallies_are_Geths() => EachCase.Holds(
        Vectors.ReadJson("clique_voting_final_state.json").EnumerateArray(), test => test.Text("name"), test =>
        {
            Scenario scenario = AssertEnds(test);
            if (test.Find("final") is not { } final)
                return;

            CliqueSnapshot snapshot = scenario.Final;
            Assert.Equal(
                final.GetProperty("recents").EnumerateObject().Select(recent => $"{recent.Name} {scenario.AccountOf(recent.Value.GetString()!)}").Order(),
                snapshot.Recents.Select(recent => $"{recent.Key} {recent.Value}").Order());
            Assert.Equal(
                final.GetProperty("votes").EnumerateArray().Select(vote => new Vote(
                    scenario.AccountOf(vote.Text("signer")),
                    (ulong)vote.Number("block"),
                    scenario.AccountOf(vote.Text("address")),
                    vote.GetProperty("authorize").GetBoolean())),
                snapshot.Votes);
            Assert.Equal(
                final.GetProperty("tally").EnumerateObject().ToDictionary(
                    tally => scenario.AccountOf(tally.Name),
                    tally => new Tally(tally.Value.GetProperty("authorize").GetBoolean(), tally.Value.GetProperty("votes").GetInt32())),
                snapshot.Tallies.ToDictionary());
        });

    private static void AssertEndsAsSaid(JsonElement test) => AssertEnds(test);

    private static Scenario AssertEnds(JsonElement test)
    {
        Scenario scenario = new Scenario(test).Run();
        if (test.Find("failure") is { } failure)
        {
            CliqueError expected = failure.GetString() switch
            {
                "unauthorized" or "UnauthorizedSigner" => scenario.Final.Signers.IsEmpty ? CliqueError.NoAuthorities : CliqueError.UnauthorizedSigner,
                "recently_signed" or "RecentlySigned" => CliqueError.RecentlySigned,
                "mismatching_checkpoint" => CliqueError.MismatchingCheckpointSigners,
                string other => throw new FormatException($"The failure '{other}' is not known."),
                null => throw new FormatException("The failure has no name."),
            };
            int failAt = test.Find("failAt")?.GetInt32() ?? test.GetProperty("blocks").GetArrayLength() - 1;
            Assert.Equal((failAt, (Enum)expected), scenario.Failure);
        }
        else
        {
            Assert.Null(scenario.Failure);
            Assert.Equal(test.GetProperty("results").EnumerateArray().Select(name => scenario.AccountOf(name.GetString()!)).Order(), scenario.Final.Signers);
        }

        return scenario;
    }
}
