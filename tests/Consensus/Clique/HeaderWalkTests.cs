using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>The walk over headers alone against the engine that has the chain.</summary>
public sealed class HeaderWalkTests
{
    private const ulong Epoch = 6;
    private const int Length = 20;
    private static readonly CliqueParameters Parameters = new(0, Epoch);
    private static readonly Address Admitted = TestChain.Key("admitted").Address;
    private static readonly ImmutableArray<BlockHeader> Headers = [.. Grown().Chain.Blocks().Select(static block => block.Header)];
    private static readonly ImmutableArray<Address> Authorities = [.. TestChain.Authorities(5).Select(static key => key.Address)];

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(18)]
    public void From_a_checkpoint_it_has_the_signers_votes_and_sealers_of_the_engine(int checkpoint)
    {
        TestChain chain = Grown();
        var engine = new CliqueEngine(chain.Genesis.Spec);
        Assert.True(HeaderWalk.TryFromCheckpoint(Headers[checkpoint], Parameters, out HeaderWalk? walk).IsValid);
        foreach (BlockHeader header in Headers[(checkpoint + 1)..])
        {
            Assert.True(walk!.Follow(header, out Address? signer).IsValid);
            CliqueSnapshot expected = engine.SnapshotAt(header, header.ComputeHash(), chain.Chain.FindHeader);
            Assert.Equal((engine.GetAuthor(header), expected.Number), (signer!.Value, walk.Snapshot.Number));
            Assert.Equal(expected.Signers, walk.Snapshot.Signers);
            Assert.Equal(expected.Tallies, walk.Snapshot.Tallies);
            Assert.False(walk.MayHaveChanged);
        }
    }

    [Fact]
    public void From_authorities_a_vote_makes_the_rest_uncertain_unless_the_walk_began_at_a_checkpoint()
    {
        int vote = Headers.Select(static (header, index) => (header, index)).First(static pair => !pair.header.Beneficiary.IsZero).index;
        HeaderWalk walk = HeaderWalk.FromAuthorities(Authorities, Parameters);
        for (int index = (int)Epoch + 1; index < vote; index++)
        {
            Assert.True(walk.Follow(Headers[index], out _).IsValid);
            Assert.False(walk.MayHaveChanged);
        }

        Assert.True(walk.Follow(Headers[vote], out _).IsValid);
        Assert.True(walk.MayHaveChanged);

        HeaderWalk fromGenesis = HeaderWalk.FromAuthorities(Authorities, Parameters);
        foreach (BlockHeader header in Headers)
            Assert.True(fromGenesis.Follow(header, out _).IsValid);

        Assert.False(fromGenesis.MayHaveChanged);
        Assert.Contains(Admitted, fromGenesis.Snapshot.Signers);
    }

    [Fact]
    public void A_header_that_breaks_a_rule_is_named_and_the_walk_stands_where_it_stood()
    {
        HeaderWalk walk = HeaderWalk.FromAuthorities(Authorities, Parameters);
        Assert.True(walk.Follow(Headers[1], out Address? signer).IsValid);
        PrivateKey key = TestChain.Authorities(5).Single(key => key.Address == signer);
        BlockHeader next = Headers[2];
        AssertRefused(ChainError.UnknownParent, next with { ParentHash = Hash256.Zero });
        AssertRefused(ChainError.UnknownParent, Headers[0]);
        AssertRefused(ChainError.WrongNumber, next with { Number = 9 });
        AssertRefused(ChainError.WrongNumber, next with { Number = ulong.MaxValue });
        AssertRefused(CliqueError.InvalidTimestamp, next with { Timestamp = Headers[1].Timestamp - 1 });
        AssertRefused(CliqueError.UnauthorizedSigner, CliqueExtraData.Seal(next, TestChain.Key("stranger")));
        AssertRefused(CliqueError.RecentlySigned, CliqueExtraData.Seal(next, key));
        AssertRefused(CliqueError.MissingSeal, next with { ExtraData = new byte[40] });
        Assert.True(walk.Follow(next, out _).IsValid);

        void AssertRefused(Enum error, BlockHeader header)
        {
            Assert.Equal(error, walk.Follow(header, out Address? sealer).Error);
            Assert.Null(sealer);
        }
    }

    [Fact]
    public void What_is_no_checkpoint_of_the_network_starts_no_walk()
    {
        Assert.Equal(CliqueError.CheckpointMismatch, HeaderWalk.TryFromCheckpoint(Headers[1], Parameters, out HeaderWalk? none).Error);
        Assert.Null(none);
        Assert.Equal(CliqueError.InvalidGenesisSigners, HeaderWalk.TryFromCheckpoint(Headers[1] with { Number = 6 }, Parameters, out _).Error);
        Assert.Equal(
            CliqueError.MismatchingCheckpointSigners, HeaderWalk.FromAuthorities(Authorities[1..], Parameters).Follow(Headers[0], out _).Error);
        Assert.Throws<ArgumentException>(() => HeaderWalk.FromAuthorities([], Parameters));
        Assert.Throws<ArgumentException>(() => HeaderWalk.FromAuthorities([Address.Zero, Address.Zero], Parameters));
    }

    // Blocks 8, 9 and 10 admit a sixth authority; one vote against it stands at the end of the second epoch and is dropped there.
    private static TestChain Grown()
    {
        TestChain chain = TestChain.Open(TestChain.GenesisOf(5, new ChainSpec { ChainId = 202211, CliqueEpochLength = Epoch }));
        for (int number = 1; number <= Length; number++)
        {
            Block block = chain.Seal();
            if (number is 8 or 9 or 10)
                block = chain.Alter(block, static header => header with { Beneficiary = Admitted, Nonce = CliqueSnapshot.NonceAuthorize });
            else if (number == 11)
                block = chain.Alter(block, static header => header with { Beneficiary = Admitted });

            chain.Import(block);
        }

        return chain;
    }
}
