using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Consensus.Tests.Clique;

public sealed class VoteChoiceTests
{
    private static readonly ImmutableArray<Address> Accounts = NaiveComparison.Addresses;
    private static readonly CliqueParameters Parameters = new(0, 100);

    [Fact]
    public void Without_a_proposal_there_is_no_vote() => Assert.Equal(Ballot.None, VoteChoice.Choose(Signers(1, 2), 1, Proposals(), Parameters));

    [Fact]
    public void A_checkpoint_carries_no_vote()
    {
        Assert.Equal(Ballot.None, VoteChoice.Choose(Signers(1, 2), 100, Proposals((3, true)), Parameters));
        Assert.Equal(new Ballot(Accounts[3], true), VoteChoice.Choose(Signers(1, 2), 101, Proposals((3, true)), Parameters));
    }

    [Fact]
    public void What_would_change_nothing_is_not_voted_on()
    {
        Assert.Equal(Ballot.None, VoteChoice.Choose(Signers(1, 2), 1, Proposals((2, true), (3, false)), Parameters));
        Assert.Equal(new Ballot(Accounts[2], false), VoteChoice.Choose(Signers(1, 2), 1, Proposals((2, false)), Parameters));
    }

    [Fact]
    public void The_last_signer_does_not_drop_itself()
    {
        Assert.Equal(Ballot.None, VoteChoice.Choose(Signers(1), 1, Proposals((1, false)), Parameters));
        Assert.Equal(new Ballot(Accounts[2], true), VoteChoice.Choose(Signers(1), 1, Proposals((1, false), (2, true)), Parameters));
        Assert.Equal(new Ballot(Accounts[1], false), VoteChoice.Choose(Signers(1, 2), 1, Proposals((1, false)), Parameters));
    }

    [Fact]
    public void Where_nobody_may_seal_there_is_no_vote() => Assert.Equal(Ballot.None, VoteChoice.Choose(Signers(), 1, Proposals((1, true)), Parameters));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void In_turn_a_signer_comes_upon_every_proposal_in_the_order_of_addresses(int signers)
    {
        Dictionary<Address, bool> proposals = Proposals((9, true), (7, true), (8, true));
        CliqueSnapshot snapshot = Signers([.. Enumerable.Range(1, signers)]);
        IEnumerable<Address> voted = Enumerable.Range(1, 6)
            .Select(turn => VoteChoice.Choose(snapshot, (ulong)(turn * signers), proposals, new CliqueParameters(0, 1_000)).Account);
        Assert.Equal([Accounts[8], Accounts[9], Accounts[7], Accounts[8], Accounts[9], Accounts[7]], voted);
    }

    // All signers carry out their operators' proposals, which change all the time.
    [Fact]
    public void Every_vote_that_is_cast_counts_and_no_chain_loses_its_last_signer()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new FuzzRandom(seed);
            var parameters = new CliqueParameters(0, 5 + (ulong)random.Below(30));
            CliqueSnapshot snapshot = Signers([.. Enumerable.Range(1, 1 + random.Below(5))]);
            for (int number = 1; number <= 60; number++)
            {
                Address[] legal = [.. snapshot.Signers.Where(signer => snapshot.SignedRecently((ulong)number, signer) is null)];
                Dictionary<Address, bool> proposals = Proposals([.. Enumerable.Range(1, random.Below(5)).Select(_ => (1 + random.Below(8), random.OneIn(3)))]);
                Ballot ballot = VoteChoice.Choose(snapshot, (ulong)number, proposals, parameters);
                CliqueSnapshot after = Step(snapshot, number, random.Pick(legal), ballot, parameters);
                bool counts = after.Signers.Length != snapshot.Signers.Length || after.Votes.Any(vote => vote.Number == (ulong)number);
                Assert.True(counts != (ballot == Ballot.None), $"Seed {seed}, block {number}: {ballot}");
                Assert.False(after.Signers.IsEmpty, $"Seed {seed}, block {number}: nobody is left.");
                snapshot = after;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Proposals_that_all_signers_share_come_into_effect_within_two_rotations_each(int signers)
    {
        CliqueSnapshot snapshot = Signers([.. Enumerable.Range(1, signers)]);
        Dictionary<Address, bool> proposals = Proposals((8, true), (9, true), (10, true));
        var parameters = new CliqueParameters(0, 1_000);
        int blocks = 2 * 3 * (signers + 3);
        for (int number = 1; number <= blocks; number++)
        {
            Address sealer = snapshot.Signers[number % snapshot.Signers.Length];
            if (snapshot.SignedRecently((ulong)number, sealer) is not null)
                sealer = snapshot.Signers.First(signer => snapshot.SignedRecently((ulong)number, signer) is null);

            snapshot = Step(snapshot, number, sealer, VoteChoice.Choose(snapshot, (ulong)number, proposals, parameters), parameters);
        }

        Assert.Equal(signers + 3, snapshot.Signers.Length);
    }

    private static CliqueSnapshot Step(CliqueSnapshot snapshot, int number, Address signer, Ballot ballot, CliqueParameters parameters)
    {
        var header = NaiveComparison.Header(number, Hash256.Zero, new NaiveBlock(0, 0, false, 1, [])) with { Beneficiary = ballot.Account, Nonce = ballot.Nonce };
        Assert.Null(SnapshotTransition.TryApply(snapshot, header, signer, parameters, out CliqueSnapshot? after));
        return after!;
    }

    private static CliqueSnapshot Signers(params int[] accounts) => CliqueSnapshot.AtGenesis(NaiveComparison.Genesis(accounts));

    private static Dictionary<Address, bool> Proposals(params (int Account, bool Authorizes)[] proposals)
    {
        var byAccount = new Dictionary<Address, bool>();
        foreach ((int account, bool authorizes) in proposals)
            byAccount[Accounts[account]] = authorizes;

        return byAccount;
    }
}
