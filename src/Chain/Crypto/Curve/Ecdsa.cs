using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve;

/// <summary>Recovery and verification of ECDSA signatures on secp256k1 (SEC 1, version 2.0, 4.1). Only public data comes here, hashes, signatures and public
/// keys: the time depends on them. Nothing is allocated.</summary>
/// <threadsafety>All members are pure.</threadsafety>
internal static class Ecdsa
{
    // Recovery uses one part of a generator's table, verification four: as wide as is worth the cache.
    private const int RecoveryWidth = 14;
    private const int VerificationWidth = 12;
    private const int NonceWidth = 5;

    /// <summary>G.</summary>
    public static readonly AffinePoint GeneratorPoint = ReadGenerator();

    private static readonly AffinePoint[] OddMultiplesOfGenerator = FillGenerator();
    private static readonly SplitTable Generator = new(GeneratorPoint, VerificationWidth);

    /// <summary>G, 3G, 5G and so on, 4,096 of them.</summary>
    public static ReadOnlySpan<AffinePoint> GeneratorMultiples => OddMultiplesOfGenerator;

    /// <summary>Recovers the key that signed: Q = r⁻¹(sR − eG) (SEC 1, version 2.0, section 4.1.6).</summary>
    /// <returns>False where no key has made this signature: r or s out of range, no point at r, or the result is infinity.</returns>
    public static bool TryRecover(Hash256 hash, in Signature signature, out AffinePoint key)
    {
        key = default;
        if (!TryReadNonce(signature, out AffinePoint nonce))
            return false;

        JacobianPoint sum = Sum(hash, signature, Scalar.Reduce(signature.R).Inverse(), nonce, out FieldElement scale);
        if (sum.IsInfinity)
            return false;

        key = sum.ToAffine(scale);
        return true;
    }

    /// <summary>True exactly where <see cref="TryRecover"/> gives the key.</summary>
    /// <remarks>
    /// Let R be the point with the x coordinate and the parity that the signature states (r, plus n where the id says so). There is one such point or none.
    /// Recovery gives Q exactly where R exists and Q = r⁻¹(sR − eG) is not infinity. All points have the prime order n, and r and s have inverses, so for a
    /// point R this says R = s⁻¹(eG + rQ) = u1·G + u2·Q. What is computed here is the right-hand side; it is R exactly where it is not infinity and has R's
    /// x coordinate and parity, since these determine a point. A key is never infinity.
    /// </remarks>
    public static bool IsSignedBy(SplitTable key, Hash256 hash, in Signature signature)
    {
        if (!TryReadNonceX(signature, out FieldElement x))
            return false;

        Scalar inverse = Scalar.Reduce(signature.S).Inverse();
        JacobianPoint sum = AddMultiples(ReadHash(hash) * inverse, Scalar.Reduce(signature.R) * inverse, key);
        if (sum.IsInfinity)
            return false;

        AffinePoint nonce = sum.ToAffine(FieldElement.One);
        return nonce.X.IsEqualTo(x) && nonce.Y.Normalize().IsOddNormalized == ((signature.RecoveryId & 1) == 1);
    }

    /// <summary>The key, r⁻¹(sR − eG), on the isomorphic curve of a scale.</summary>
    /// <param name="hash">e.</param>
    /// <param name="signature">r and s, in range.</param>
    /// <param name="inverse">The inverse of r.</param>
    /// <param name="nonce">R.</param>
    /// <param name="scale">The (x, y) of the sum is the point (x / scale^2, y / scale^3).</param>
    public static JacobianPoint Sum(Hash256 hash, in Signature signature, in Scalar inverse, in AffinePoint nonce, out FieldElement scale) =>
        AddMultiples(-(ReadHash(hash) * inverse), Scalar.Reduce(signature.S) * inverse, nonce, out scale);

