using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Utilities;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace DerChain.Chain.Crypto;

/// <summary>Signing, key agreement and recovery of the signer on secp256k1 (SEC 2, version 2.0). What touches a secret is BouncyCastle's; what is public goes
/// through <see cref="Ecdsa"/>.</summary>
internal static class Secp256k1
{
    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger Order = Parameters.N;
    private static readonly FixedPointCombMultiplier GeneratorMultiplier = new();

    /// <summary>n / 2, rounded down: the largest canonical s (EIP-2).</summary>
    public static UInt256 HalfOrder { get; } = ToUInt256(Order.ShiftRight(1));

    /// <summary>n: the order of the generator.</summary>
    public static UInt256 OrderValue { get; } = ToUInt256(Order);

    /// <summary>True for 32 bytes that are a number from 1 to n − 1.</summary>
    public static bool IsValidScalar(ReadOnlySpan<byte> scalar)
    {
        if (scalar.Length != PrivateKey.Length)
            return false;

        var value = UInt256.FromBigEndian(scalar);
        return !value.IsZero && value < OrderValue;
    }

    /// <summary>The point <c>scalar · G</c>.</summary>
    public static PublicKey DerivePublicKey(byte[] scalar) =>
        ToPublicKey(GeneratorMultiplier.Multiply(Parameters.G, new BigInteger(1, scalar)).Normalize());

    /// <summary>Signs with the nonce of RFC 6979 and gives the low-s form, with the recovery id that belongs to it.</summary>
    public static Signature Sign(Hash256 hash, byte[] scalar)
    {
        byte[] message = hash.ToBytes();
        var e = new BigInteger(1, message);
        var d = new BigInteger(1, scalar);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Order, d, message);
        while (true)
        {
            BigInteger k = nonces.NextK();
            ECPoint point = GeneratorMultiplier.Multiply(Parameters.G, k).Normalize();
            BigInteger x = point.AffineXCoord.ToBigInteger();
            BigInteger r = x.Mod(Order);
            BigInteger s = BigIntegers.ModOddInverse(Order, k).Multiply(e.Add(d.Multiply(r))).Mod(Order);
            if (r.SignValue == 0 || s.SignValue == 0)
                continue;

            bool isOdd = point.AffineYCoord.TestBitZero();
            if (s.CompareTo(Order.ShiftRight(1)) > 0)
            {
                s = Order.Subtract(s);
                isOdd = !isOdd;
            }

            int recoveryId = (x.CompareTo(Order) >= 0 ? 2 : 0) | (isOdd ? 1 : 0);
            return new Signature(ToUInt256(r), ToUInt256(s), (byte)recoveryId);
        }
    }

    /// <summary>Recovers the key that signed: Q = r⁻¹(sR − eG) (SEC 1, version 2.0, section 4.1.6).</summary>
    /// <returns>Null where no key has made this signature: r or s out of range, no point at r, or the result is infinity.</returns>
    public static PublicKey? TryRecover(Hash256 hash, in Signature signature) =>
        Ecdsa.TryRecover(hash, signature, out AffinePoint key) ? ToPublicKey(key) : null;

    /// <summary>The x coordinate of <c>scalar · key</c>, by the multiplier that also signs: its steps do not depend on the scalar.</summary>
    public static byte[] Agree(byte[] scalar, PublicKey key)
    {
        byte[] coordinates = key.ToBytes();
        ECPoint point = Parameters.Curve.CreatePoint(new BigInteger(1, coordinates, 0, 32), new BigInteger(1, coordinates, 32, 32));
        return GeneratorMultiplier.Multiply(point, new BigInteger(1, scalar)).Normalize().AffineXCoord.GetEncoded();
    }

    /// <summary>The point of an x coordinate and the parity of y, or null where there is none.</summary>
    public static PublicKey? TryDecompress(ReadOnlySpan<byte> x, bool isOdd) =>
        FieldElement.TryRead(x, out FieldElement value) && AffinePoint.TryDecompress(value, isOdd, out AffinePoint point) ? ToPublicKey(point) : null;

    private static PublicKey ToPublicKey(in AffinePoint point)
    {
        var coordinates = new byte[PublicKey.Length];
        point.Write(coordinates);
        return new PublicKey(coordinates);
    }

    private static PublicKey ToPublicKey(ECPoint point)
    {
        var coordinates = new byte[PublicKey.Length];
        point.AffineXCoord.GetEncoded().CopyTo(coordinates, 0);
        point.AffineYCoord.GetEncoded().CopyTo(coordinates, 32);
        return new PublicKey(coordinates);
    }

    private static UInt256 ToUInt256(BigInteger value) => UInt256.FromBigEndian(value.ToByteArrayUnsigned());
}
