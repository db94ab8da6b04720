using System.Numerics;

namespace DerChain.Chain.Crypto.Curve;

/// <summary>Inverses modulo the field prime and the group order, of public numbers: the time depends on the number.</summary>
/// <remarks>
/// Division steps as in Bernstein and Yang, "Fast constant-time gcd computation and modular inversion" (2019): from f = modulus (odd) and g = number a step
/// takes (δ, f, g) to (1 − δ, g, (g − f) / 2) where δ is above 0 and g odd, else to (1 + δ, f, (g + (g mod 2)·f) / 2), until g is 0. The lowest 62 bits of f
/// and g decide 62 steps, whose effect is one matrix; it is applied at once to f and g, and modulo the modulus to d and e, for which d·number = f and
/// e·number = g throughout. In the end f is 1 or −1. Numbers are five signed limbs of 62 bits, low first, each but the last from 0 to 2^62 − 1.
/// </remarks>
internal static class ModularInverse
{
    private const int Limbs = 5;
    private const int LimbBits = 62;
    private const ulong Mask62 = (1UL << LimbBits) - 1;

    // The inverses of the moduli modulo 2^62.
    private const ulong FieldPrimeInverse = 0x27C7F6E22DDACACF;
    private const ulong OrderInverse = 0x34F20099AA774EC1;

    private static readonly long[] FieldPrime =
        LimbsOf(new Words256(0xFFFFFFFEFFFFFC2F, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF));

    private static readonly long[] Order = LimbsOf(Scalar.Order);

    /// <summary>The inverse modulo p of a number below p; 0 for 0.</summary>
    public static Words256 OfField(in Words256 number) => Of(number, FieldPrime, FieldPrimeInverse);

    /// <summary>The inverse modulo n of a number below n; 0 for 0.</summary>
    public static Words256 OfScalar(in Words256 number) => Of(number, Order, OrderInverse);

    private static Words256 Of(in Words256 number, ReadOnlySpan<long> modulus, ulong modulusInverse)
    {
        Span<long> f = stackalloc long[Limbs], g = stackalloc long[Limbs], d = stackalloc long[Limbs], e = stackalloc long[Limbs];
        modulus.CopyTo(f);
        Split(number, g);
        d.Clear();
        e.Clear();
        e[0] = 1;
        long delta = 1;
        while ((g[0] | g[1] | g[2] | g[3] | g[4]) != 0)
        {
            Matrix steps = Step62(ref delta, unchecked((ulong)f[0]), unchecked((ulong)g[0]));
            ApplyModulo(steps, d, e, modulus, modulusInverse);
            Apply(steps, f, g);
        }

        // d is above −2·modulus and below the modulus.
        if (d[4] < 0)
            Add(d, modulus);

        if (f[4] < 0)
            Negate(d);

        if (d[4] < 0)
            Add(d, modulus);

        return Join(d);
    }

    // 62 division steps on the lowest bits. The rows of the matrix say what f and g become, times 2^62.
    private static Matrix Step62(ref long delta, ulong f, ulong g)
    {
        unchecked
        {
            ulong u = 1, v = 0, q = 0, r = 1;
            int left = LimbBits;
            while (true)
            {
                // Steps at an even g halve it; instead of q and r being halved, u and v are doubled.
                int zeros = BitOperations.TrailingZeroCount(g | (ulong.MaxValue << left));
                g >>= zeros;
                u <<= zeros;
                v <<= zeros;
                delta += zeros;
                left -= zeros;
                if (left == 0)
                    return new Matrix((long)u, (long)v, (long)q, (long)r);

                if (delta > 0)
                {
                    delta = -delta;
                    (f, g) = (g, 0 - f);
                    (u, q) = (q, 0 - u);
                    (v, r) = (r, 0 - v);
                }

                // Until δ is above 0 again, 1 − δ steps add f only: all at once, with the multiple w of f that clears as many bits of g. f·(2 − f²) is the
                // inverse of an odd f modulo 2^6, since f² is 1 modulo 2^3.
                int cleared = (int)Math.Min(Math.Min(1 - delta, left), 6);
                ulong w = (g * f * (f * f - 2)) & ((1UL << cleared) - 1);
                g += f * w;
                q += u * w;
                r += v * w;
            }
        }
    }

