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
    private static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    [Fact]
    public void Recovery_is_BouncyCastles_on_random_signatures()
    {
        var random = new Random(1);
        int recovered = 0;
        for (int run = 0; run < 20_000; run++)
        {
            var bytes = new byte[Signature.Length + Hash256.Length];
            random.NextBytes(bytes);
            bytes[64] &= 1;
            if (AssertAgrees(Hash256.FromBytes(bytes.AsSpan(Signature.Length)), Signature.FromBytes(bytes.AsSpan(0, Signature.Length))))
                recovered++;
        }

        // Every second x is that of a point.
        Assert.InRange(recovered, 9_000, 11_000);
    }

    // Where the range of r, s or x ends, and where u1 or u2 is 0 or the result infinity.
    [Fact]
    public void Recovery_is_BouncyCastles_at_the_edges()
    {
        BigInteger[] numbers =
        [
            .. Enumerable.Range(0, 12).Select(static value => (BigInteger)value),
            .. Enumerable.Range(-6, 13).Select(static offset => N + offset),
            .. Enumerable.Range(-6, 13).Select(static offset => P - N + offset),
            .. Enumerable.Range(-3, 7).Select(static offset => N / 2 + offset),
            .. Enumerable.Range(-3, 7).Select(static offset => P + offset),
            BigInteger.Pow(2, 256) - 1, BigInteger.Pow(2, 255), GeneratorX,
        ];
        BigInteger[] hashes = [0, 1, N - 1, N, N + 1, BigInteger.Pow(2, 256) - 1, GeneratorX];
        var random = new Random(2);
        int recovered = 0, aboveOrder = 0;
        foreach (BigInteger r in numbers)
        {
            for (byte id = 0; id < 5; id++)
            {
                // Every r with every id; s and hash in turn.
                for (int run = 0; run < 12; run++)
                {
                    var signature = new Signature((UInt256)r, (UInt256)numbers[random.Next(numbers.Length)], id);
                    bool exists = AssertAgrees(HashOf(hashes[random.Next(hashes.Length)]), signature);
                    recovered += exists ? 1 : 0;
                    aboveOrder += exists && id >= 2 ? 1 : 0;
                }
            }
        }

        Assert.True(recovered > 100 && aboveOrder > 10, $"{recovered} recovered, {aboveOrder} of them with x above n");
    }

    // R = G and s = e: sR − eG is infinity. R = −G: twice the same point is added. e = 0 modulo n: u1 is 0.
    [Fact]
    public void Recovery_is_BouncyCastles_where_points_meet()
    {
        foreach (BigInteger e in new[] { 1, 2, 3, 5, 1000, N - 1, N / 2, 0, N, GeneratorX % N })
        {
            foreach (BigInteger s in new[] { e, N - e, 2 * e, 3 * e, e + 1, 1 })
            {
                for (byte id = 0; id < 2; id++)
                    AssertAgrees(HashOf(e), new Signature((UInt256)(GeneratorX % N), (UInt256)(((s % N) + N) % N), id));
            }
        }

        Assert.False(Ecdsa.TryRecover(HashOf(7), new Signature((UInt256)GeneratorX, 7, 0), out _));
        Assert.True(Ecdsa.TryRecover(HashOf(7), new Signature((UInt256)GeneratorX, 7, 1), out _));
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

                    BigInteger r = MultipleX(multiple) % N, s = r * BigInteger.ModPow(N + b, N - 2, N) % N, e = ((a * s % N) + N) % N;
                    for (byte id = 0; id < 4; id++)
                    {
                        var signature = new Signature((UInt256)r, (UInt256)s, id);
                        byte[]? recovered = BouncyCastleRecovery.TryRecover(HashOf(e), signature);
                        bool isRight = recovered is not null && recovered.AsSpan().SequenceEqual(PrivateKey.FromBytes(one).PublicKey.ToBytes());
                        Assert.Equal(isRight, Ecdsa.IsSignedBy(table, HashOf(e), signature));
                        AssertAgrees(HashOf(e), signature);
                        right += isRight ? 1 : 0;
                    }
                }
            }
        }

        Assert.True(right > 150, $"{right}");

        // s·R = 0·G + r·Q with Q = −G and e = r: u1·G + u2·Q is infinity, which is nobody's R.
        (N - 1).ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(one, 0);
        var negative = new SplitTable(AffinePoint.Read(PrivateKey.FromBytes(one).PublicKey.ToBytes()), width: 7);
        Assert.False(Ecdsa.IsSignedBy(negative, HashOf(GeneratorX), new Signature((UInt256)GeneratorX, 9, 0)));
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

    private static BigInteger GeneratorX => MultipleX(1);

    private static BigInteger MultipleX(BigInteger scalar) => UInt256.FromBigEndian(PrivateKey.FromBytes(BytesOf(scalar)).PublicKey.ToBytes().AsSpan(0, 32));

    private static Hash256 HashOf(BigInteger number) => Hash256.FromBytes(BytesOf(number));

    private static byte[] BytesOf(BigInteger number)
    {
        var bytes = new byte[32];
        ((UInt256)number).WriteBigEndian(bytes);
        return bytes;
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
