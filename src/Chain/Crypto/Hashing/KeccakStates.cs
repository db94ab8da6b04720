using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DerChain.Chain.Crypto.Hashing;

/// <summary>Keccak-f[1600] on as many states at once as a vector has elements. Each step is that of <see cref="KeccakPermutation"/>.</summary>
/// <typeparam name="TVector">Holds the same lane of every state.</typeparam>
internal static class KeccakStates<TVector>
    where TVector : struct
{
    /// <summary>Permutes the states.</summary>
    /// <remarks>The lanes stay in registers through all rounds; from memory a permutation takes half as long again. Compiled at full strength from the first call
    /// on, since without registers and inlining it would be slower than one state after the other.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(Span<TVector> s)
    {
        _ = s[24];
        TVector a0 = s[0], a1 = s[1], a2 = s[2], a3 = s[3], a4 = s[4];
        TVector a5 = s[5], a6 = s[6], a7 = s[7], a8 = s[8], a9 = s[9];
        TVector a10 = s[10], a11 = s[11], a12 = s[12], a13 = s[13], a14 = s[14];
        TVector a15 = s[15], a16 = s[16], a17 = s[17], a18 = s[18], a19 = s[19];
        TVector a20 = s[20], a21 = s[21], a22 = s[22], a23 = s[23], a24 = s[24];
        foreach (ulong roundConstant in KeccakPermutation.RoundConstants)
        {
            TVector c0 = KeccakLanes.Xor(KeccakLanes.Xor(a0, a5, a10), a15, a20);
            TVector c1 = KeccakLanes.Xor(KeccakLanes.Xor(a1, a6, a11), a16, a21);
            TVector c2 = KeccakLanes.Xor(KeccakLanes.Xor(a2, a7, a12), a17, a22);
            TVector c3 = KeccakLanes.Xor(KeccakLanes.Xor(a3, a8, a13), a18, a23);
            TVector c4 = KeccakLanes.Xor(KeccakLanes.Xor(a4, a9, a14), a19, a24);
            TVector d0 = KeccakLanes.Xor(c4, KeccakLanes.RotateLeft(c1, 1));
            TVector d1 = KeccakLanes.Xor(c0, KeccakLanes.RotateLeft(c2, 1));
            TVector d2 = KeccakLanes.Xor(c1, KeccakLanes.RotateLeft(c3, 1));
            TVector d3 = KeccakLanes.Xor(c2, KeccakLanes.RotateLeft(c4, 1));
            TVector d4 = KeccakLanes.Xor(c3, KeccakLanes.RotateLeft(c0, 1));
            TVector b0 = KeccakLanes.Xor(a0, d0);
            TVector b1 = Move(a6, d1, 44);
            TVector b2 = Move(a12, d2, 43);
            TVector b3 = Move(a18, d3, 21);
            TVector b4 = Move(a24, d4, 14);
            TVector b5 = Move(a3, d3, 28);
            TVector b6 = Move(a9, d4, 20);
            TVector b7 = Move(a10, d0, 3);
            TVector b8 = Move(a16, d1, 45);
            TVector b9 = Move(a22, d2, 61);
            TVector b10 = Move(a1, d1, 1);
            TVector b11 = Move(a7, d2, 6);
            TVector b12 = Move(a13, d3, 25);
            TVector b13 = Move(a19, d4, 8);
            TVector b14 = Move(a20, d0, 18);
            TVector b15 = Move(a4, d4, 27);
            TVector b16 = Move(a5, d0, 36);
            TVector b17 = Move(a11, d1, 10);
            TVector b18 = Move(a17, d2, 15);
            TVector b19 = Move(a23, d3, 56);
            TVector b20 = Move(a2, d2, 62);
            TVector b21 = Move(a8, d3, 55);
            TVector b22 = Move(a14, d4, 39);
            TVector b23 = Move(a15, d0, 41);
            TVector b24 = Move(a21, d1, 2);
            Chi(b0, b1, b2, b3, b4, out a0, out a1, out a2, out a3, out a4);
            Chi(b5, b6, b7, b8, b9, out a5, out a6, out a7, out a8, out a9);
            Chi(b10, b11, b12, b13, b14, out a10, out a11, out a12, out a13, out a14);
            Chi(b15, b16, b17, b18, b19, out a15, out a16, out a17, out a18, out a19);
            Chi(b20, b21, b22, b23, b24, out a20, out a21, out a22, out a23, out a24);
            a0 = KeccakLanes.Xor(a0, KeccakLanes.Fill<TVector>(roundConstant));
        }

        Store(s[0..], a0, a1, a2, a3, a4);
        Store(s[5..], a5, a6, a7, a8, a9);
        Store(s[10..], a10, a11, a12, a13, a14);
        Store(s[15..], a15, a16, a17, a18, a19);
        Store(s[20..], a20, a21, a22, a23, a24);
    }

    // Theta's last step and rho.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Move(TVector lane, TVector parity, [ConstantExpected] byte count) => KeccakLanes.RotateLeft(KeccakLanes.Xor(lane, parity), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(
        TVector b0, TVector b1, TVector b2, TVector b3, TVector b4,
        out TVector a0, out TVector a1, out TVector a2, out TVector a3, out TVector a4)
    {
        a0 = KeccakLanes.XorAndNot(b0, b1, b2);
        a1 = KeccakLanes.XorAndNot(b1, b2, b3);
        a2 = KeccakLanes.XorAndNot(b2, b3, b4);
        a3 = KeccakLanes.XorAndNot(b3, b4, b0);
        a4 = KeccakLanes.XorAndNot(b4, b0, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<TVector> row, TVector a0, TVector a1, TVector a2, TVector a3, TVector a4)
    {
        row[0] = a0;
        row[1] = a1;
        row[2] = a2;
        row[3] = a3;
        row[4] = a4;
    }
}
