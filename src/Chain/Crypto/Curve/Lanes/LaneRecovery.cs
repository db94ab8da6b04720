using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Recovers up to 64 keys, eight side by side. They share one inverse modulo n and one modulo p.</summary>
internal static class LaneRecovery
{
    private const int Lanes = FieldElement8.Lanes;

    /// <summary>Recovers the keys of 1 to <see cref="RecoveryBatch.MaxSignatures"/> signatures.</summary>
    public static void Recover(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<Signature> signatures, Span<AffinePoint> keys, Span<bool> areRecovered)
    {
        int groups = (hashes.Length + Lanes - 1) / Lanes;
        Span<FieldElement> elements = stackalloc FieldElement[groups * Lanes], room = stackalloc FieldElement[groups * Lanes];
        Span<Scalar> inverses = stackalloc Scalar[groups * Lanes];
        ReadSignatures(signatures, elements, inverses, areRecovered);

        Span<JacobianPoint8> sums = stackalloc JacobianPoint8[groups];
        for (int group = 0; group < groups; group++)
        {
            int first = group * Lanes, count = Math.Min(Lanes, hashes.Length - first);
            sums[group] = Sum(
                hashes.Slice(first, count), signatures.Slice(first, count), inverses[first..], elements.Slice(first, Lanes), areRecovered.Slice(first, count));
        }

        // A lane that met a special case has the Z of 0. It takes 1 instead, so that the others have their inverses.
        Span<bool> areSpecial = stackalloc bool[groups * Lanes];
        for (int index = 0; index < elements.Length; index++)
        {
            areSpecial[index] = elements[index].IsZero();
            if (areSpecial[index])
                elements[index] = FieldElement.One;
        }

        FieldElement.InvertAll(elements, room);
        for (int group = 0; group < groups; group++)
            WriteAffine(sums[group], elements.Slice(group * Lanes, Lanes), keys[(group * Lanes)..]);

        for (int index = 0; index < hashes.Length; index++)
        {
            if (areSpecial[index] && areRecovered[index])
                areRecovered[index] = Ecdsa.TryRecover(hashes[index], signatures[index], out keys[index]);
        }
    }

    // The x coordinates of the nonce points and the inverses of r. A lane without a signature, or with one out of range, works on the generator.
    private static void ReadSignatures(ReadOnlySpan<Signature> signatures, Span<FieldElement> x, Span<Scalar> inverses, Span<bool> areInRange)
    {
        AffinePoint generator = Ecdsa.GeneratorPoint;
        Span<Scalar> room = stackalloc Scalar[inverses.Length];
        for (int index = 0; index < x.Length; index++)
        {
            bool isInRange = index < signatures.Length && Ecdsa.TryReadNonceX(signatures[index], out x[index]);
            inverses[index] = isInRange ? Scalar.Reduce(signatures[index].R) : Scalar.One;
            if (index < signatures.Length)
                areInRange[index] = isInRange;

            if (!isInRange)
                x[index] = generator.X;
        }

        Scalar.InvertAll(inverses, room);
    }

    // u1·G + u2·R of a group. The x coordinates give their places to what the Z of the points of the curve are.
    private static JacobianPoint8 Sum(
        ReadOnlySpan<Hash256> hashes, ReadOnlySpan<Signature> signatures, ReadOnlySpan<Scalar> inverses, Span<FieldElement> elements, Span<bool> exist)
    {
        Span<ulong> words = stackalloc ulong[LaneSum.Words];
        Span<bool> areOdd = stackalloc bool[Lanes], arePoints = stackalloc bool[Lanes];
        words.Clear();
        areOdd.Clear();
        for (int lane = 0; lane < hashes.Length; lane++)
        {
            Scalar inverse = inverses[lane];
            LaneSum.WriteMultipliers(
                -(Ecdsa.ReadHash(hashes[lane]) * inverse), Scalar.Reduce(signatures[lane].S) * inverse, words[lane..]);
            areOdd[lane] = (signatures[lane].RecoveryId & 1) == 1;
        }

        exist.CopyTo(arePoints);
        FieldElement8 x = FieldElement8.Load(elements);
        NoncePoints.Decompress(x, areOdd, arePoints, out FieldElement8 y);
        arePoints[..exist.Length].CopyTo(exist);
        JacobianPoint8 sum = LaneSum.Of(words, x, y, out FieldElement8 scale);
        LaneProduct.Multiply(sum.Z, scale, out FieldElement8 z);
        z.Store(elements);
        return sum;
    }

    private static void WriteAffine(in JacobianPoint8 sum, ReadOnlySpan<FieldElement> inverses, Span<AffinePoint> keys)
    {
        FieldElement8 inverse = FieldElement8.Load(inverses);
        LaneProduct.Square(inverse, out FieldElement8 square);
        LaneProduct.Multiply(square, inverse, out FieldElement8 cube);
        LaneProduct.Multiply(sum.X, square, out FieldElement8 x);
        LaneProduct.Multiply(sum.Y, cube, out FieldElement8 y);
        Span<FieldElement> xs = stackalloc FieldElement[Lanes], ys = stackalloc FieldElement[Lanes];
        x.Store(xs);
        y.Store(ys);
        for (int lane = 0; lane < Math.Min(Lanes, keys.Length); lane++)
            keys[lane] = new AffinePoint(xs[lane].Normalize(), ys[lane].Normalize());
    }
}
