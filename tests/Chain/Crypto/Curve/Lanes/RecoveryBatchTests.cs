using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Crypto.Curve.Lanes;
using DerChain.Chain.Primitives;
using DerChain.Cli.Bench;

namespace DerChain.Chain.Tests.Crypto.Curve.Lanes;

/// <summary>Every path that this machine has recovers what one recovery after the other does, and what BouncyCastle does.</summary>
public sealed class RecoveryBatchTests
{
    private static readonly RecoveryPath[] Paths = [.. Enum.GetValues<RecoveryPath>().Where(RecoveryBatch.IsSupported)];

    // A full run compares a million.
    private static readonly int RandomCount = Environment.GetEnvironmentVariable("DERCHAIN_FULL") == "1" ? 1_000_000 : 20_000;

    [Fact]
    public void The_best_path_is_the_last_that_the_machine_has()
    {
        Assert.Contains(RecoveryPath.OneByOne, Paths);
        Assert.Equal(Paths[^1], RecoveryBatch.BestPath);
    }

    [Fact]
    public void Random_signatures_in_batches_of_every_size()
    {
        var random = new Random(11);
        int recovered = 0;
        for (int done = 0, size = 0; done < RandomCount; done += size)
        {
            size = random.Next(1, 200);
            recovered += AssertAgrees([.. Enumerable.Range(0, size).Select(_ => EdgeSignatures.Next(random))]);
        }

        Assert.InRange(recovered, RandomCount * 0.45, RandomCount * 0.55 + 100);
    }

    [Fact]
    public void Batches_of_0_to_17_and_around_what_shares_inverses()
    {
        var random = new Random(12);
        foreach (int size in Enumerable.Range(0, 18).Concat([63, 64, 65, 66, 67, 72, 127, 128, 131]))
            AssertAgrees([.. Enumerable.Range(0, size).Select(_ => Good(random))]);
    }

    [Fact]
    public void Edges_side_by_side() => Assert.True(AssertAgrees([.. EdgeSignatures.OfRanges()]) > 100);

    [Fact]
    public void Edges_among_good_signatures()
    {
        var random = new Random(13);
        foreach ((Hash256, Signature)[] edges in EdgeSignatures.OfRanges().Chunk(29))
            AssertAgrees([.. edges.SelectMany(edge => new[] { Good(random), edge }.Take(random.Next(1, 3)))]);
    }

    [Fact]
    public void Points_that_meet_side_by_side_and_among_good_signatures()
    {
        (Hash256 Hash, Signature Signature)[] meeting = [.. EdgeSignatures.WherePointsMeet()];
        AssertAgrees(meeting);
        var random = new Random(14);
        for (int run = 0; run < 40; run++)
        {
            (Hash256, Signature)[] batch = [.. Enumerable.Range(0, 24).Select(_ => random.Next(3) > 0 ? Good(random) : meeting[random.Next(meeting.Length)])];
            Assert.True(AssertAgrees(batch) > 0);
        }
    }

    // R = G, s = e: u2·R takes away what u1·G is. Only that lane must lose its Z.
    [Fact]
    public void A_lane_whose_points_meet_has_the_Z_of_0()
    {
        var random = new Random(15);
        for (int special = 0; RecoveryBatch.IsSupported(RecoveryPath.EightAtOnce) && special < FieldElement8.Lanes; special++)
        {
            AffinePoint point = Ecdsa.GeneratorPoint;
            var words = new ulong[LaneSum.Words];
            for (int lane = 0; lane < FieldElement8.Lanes; lane++)
            {
                var u2 = Scalar.Reduce((UInt256)(ulong)random.NextInt64());
                LaneSum.WriteMultipliers(lane == special ? -u2 : u2, u2, words.AsSpan(lane));
            }

            JacobianPoint8 sum = LaneSum.Of(words, FieldElement8.Fill(point.X), FieldElement8.Fill(point.Y), out FieldElement8 scale);
            var z = new FieldElement[FieldElement8.Lanes];
            sum.Z.Store(z);
            for (int lane = 0; lane < FieldElement8.Lanes; lane++)
                Assert.Equal(lane == special, z[lane].IsZero());

            scale.Store(z);
            Assert.DoesNotContain(z, static factor => factor.IsZero());
        }
    }

    [Fact]
    public void Lengths_must_agree()
    {
        Assert.Throws<ArgumentException>(static () => RecoveryBatch.Recover(new Hash256[2], new Signature[3], new AffinePoint[2], new bool[2]));
        Assert.Throws<ArgumentException>(static () => RecoveryBatch.Recover(new Hash256[2], new Signature[2], new AffinePoint[1], new bool[2]));
        Assert.Throws<ArgumentException>(static () => RecoveryBatch.Recover(new Hash256[2], new Signature[2], new AffinePoint[2], new bool[3]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var random = new Random(16);
        (Hash256 Hash, Signature Signature)[] batch = [.. Enumerable.Range(0, 100).Select(_ => EdgeSignatures.Next(random)), .. EdgeSignatures.WherePointsMeet()];
        Hash256[] hashes = [.. batch.Select(static item => item.Hash)];
        Signature[] signatures = [.. batch.Select(static item => item.Signature)];
        var keys = new AffinePoint[batch.Length];
        var areRecovered = new bool[batch.Length];
        foreach (RecoveryPath path in Paths)
        {
            RecoveryBatch.Recover(hashes, signatures, keys, areRecovered, path);
            long before = GC.GetAllocatedBytesForCurrentThread();
            RecoveryBatch.Recover(hashes, signatures, keys, areRecovered, path);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    // A signature that has a key.
    private static (Hash256 Hash, Signature Signature) Good(Random random)
    {
        while (true)
        {
            (Hash256 Hash, Signature Signature) item = EdgeSignatures.Next(random);
            if (Ecdsa.TryRecover(item.Hash, item.Signature, out _))
                return item;
        }
    }

    private static int AssertAgrees((Hash256 Hash, Signature Signature)[] batch)
    {
        Hash256[] hashes = [.. batch.Select(static item => item.Hash)];
        Signature[] signatures = [.. batch.Select(static item => item.Signature)];
        byte[]?[] expected = [.. batch.Select(static item => BouncyCastleRecovery.TryRecover(item.Hash, item.Signature))];
        Assert.Equal(expected, batch.Select(static item => Ecdsa.TryRecover(item.Hash, item.Signature, out AffinePoint key) ? BytesOf(key) : null));
        foreach (RecoveryPath path in Paths)
        {
            var keys = new AffinePoint[batch.Length];
            var areRecovered = new bool[batch.Length];
            RecoveryBatch.Recover(hashes, signatures, keys, areRecovered, path);
            Assert.Equal(expected, keys.Select((key, index) => areRecovered[index] ? BytesOf(key) : null));
        }

        return expected.Count(static key => key is not null);
    }

    private static byte[] BytesOf(in AffinePoint key)
    {
        var bytes = new byte[PublicKey.Length];
        key.Write(bytes);
        return bytes;
    }
}
