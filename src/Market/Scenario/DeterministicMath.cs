namespace DerChain.Market.Scenario;

/// <summary>Exponential, logarithm, sine and cosine from + − × ÷ alone, which IEEE 754 rounds the same way on every platform.
/// <c>Math.Exp</c> and its kin call the platform's own library, whose last bits differ; the scenario's records, and with them its head
/// hash, must not.</summary>
/// <remarks>Accurate to 2 units in the last place over the ranges stated. <c>Math.Sqrt</c> is exact by the standard and used as it is.
/// Source: docs/spec/market.md, 5.5.</remarks>
internal static class DeterministicMath
{
    // ln 2 and π/2 in two parts each: the first has so many zero bits at its end that its product with a small integer is exact.
    private const double LogOf2High = 6.93147180369123816490e-01;
    private const double LogOf2Low = 1.90821492927058770002e-10;
    private const double HalfPiHigh = 1.57079632673412561417e+00;
    private const double HalfPiLow = 6.07710050650619224932e-11;

    private const double LargestExponent = 709.0;
    private const double SmallestExponent = -708.0;
    private const double LargestAngle = 1e5;
    private const int ExponentBias = 1023;
    private const int FractionBits = 52;

    private const int ExpTerms = 14;
    private const int LogTerms = 12;
    private const int AngleTerms = 9;

    /// <summary>e to the power <paramref name="x"/>, for x up to 709; 0 below −708, where the result would not be a normal
    /// number.</summary>
    public static double Exp(double x)
    {
        if (!(x <= LargestExponent))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, $"The exponent is at most {LargestExponent}.");
        }

        if (x < SmallestExponent)
        {
            return 0.0;
        }

        // x = k ln 2 + r with |r| ≤ ln 2 / 2; then e^x = 2^k e^r.
        var k = Math.Floor((x / (LogOf2High + LogOf2Low)) + 0.5);
        var r = (x - (k * LogOf2High)) - (k * LogOf2Low);
        return ExpSeries(r) * PowerOfTwo((int)k);
    }

    /// <summary>Natural logarithm of a positive normal number.</summary>
    public static double Log(double x)
    {
        if (!double.IsNormal(x) || x < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "The logarithm is taken of a positive normal number.");
        }

        // x = 2^k m with m in [√½, √2); then ln x = k ln 2 + ln m.
        var bits = BitConverter.DoubleToInt64Bits(x);
        var k = (int)(bits >> FractionBits) - ExponentBias;
        var m = BitConverter.Int64BitsToDouble((bits & ((1L << FractionBits) - 1)) | ((long)ExponentBias << FractionBits));
        if (m > Math.Sqrt(2.0))
        {
            m /= 2.0;
            k++;
        }

        return (k * LogOf2High) + ((k * LogOf2Low) + LogSeries(m));
    }

    /// <summary>Sine of an angle in radians, up to 100,000 in magnitude.</summary>
    public static double Sin(double radians)
    {
        var (quadrant, remainder) = Reduce(radians);
        return Quarter(quadrant, remainder);
    }

    /// <summary>Cosine of an angle in radians, up to 100,000 in magnitude.</summary>
    public static double Cos(double radians)
    {
        var (quadrant, remainder) = Reduce(radians);
        return Quarter(quadrant + 1, remainder);
    }

    /// <summary>Angle in radians of an angle in degrees.</summary>
    public static double Radians(double degrees) => degrees * (Math.PI / 180.0);

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + ExponentBias) << FractionBits);

    // 1 + r (1 + r/2 (1 + r/3 (...))), with the leading 1 added last, so that its rounding is the only one that counts.
    private static double ExpSeries(double r)
    {
        var sum = 1.0;
        for (var n = ExpTerms; n >= 2; n--)
        {
            sum = 1.0 + (r / n * sum);
        }

        return 1.0 + (r * sum);
    }

    // ln m = 2 artanh(s) = 2 (s + s³/3 + s⁵/5 + ...) with s = (m − 1) / (m + 1); |s| < 0.172.
    private static double LogSeries(double m)
    {
        var s = (m - 1.0) / (m + 1.0);
        var square = s * s;
        var sum = 0.0;
        for (var n = LogTerms; n >= 1; n--)
        {
            sum = square * ((1.0 / ((2 * n) + 1)) + sum);
        }

        return (2.0 * s) + (2.0 * s * sum);
    }

    private static (int Quadrant, double Remainder) Reduce(double radians)
    {
        if (!(Math.Abs(radians) <= LargestAngle))
        {
            throw new ArgumentOutOfRangeException(nameof(radians), radians, $"The angle is at most {LargestAngle} radians in magnitude.");
        }

        var k = Math.Floor((radians / (Math.PI / 2)) + 0.5);
        return ((int)k & 3, (radians - (k * HalfPiHigh)) - (k * HalfPiLow));
    }

    private static double Quarter(int quadrant, double remainder)
    {
        var magnitude = (quadrant & 1) == 0 ? SinSeries(remainder) : CosSeries(remainder);
        return (quadrant & 2) == 0 ? magnitude : -magnitude;
    }

    private static double SinSeries(double r)
    {
        var square = r * r;
        var sum = 0.0;
        for (var n = AngleTerms; n >= 1; n--)
        {
            sum = -square / (2 * n * ((2 * n) + 1)) * (1.0 + sum);
        }

        return r + (r * sum);
    }

    private static double CosSeries(double r)
    {
        var square = r * r;
        var sum = 0.0;
        for (var n = AngleTerms; n >= 1; n--)
        {
            sum = -square / (2 * n * ((2 * n) - 1)) * (1.0 + sum);
        }

        return 1.0 + sum;
    }
}
