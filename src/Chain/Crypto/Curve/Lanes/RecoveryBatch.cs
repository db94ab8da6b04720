using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Eight signatures at work.</summary>
internal static class RecoveryBatch
{
    private const int Lanes = FieldElement8.Lanes;

    public static void Recover(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<Signature> signatures, Span<AffinePoint> keys, Span<bool> areRecovered)
    {
        Span<ulong> limbs = stackalloc ulong[FieldElement8.Limbs];
        Span<bool> areOdd = stackalloc bool[Lanes];
        Span<Scalar> r = stackalloc Scalar[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            areRecovered[lane] = Ecdsa.TryReadNonceX(signatures[lane], out FieldElement nonceX);
            areOdd[lane] = (signatures[lane].RecoveryId & 1) == 1;
            if (!areRecovered[lane]) nonceX = Ecdsa.GeneratorPoint.X;
            nonceX.WriteLimbs(limbs[lane..], Lanes);
            r[lane] = areRecovered[lane] ? Scalar.Reduce(signatures[lane].R) : Scalar.Reduce(UInt256.One);
        }
        Span<Scalar> prefix = stackalloc Scalar[Lanes];
        prefix[0] = r[0];
        for (int i = 1; i < Lanes; i++) prefix[i] = prefix[i - 1] * r[i];
        Scalar inv = prefix[Lanes - 1].Inverse();
        Span<ulong> words = stackalloc ulong[4 * LaneWindows.Words];
        for (int i = Lanes - 1; i >= 0; i--)
        {
            Scalar ri = i > 0 ? prefix[i - 1] * inv : inv;
            inv *= r[i];
            Write(-(Ecdsa.ReadHash(hashes[i]) * ri), words[i..]);
            Write(Scalar.Reduce(signatures[i].S) * ri, words[(2 * LaneWindows.Words + i)..]);
        }

        FieldElement8 x = FieldElement8.Load(limbs);
        LaneRecovery.Decompress(x, areOdd, areRecovered, out FieldElement8 y);
        JacobianPoint8 sum = LaneRecovery.AddMultiples(words, x, y, out FieldElement8 scale);
        LaneProduct.Multiply(sum.Z, scale, out FieldElement8 z);
        z.Store(limbs);
        Span<FieldElement> zs = stackalloc FieldElement[Lanes], ps = stackalloc FieldElement[Lanes];
        FieldElement p = FieldElement.One;
        for (int i = 0; i < Lanes; i++)
        {
            zs[i] = LaneRecovery.Lane(limbs, i);
            bool zero = zs[i].IsZero();
            areOdd[i] = zero;
            if (zero) zs[i] = FieldElement.One;
            ps[i] = p;
            p *= zs[i];
        }
        p = p.Inverse();
        for (int i = Lanes - 1; i >= 0; i--)
        {
            (ps[i] * p).Normalize().WriteLimbs(limbs[i..], Lanes);
            p *= zs[i];
        }
        FieldElement8 zi = FieldElement8.Load(limbs);
        LaneProduct.Square(zi, out FieldElement8 z2);
        LaneProduct.Multiply(z2, zi, out FieldElement8 z3);
        LaneProduct.Multiply(sum.X, z2, out FieldElement8 kx);
        LaneProduct.Multiply(sum.Y, z3, out FieldElement8 ky);
        Span<ulong> limbs2 = stackalloc ulong[FieldElement8.Limbs];
        kx.Store(limbs); ky.Store(limbs2);
        for (int i = 0; i < Lanes; i++)
        {
            if (areOdd[i] && areRecovered[i]) areRecovered[i] = Ecdsa.TryRecover(hashes[i], signatures[i], out keys[i]);
            else keys[i] = new(LaneRecovery.Lane(limbs, i).Normalize(), LaneRecovery.Lane(limbs2, i).Normalize());
        }
    }

    private static void Write(in Scalar k, Span<ulong> words)
    {
        Endomorphism.SplitOdd(k, out Words256 low, out Words256 high);
        LaneWindows.Write(low, words);
        LaneWindows.Write(high, words[LaneWindows.Words..]);
    }
}
