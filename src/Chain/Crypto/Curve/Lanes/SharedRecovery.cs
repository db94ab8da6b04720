using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Recovers up to 64 keys one after the other. They share one inverse modulo n and one modulo p.</summary>
internal static class SharedRecovery
{
    /// <summary>Recovers the keys of 1 to <see cref="RecoveryBatch.MaxSignatures"/> signatures.</summary>
    public static void Recover(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<Signature> signatures, Span<AffinePoint> keys, Span<bool> areRecovered)
    {
        Span<Scalar> inverses = stackalloc Scalar[hashes.Length], scalarRoom = stackalloc Scalar[hashes.Length];
        for (int index = 0; index < hashes.Length; index++)
        {
            // The nonce point stands where the key will be.
            areRecovered[index] = Ecdsa.TryReadNonce(signatures[index], out keys[index]);
            inverses[index] = areRecovered[index] ? Scalar.Reduce(signatures[index].R) : Scalar.One;
        }

        Scalar.InvertAll(inverses, scalarRoom);
        Span<FieldElement> scales = stackalloc FieldElement[hashes.Length], room = stackalloc FieldElement[hashes.Length];
        for (int index = 0; index < hashes.Length; index++)
        {
            scales[index] = FieldElement.One;
            if (!areRecovered[index])
                continue;

            JacobianPoint sum = Ecdsa.Sum(hashes[index], signatures[index], inverses[index], keys[index], out FieldElement scale);
            areRecovered[index] = !sum.IsInfinity;
            if (areRecovered[index])
                sum.Split(scale, out keys[index], out scales[index]);
        }

        FieldElement.InvertAll(scales, room);
        for (int index = 0; index < hashes.Length; index++)
            keys[index] = keys[index].Scale(scales[index]);
    }
}
