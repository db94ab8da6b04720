using System.Numerics;
using System.Runtime.CompilerServices;

namespace DerChain.Chain.Crypto.Hashing;

/// <summary>Keccak-f[1600] on one state, of 25 lanes of 64 bits: lane (x, y) stands at x + 5y.</summary>
/// <remarks>Source: The Keccak reference, version 3.0, section 1.2.</remarks>
internal static class KeccakPermutation
{
    /// <summary>Lanes of a state.</summary>
    public const int Lanes = 25;

    /// <summary>What iota adds in each round.</summary>
    public static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Permutes the state.</summary>
    public static void Permute(Span<ulong> state)
    {
        Span<ulong> scratch = stackalloc ulong[Lanes];
        for (int round = 0; round < RoundConstants.Length; round += 2)
        {
            Round(state, scratch, RoundConstants[round]);
            Round(scratch, state, RoundConstants[round + 1]);
        }
    }

    // Theta, rho, pi, chi and iota in one pass. Each row of the result takes its five lanes from five rows of the input.
    private static void Round(ReadOnlySpan<ulong> a, Span<ulong> e, ulong roundConstant)
    {
        _ = a[24];
        _ = e[24];
        ulong c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
        ulong c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
        ulong c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
        ulong c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
        ulong c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
        ulong d0 = c4 ^ BitOperations.RotateLeft(c1, 1);
        ulong d1 = c0 ^ BitOperations.RotateLeft(c2, 1);
        ulong d2 = c1 ^ BitOperations.RotateLeft(c3, 1);
        ulong d3 = c2 ^ BitOperations.RotateLeft(c4, 1);
        ulong d4 = c3 ^ BitOperations.RotateLeft(c0, 1);
        Chi(
            e, 0, a[0] ^ d0, BitOperations.RotateLeft(a[6] ^ d1, 44), BitOperations.RotateLeft(a[12] ^ d2, 43),
            BitOperations.RotateLeft(a[18] ^ d3, 21), BitOperations.RotateLeft(a[24] ^ d4, 14));
        e[0] ^= roundConstant;
        Chi(
            e, 5, BitOperations.RotateLeft(a[3] ^ d3, 28), BitOperations.RotateLeft(a[9] ^ d4, 20), BitOperations.RotateLeft(a[10] ^ d0, 3),
            BitOperations.RotateLeft(a[16] ^ d1, 45), BitOperations.RotateLeft(a[22] ^ d2, 61));
        Chi(
            e, 10, BitOperations.RotateLeft(a[1] ^ d1, 1), BitOperations.RotateLeft(a[7] ^ d2, 6), BitOperations.RotateLeft(a[13] ^ d3, 25),
            BitOperations.RotateLeft(a[19] ^ d4, 8), BitOperations.RotateLeft(a[20] ^ d0, 18));
        Chi(
            e, 15, BitOperations.RotateLeft(a[4] ^ d4, 27), BitOperations.RotateLeft(a[5] ^ d0, 36), BitOperations.RotateLeft(a[11] ^ d1, 10),
            BitOperations.RotateLeft(a[17] ^ d2, 15), BitOperations.RotateLeft(a[23] ^ d3, 56));
        Chi(
            e, 20, BitOperations.RotateLeft(a[2] ^ d2, 62), BitOperations.RotateLeft(a[8] ^ d3, 55), BitOperations.RotateLeft(a[14] ^ d4, 39),
            BitOperations.RotateLeft(a[15] ^ d0, 41), BitOperations.RotateLeft(a[21] ^ d1, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(Span<ulong> e, int row, ulong b0, ulong b1, ulong b2, ulong b3, ulong b4)
    {
        e[row + 0] = b0 ^ (~b1 & b2);
        e[row + 1] = b1 ^ (~b2 & b3);
        e[row + 2] = b2 ^ (~b3 & b4);
        e[row + 3] = b3 ^ (~b4 & b0);
        e[row + 4] = b4 ^ (~b0 & b1);
    }
}