    // u1·G + u2·point, by 128 doublings, on the isomorphic curve of the point's table.
    private static JacobianPoint AddMultiples(in Scalar u1, in Scalar u2, in AffinePoint point, out FieldElement scale)
    {
        Span<short> digits = stackalloc short[4 * HalfScalar.Digits];
        WriteDigits(u1, RecoveryWidth, digits);
        WriteDigits(u2, NonceWidth, digits[(2 * HalfScalar.Digits)..]);
        Span<AffinePoint> table = stackalloc AffinePoint[1 << (NonceWidth - 2)];
        OddMultiples.Fill(point, table, out scale);
        JacobianPoint sum = default;
        for (int position = HalfScalar.Digits - 1; position >= 0; position--)
        {
            sum.Double();
            for (int half = 0; half < 2; half++)
            {
                int digit = digits[half * HalfScalar.Digits + position];
                if (digit != 0)
                {
                    OddMultiples.Find(OddMultiplesOfGenerator, digit, isTimesLambda: half == 1, out AffinePoint multiple);
                    sum.AddScaled(multiple, scale);
                }

                digit = digits[(2 + half) * HalfScalar.Digits + position];
                if (digit != 0)
                {
                    OddMultiples.Find(table, digit, isTimesLambda: half == 1, out AffinePoint multiple);
                    sum.Add(multiple);
                }
            }
        }

        return sum;
    }

    // u1·G + u2·Q, by 32 doublings.
    private static JacobianPoint AddMultiples(in Scalar u1, in Scalar u2, SplitTable key)
    {
        Span<short> digits = stackalloc short[4 * HalfScalar.Digits];
        WriteDigits(u1, VerificationWidth, digits);
        WriteDigits(u2, key.Width, digits[(2 * HalfScalar.Digits)..]);
        JacobianPoint sum = default;
        for (int position = SplitTable.PartBits; position >= 0; position--)
        {
            sum.Double();
            for (int half = 0; half < 2; half++)
            {
                AddPosition(ref sum, Generator, digits[(half * HalfScalar.Digits)..], position, half == 1);
                AddPosition(ref sum, key, digits[((2 + half) * HalfScalar.Digits)..], position, half == 1);
            }
        }

        return sum;
    }

    // The digits of one position in each part; the last part has a position more, for the carry.
    private static void AddPosition(ref JacobianPoint sum, SplitTable table, ReadOnlySpan<short> digits, int position, bool isTimesLambda)
    {
        for (int part = position == SplitTable.PartBits ? SplitTable.Parts - 1 : 0; part < SplitTable.Parts; part++)
        {
            int digit = digits[part * SplitTable.PartBits + position];
            if (digit == 0)
                continue;

            OddMultiples.Find(table.Part(part), digit, isTimesLambda, out AffinePoint multiple);
            sum.Add(multiple);
        }
    }

    private static void WriteDigits(in Scalar multiplier, int width, Span<short> digits)
    {
        Endomorphism.Split(multiplier, out HalfScalar low, out HalfScalar high);
        low.WriteDigits(width, digits[..HalfScalar.Digits]);
        high.WriteDigits(width, digits.Slice(HalfScalar.Digits, HalfScalar.Digits));
    }

    /// <summary>The nonce point R.</summary>
    /// <returns>False where r or s is out of range, or there is no such point.</returns>
    public static bool TryReadNonce(in Signature signature, out AffinePoint nonce)
    {
        nonce = default;
        return TryReadNonceX(signature, out FieldElement x) && AffinePoint.TryDecompress(x, (signature.RecoveryId & 1) == 1, out nonce);
    }

    /// <summary>The x coordinate that r and the recovery id state, normalized.</summary>
    /// <returns>False where r or s is out of range, or x is.</returns>
    public static bool TryReadNonceX(in Signature signature, out FieldElement x)
    {
        x = default;
        if (signature.RecoveryId > 3 || !IsInRange(signature.R) || !IsInRange(signature.S))
            return false;

        UInt256 number = signature.R;
        if (signature.RecoveryId >= 2 && !UInt256.TryAdd(number, Secp256k1.OrderValue, out number))
            return false;

        Span<byte> bytes = stackalloc byte[UInt256.Length];
        number.WriteBigEndian(bytes);
        return FieldElement.TryRead(bytes, out x);
    }

    private static bool IsInRange(UInt256 value) => !value.IsZero && value < Secp256k1.OrderValue;

    /// <summary>The hash as a number modulo n.</summary>
    public static Scalar ReadHash(Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        hash.CopyTo(bytes);
        return Scalar.Reduce(bytes);
    }

    private static AffinePoint[] FillGenerator()
    {
        var multiples = new AffinePoint[1 << (RecoveryWidth - 2)];
        OddMultiples.Fill(GeneratorPoint, multiples);
        return multiples;
    }

    private static AffinePoint ReadGenerator() => AffinePoint.Read(Convert.FromHexString(
        "79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8"));
}
