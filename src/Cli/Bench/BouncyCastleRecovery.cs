using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace DerChain.Cli.Bench;

/// <summary>Recovery by BouncyCastle's arithmetic: by it the speeds of two machines are compared, and the tests check the library's own.</summary>
internal static class BouncyCastleRecovery
{
    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger Order = Parameters.N;
    private static readonly BigInteger FieldPrime = Parameters.Curve.Field.Characteristic;

    /// <summary>x ‖ y of the key, or null for none.</summary>
    public static byte[]? TryRecover(Hash256 hash, in Signature signature)
    {
        if (signature.RecoveryId > 3 || !IsInRange(signature.R) || !IsInRange(signature.S))
            return null;

        BigInteger r = ToBigInteger(signature.R);
        BigInteger x = signature.RecoveryId >= 2 ? r.Add(Order) : r;
        if (x.CompareTo(FieldPrime) >= 0 || DecodePoint(x, (signature.RecoveryId & 1) == 1) is not { } noncePoint)
            return null;

        var e = new BigInteger(1, hash.ToBytes());
        BigInteger inverse = BigIntegers.ModOddInverseVar(Order, r);
        BigInteger u1 = e.Negate().Multiply(inverse).Mod(Order);
        BigInteger u2 = ToBigInteger(signature.S).Multiply(inverse).Mod(Order);
        ECPoint point = ECAlgorithms.SumOfTwoMultiplies(Parameters.G, u1, noncePoint, u2).Normalize();
        return point.IsInfinity ? null : point.GetEncoded(compressed: false)[1..];
    }

    private static ECPoint? DecodePoint(BigInteger x, bool isOdd)
    {
        ECFieldElement fieldX = Parameters.Curve.FromBigInteger(x);
        ECFieldElement? y = fieldX.Square().Multiply(fieldX).Add(Parameters.Curve.B).Sqrt();
        return y is null ? null : Parameters.Curve.CreatePoint(x, (y.TestBitZero() == isOdd ? y : y.Negate()).ToBigInteger());
    }

    private static bool IsInRange(UInt256 value)
    {
        BigInteger number = ToBigInteger(value);
        return number.SignValue > 0 && number.CompareTo(Order) < 0;
    }

    private static BigInteger ToBigInteger(UInt256 value)
    {
        var bytes = new byte[UInt256.Length];
        value.WriteBigEndian(bytes);
        return new BigInteger(1, bytes);
    }
}
