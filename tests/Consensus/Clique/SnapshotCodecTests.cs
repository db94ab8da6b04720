using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Consensus.Tests.Clique;

public sealed class SnapshotCodecTests
{
    private const int MutationsEach = 200;

    [Fact]
    public void A_snapshot_is_read_as_it_was_written()
    {
        foreach (CliqueSnapshot snapshot in Snapshots())
        {
            Assert.True(SnapshotCodec.TryDecode(SnapshotCodec.Encode(snapshot), out CliqueSnapshot? read));
            Assert.Equal(snapshot.Number, read!.Number);
            Assert.Equal(snapshot.Signers, read.Signers);
            Assert.Equal(snapshot.RecentSigners, read.RecentSigners);
            Assert.Equal(snapshot.Votes, read.Votes);
            Assert.Equal(snapshot.Tallies, read.Tallies);
        }
    }

    [Fact]
    public void Whatever_is_read_is_written_the_same_and_nothing_throws()
    {
        var random = new FuzzRandom(36);
        byte[][] corpus = [.. Snapshots().Take(200).Select(SnapshotCodec.Encode)];
        (int read, int refused) = (0, 0);
        foreach (byte[] encoded in corpus)
        {
            for (int count = 0; count < MutationsEach; count++)
            {
                byte[] other = random.Pick(corpus);
                byte[] input = random.OneIn(4) ? ByteMutation.Apply(encoded, other, random) : RlpMutation.Apply(encoded, other, random);
                if (SnapshotCodec.TryDecode(input, out CliqueSnapshot? snapshot))
                {
                    Assert.Equal(input, SnapshotCodec.Encode(snapshot!));
                    read++;
                }
                else
                {
                    Assert.Null(snapshot);
                    refused++;
                }
            }
        }

        Assert.True(read > 500 && refused > 500, $"{read} read, {refused} refused");
    }

    // Version 1, number 2, signers 1 to 3, recent signers 1 and 2, a vote of 1 on 5 in block 1: each altered in one place.
    [Theory]
    [InlineData("", 1UL, 2UL, "1 2 3", "1 2", "1:1:5", true)]
    [InlineData("another version", 2UL, 2UL, "1 2 3", "1 2", "1:1:5", false)]
    [InlineData("signers out of order", 1UL, 2UL, "1 3 2", "1 2", "1:1:5", false)]
    [InlineData("a signer twice", 1UL, 2UL, "1 2 2 3", "1 2", "1:1:5", false)]
    [InlineData("more recent signers than blocks", 1UL, 1UL, "1 2 3", "1 2", "1:1:5", false)]
    [InlineData("more recent signers than count", 1UL, 3UL, "1 2 3", "3 1 2", "1:1:5", false)]
    [InlineData("a recent signer twice", 1UL, 2UL, "1 2 3", "1 1", "1:1:5", false)]
    [InlineData("no recent signer", 1UL, 2UL, "1 2 3", "", "1:1:5", false)]
    [InlineData("genesis", 1UL, 0UL, "1 2 3", "", "", true)]
    [InlineData("a vote of a stranger", 1UL, 2UL, "1 2 3", "1 2", "4:1:5", false)]
    [InlineData("a vote in a block to come", 1UL, 2UL, "1 2 3", "1 2", "1:3:5", false)]
    [InlineData("a vote in genesis", 1UL, 2UL, "1 2 3", "1 2", "1:0:5", false)]
    [InlineData("two votes in a block", 1UL, 2UL, "1 2 3", "1 2", "1:1:5 2:1:5", false)]
    [InlineData("two votes on an account", 1UL, 2UL, "1 2 3", "1 2", "1:1:5 1:2:5", false)]
    [InlineData("votes in two blocks", 1UL, 2UL, "1 2 3", "1 2", "1:1:5 2:2:5", true)]
    public void A_form_that_no_snapshot_has_is_refused(string what, ulong version, ulong number, string signers, string recent, string votes, bool isRead)
    {
        byte[] encoded = List(
            Integer(version),
            Integer(number),
            List([.. Items(signers).Select(signer => Account(int.Parse(signer, null)))]),
            List([.. Items(recent).Select(signer => Account(int.Parse(signer, null)))]),
            List([.. Items(votes).Select(VoteOf)]));
        Assert.True(SnapshotCodec.TryDecode(encoded, out _) == isRead, what);
        Assert.False(SnapshotCodec.TryDecode([.. encoded, 0], out _));
        Assert.False(SnapshotCodec.TryDecode(encoded.AsSpan(0, encoded.Length - 1), out _));
    }

    [Fact]
    public void A_vote_on_an_authority_is_read_as_one_to_drop_it()
    {
        byte[] encoded = List(Integer(1), Integer(1), List(Account(1), Account(2)), List(Account(1)), List(VoteOf("1:1:2")));
        Assert.True(SnapshotCodec.TryDecode(encoded, out CliqueSnapshot? snapshot));
        Assert.False(Assert.Single(snapshot!.Votes).Authorizes);
        Assert.Equal(new Tally(false, 1), snapshot.Tallies[NaiveComparison.Addresses[2]]);
    }

    private static IEnumerable<CliqueSnapshot> Snapshots()
    {
        var parameters = new CliqueParameters(0, 25);
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new FuzzRandom(seed);
            CliqueSnapshot snapshot = CliqueSnapshot.AtGenesis(NaiveComparison.Genesis(Enumerable.Range(1, 1 + random.Below(7))));
            yield return snapshot;
            for (int number = 1; number <= 40 && !snapshot.Signers.IsEmpty; number++)
            {
                Address signer = random.Pick([.. snapshot.Signers.Where(signer => snapshot.SignedRecently((ulong)number, signer) is null)]);
                var block = new NaiveBlock(0, random.Below(9), random.OneIn(2), 1, []);
                Assert.Null(SnapshotTransition.TryApply(snapshot, NaiveComparison.Header(number, Hash256.Zero, block), signer, parameters, out snapshot!));
                yield return snapshot;
            }
        }
    }

    private static string[] Items(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] VoteOf(string text)
    {
        int[] parts = [.. text.Split(':').Select(part => int.Parse(part, null))];
        return List(Account(parts[0]), Integer((ulong)parts[1]), Account(parts[2]));
    }

    private static byte[] Account(int account) => [0x80 + Address.Length, .. NaiveComparison.Addresses[account].ToBytes()];

    private static byte[] Integer(ulong value) => [value == 0 ? (byte)0x80 : (byte)value];

    private static byte[] List(params byte[][] items)
    {
        byte[] content = [.. items.SelectMany(item => item)];
        return content.Length <= 55 ? [(byte)(0xc0 + content.Length), .. content] : [0xf8, (byte)content.Length, .. content];
    }
}
