using System.Numerics;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;
using DerChain.Cli.Bench;

namespace DerChain.Chain.Tests.Crypto.Curve;

/// <summary>Recovery and verification for a known key against BouncyCastle's recovery.</summary>
public sealed class EcdsaDifferenceTests
{
    private static readonly BigInteger N = Secp256k1.OrderValue;

    [Fact]
    public void Recovery_is_BouncyCastles_on_random_signatures()
    {
        var random = new Random(1);
        int recovered = 0;
        for (int run = 0; run < 20_000; run++)
        {
            (Hash256 hash, Signature signature) = EdgeSignatures.Next(random);
            if (AssertAgrees(hash, signature))
                recovered++;
        }

        // Every second x is that of a point.
        Assert.InRange(recovered, 9_000, 11_000);
    }

    [Fact]
    public void Recovery_is_BouncyCastles_at_the_edges()
    {
        int recovered = 0, aboveOrder = 0;
        foreach ((Hash256 hash, Signature signature) in EdgeSignatures.OfRanges())
        {
            bool exists = AssertAgrees(hash, signature);
            recovered += exists ? 1 : 0;
            aboveOrder += exists && signature.RecoveryId >= 2 ? 1 : 0;
        }

        Assert.True(recovered > 100 && aboveOrder > 10, $"{recovered} recovered, {aboveOrder} of them with x above n");
    }

    [Fact]
    public void Recovery_is_BouncyCastles_where_points_meet()
    {
        foreach ((Hash256 hash, Signature signature) in EdgeSignatures.WherePointsMeet())
            AssertAgrees(hash, signature);

        Assert.False(Ecdsa.TryRecover(EdgeSignatures.HashOf(7), new Signature((UInt256)EdgeSignatures.GeneratorX, 7, 0), out _));
        Assert.True(Ecdsa.TryRecover(EdgeSignatures.HashOf(7), new Signature((UInt256)EdgeSignatures.GeneratorX, 7, 1), out _));
    }

    [Fact]
    public void Verification_for_a_key_is_true_exactly_where_recovery_gives_it()
    {
        var random = new Random(3);
        PrivateKey[] signers = [.. Enumerable.Range(1, 4).Select(index => PrivateKey.FromBytes(Keccak256.Hash([(byte)index]).ToBytes()))];
        SplitTable[] tables = [.. signers.Select(static signer => new SplitTable(AffinePoint.Read(signer.PublicKey.ToBytes()), width: 7))];
        int right = 0;
        for (int run = 0; run < 2_000; run++)
        {
            var bytes = new byte[Hash256.Length];
            random.NextBytes(bytes);
            var hash = Hash256.FromBytes(bytes);
            Signature signature = Altered(signers[random.Next(signers.Length)].Sign(hash), random);
            byte[]? recovered = BouncyCastleRecovery.TryRecover(hash, signature);
            for (int index = 0; index < signers.Length; index++)
            {
                bool isRight = recovered is not null && signers[index].PublicKey.ToBytes().AsSpan().SequenceEqual(recovered);
                Assert.Equal(isRight, Ecdsa.IsSignedBy(tables[index], hash, signature));
                right += isRight ? 1 : 0;
            }
        }

        Assert.InRange(right, 800, 1_700);
    }

    // Signatures made for a chosen key without its secret: r of any point aG + bQ, s = r / b, e = a·s. Small a and b let points meet in the sum.
    [Fact]
    public void Verification_is_recovery_where_points_meet()
    {
        int right = 0;
        var one = new byte[32];
        for (byte secret = 1; secret < 4; secret++)
        {
            one[31] = secret;
            var table = new SplitTable(AffinePoint.Read(PrivateKey.FromBytes(one).PublicKey.ToBytes()), width: 7);
            for (int a = -4; a <= 4; a++)
            {
                for (int b = -4; b <= 4; b++)
                {
                    BigInteger multiple = ((a + b * secret) % N + N) % N;
                    if (multiple == 0 || b == 0)
                        continue;

                    BigInteger r = EdgeSignatures.MultipleX(multiple) % N, s = r * BigInteger.ModPow(N + b, N - 2, N) % N, e = ((a * s % N) + N) % N;
                    for (byte id = 0; id < 4; id++)
                    {
                        var signature = new Signature((UInt256)r, (UInt256)s, id);
                        byte[]? recovered = BouncyCastleRecovery.TryRecover(EdgeSignatures.HashOf(e), signature);
                        bool isRight = recovered is not null && recovered.AsSpan().SequenceEqual(PrivateKey.FromBytes(one).PublicKey.ToBytes());
                        Assert.Equal(isRight, Ecdsa.IsSignedBy(table, EdgeSignatures.HashOf(e), signature));
                        AssertAgrees(EdgeSignatures.HashOf(e), signature);
                        right += isRight ? 1 : 0;
                    }
                }
            }
        }

        Assert.True(right > 150, $"{right}");

        // s·R = 0·G + r·Q with Q = −G and e = r: u1·G + u2·Q is infinity, which is nobody's R.
        (N - 1).ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(one, 0);
        var negative = new SplitTable(AffinePoint.Read(PrivateKey.FromBytes(one).PublicKey.ToBytes()), width: 7);
        Assert.False(Ecdsa.IsSignedBy(negative, EdgeSignatures.HashOf(EdgeSignatures.GeneratorX), new Signature((UInt256)EdgeSignatures.GeneratorX, 9, 0)));
    }

    [Fact]
    public void Neither_recovery_nor_verification_allocates()
    {
        using PrivateKey signer = PrivateKey.FromBytes(Keccak256.Hash([9]).ToBytes());
        var hash = Keccak256.Hash([10]);
        Signature signature = signer.Sign(hash);
        var table = new SplitTable(AffinePoint.Read(signer.PublicKey.ToBytes()), width: 7);
        var keys = new KnownKeys();
        keys.TryRecover(hash, signature, hint: null);
        Address hint = signer.Address;
        bool holds = Ecdsa.TryRecover(hash, signature, out _) && Ecdsa.IsSignedBy(table, hash, signature) && keys.TryRecover(hash, signature, hint) is not null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 100; run++)
        {
            holds &= Ecdsa.TryRecover(hash, signature, out _);
            holds &= Ecdsa.IsSignedBy(table, hash, signature);
            holds &= keys.TryRecover(hash, signature, hint) is not null;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(holds);
    }

    private static Signature Altered(Signature signature, Random random) => random.Next(8) switch
    {
        0 => signature with { RecoveryId = (byte)(signature.RecoveryId ^ 1) },
        1 => signature with { RecoveryId = (byte)(signature.RecoveryId | 2) },
        2 => signature with { S = Secp256k1.OrderValue - signature.S },
        3 => new Signature(signature.R, Secp256k1.OrderValue - signature.S, (byte)(signature.RecoveryId ^ 1)),
        4 => signature with { R = signature.S, S = signature.R },
        _ => signature,
    };

    private static bool AssertAgrees(Hash256 hash, Signature signature)
    {
        byte[]? expected = BouncyCastleRecovery.TryRecover(hash, signature);
        byte[]? actual = null;
        if (Ecdsa.TryRecover(hash, signature, out AffinePoint key))
        {
            actual = new byte[PublicKey.Length];
            key.Write(actual);
        }

        Assert.Equal(expected, actual);
        return expected is not null;
    }
}