    // (f, g) = matrix · (f, g) / 2^62, which is exact.
    private static void Apply(in Matrix steps, Span<long> f, Span<long> g)
    {
        Int128 sumF = 0, sumG = 0;
        for (int limb = 0; limb < Limbs; limb++)
        {
            long fi = f[limb], gi = g[limb];
            sumF += Product(steps.U, fi) + Product(steps.V, gi);
            sumG += Product(steps.Q, fi) + Product(steps.R, gi);
            if (limb > 0)
            {
                f[limb - 1] = Low62(sumF);
                g[limb - 1] = Low62(sumG);
            }

            sumF >>= LimbBits;
            sumG >>= LimbBits;
        }

        f[Limbs - 1] = unchecked((long)sumF);
        g[Limbs - 1] = unchecked((long)sumG);
    }

    // The same of d and e, plus the multiple of the modulus that makes it exact. With the modulus M, numbers above −2M and below M stay so: a negative one is
    // taken as plus M, so that the row, whose entries' sizes add up to 2^62 at most, gives less than 2^62·M in size, and the multiple lies from −2^62·M to 0.
    private static void ApplyModulo(in Matrix steps, Span<long> d, Span<long> e, ReadOnlySpan<long> modulus, ulong modulusInverse)
    {
        unchecked
        {
            long signD = d[Limbs - 1] >> 63, signE = e[Limbs - 1] >> 63;
            long multipleD = (steps.U & signD) + (steps.V & signE), multipleE = (steps.Q & signD) + (steps.R & signE);
            Int128 sumD = Product(steps.U, d[0]) + Product(steps.V, e[0]), sumE = Product(steps.Q, d[0]) + Product(steps.R, e[0]);
            multipleD -= (long)((modulusInverse * (ulong)sumD + (ulong)multipleD) & Mask62);
            multipleE -= (long)((modulusInverse * (ulong)sumE + (ulong)multipleE) & Mask62);
            sumD = (sumD + Product(modulus[0], multipleD)) >> LimbBits;
            sumE = (sumE + Product(modulus[0], multipleE)) >> LimbBits;
            for (int limb = 1; limb < Limbs; limb++)
            {
                long di = d[limb], ei = e[limb], mi = modulus[limb];
                sumD += Product(steps.U, di) + Product(steps.V, ei) + Product(mi, multipleD);
                sumE += Product(steps.Q, di) + Product(steps.R, ei) + Product(mi, multipleE);
                d[limb - 1] = Low62(sumD);
                e[limb - 1] = Low62(sumE);
                sumD >>= LimbBits;
                sumE >>= LimbBits;
            }

            d[Limbs - 1] = (long)sumD;
            e[Limbs - 1] = (long)sumE;
        }
    }

    private static Int128 Product(long a, long b)
    {
        long high = Math.BigMul(a, b, out long low);
        return unchecked(new Int128((ulong)high, (ulong)low));
    }

    private static long Low62(Int128 value) => unchecked((long)((ulong)value & Mask62));

    private static void Add(Span<long> number, ReadOnlySpan<long> modulus)
    {
        for (int limb = 0; limb < Limbs; limb++)
            number[limb] += modulus[limb];

        Carry(number);
    }

    private static void Negate(Span<long> number)
    {
        for (int limb = 0; limb < Limbs; limb++)
            number[limb] = -number[limb];

        Carry(number);
    }

    private static void Carry(Span<long> number)
    {
        for (int limb = 0; limb < Limbs - 1; limb++)
        {
            number[limb + 1] += number[limb] >> LimbBits;
            number[limb] &= (long)Mask62;
        }
    }

    private static long[] LimbsOf(in Words256 number)
    {
        var limbs = new long[Limbs];
        Split(number, limbs);
        return limbs;
    }

    private static void Split(in Words256 number, Span<long> limbs)
    {
        unchecked
        {
            limbs[0] = (long)(number.W0 & Mask62);
            limbs[1] = (long)(((number.W0 >> 62) | (number.W1 << 2)) & Mask62);
            limbs[2] = (long)(((number.W1 >> 60) | (number.W2 << 4)) & Mask62);
            limbs[3] = (long)(((number.W2 >> 58) | (number.W3 << 6)) & Mask62);
            limbs[4] = (long)(number.W3 >> 56);
        }
    }

    private static Words256 Join(ReadOnlySpan<long> limbs)
    {
        unchecked
        {
            ulong l0 = (ulong)limbs[0], l1 = (ulong)limbs[1], l2 = (ulong)limbs[2], l3 = (ulong)limbs[3], l4 = (ulong)limbs[4];
            return new(l0 | (l1 << 62), (l1 >> 2) | (l2 << 60), (l2 >> 4) | (l3 << 58), (l3 >> 6) | (l4 << 56));
        }
    }

    private readonly record struct Matrix(long U, long V, long Q, long R);
}
