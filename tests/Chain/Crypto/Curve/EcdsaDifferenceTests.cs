using System.Numerics;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;

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
