namespace DerChain.Chain.Crypto.Curve;

/// <summary>The endomorphism of secp256k1 (Gallant, Lambert and Vanstone, CRYPTO 2001): λ·(x, y) = (β·x, y), where λ^3 = 1 modulo n and β^3 = 1 modulo p. With
/// it a multiple by 256 bits is a sum of two multiples by 128.</summary>
internal static class Endomorphism
{
    // A short basis of the lattice of (a, b) with a + b·λ = 0 modulo n: (A1, −MinusB1) and (A2, A1).
    private static readonly Words256 A1 = new(0xE86C90E49284EB15, 0x3086D221A7D46BCD, 0, 0);
    private static readonly Words256 MinusB1 = new(0x6F547FA90ABFE4C3, 0xE4437ED6010E8828, 0, 0);
    private static readonly Words256 A2 = new(0x57C1108D9D44CFD8, 0x14CA50F7A8E2F3F6, 1, 0);

    // 2^384·A1 / n and 2^384·MinusB1 / n, rounded.
    private static readonly Words256 G1 = new(0xE893209A45DBB031, 0x3DAA8A1471E8CA7F, 0xE86C90E49284EB15, 0x3086D221A7D46BCD);
    private static readonly Words256 G2 = new(0x1571B4AE8AC47F71, 0x221208AC9DF506C6, 0x6F547FA90ABFE4C4, 0xE4437ED6010E8828);

    /// <summary>β, a cube root of 1 modulo p.</summary>
    public static readonly FieldElement Beta = new(0x96C28719501EE, 0x7512F58995C13, 0xC3434E99CF049, 0x07106E64479EA, 0x07AE96A2B657C);

    /// <summary>Splits k = low + high·λ modulo n.</summary>
    /// <remarks>With c1 = k·A1 / n and c2 = k·MinusB1 / n, rounded, (low, high) is (k, 0) less c1 times the first and c2 times the second of the basis; both are
    /// in size at most half the sum of the basis in that coordinate, below 2^128 (and one unit of rounding of c1 and c2 keeps them below).</remarks>
    public static void Split(in Scalar k, out HalfScalar low, out HalfScalar high)
    {
        SplitSigned(k, out Words256 signedLow, out Words256 signedHigh);
        low = ToHalf(signedLow);
        high = ToHalf(signedHigh);
    }

    /// <summary>Splits k = low + high·λ modulo n into odd numbers below 2^129 in size, in two's complement.</summary>
    /// <remarks>The basis has an odd and an odd, and an even and an odd coordinate: some sum of its members makes both odd. It is taken off where low is positive
    /// and added where it is negative. In size low stays below the sum of the basis there, A1 + A2, and high below twice MinusB1.</remarks>
    public static void SplitOdd(in Scalar k, out Words256 low, out Words256 high)
    {
        SplitSigned(k, out low, out high);
        bool isLowEven = (low.W0 & 1) == 0, isHighEven = (high.W0 & 1) == 0;
        if (isLowEven)
            Change(ref low, ref high, A1, Subtract(default, MinusB1));

        // The first changes both parities.
        if (isHighEven != isLowEven)
            Change(ref low, ref high, A2, A1);
    }

    private static void Change(ref Words256 low, ref Words256 high, in Words256 first, in Words256 second)
    {
        bool isNegative = low.W3 >> 63 == 1;
        low = Subtract(low, isNegative ? Subtract(default, first) : first);
        high = Subtract(high, isNegative ? Subtract(default, second) : second);
    }

    private static void SplitSigned(in Scalar k, out Words256 low, out Words256 high)
    {
        Words256 c1 = MultiplyAndRound(k.Words, G1), c2 = MultiplyAndRound(k.Words, G2);
        low = Subtract(Subtract(k.Words, LowProduct(c1, A1)), LowProduct(c2, A2));
        high = Subtract(LowProduct(c1, MinusB1), LowProduct(c2, A1));
    }

    // a·b / 2^384, rounded: at most 2^128.
    private static Words256 MultiplyAndRound(in Words256 a, in Words256 b)
    {
        Scalar.Multiply(a, b, out _, out Words256 high);
        UInt128 rounded = new UInt128(high.W3, high.W2) + (high.W1 >> 63);
        return unchecked(new((ulong)rounded, (ulong)(rounded >> 64), 0, 0));
    }

    // Modulo 2^256: the results are small, of either sign.
    private static Words256 LowProduct(in Words256 a, in Words256 b)
    {
        Scalar.Multiply(a, b, out Words256 low, out _);
        return low;
    }

    private static Words256 Subtract(in Words256 a, in Words256 b)
    {
        Scalar.Subtract(a, b, out Words256 difference);
        return difference;
    }

    private static HalfScalar ToHalf(in Words256 value)
    {
        bool isNegative = value.W3 >> 63 == 1;
        Words256 magnitude = isNegative ? Subtract(default, value) : value;
        return new(new UInt128(magnitude.W1, magnitude.W0), isNegative);
    }
}
