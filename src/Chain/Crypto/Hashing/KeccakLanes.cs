using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DerChain.Chain.Crypto.Hashing;

/// <summary>What a permutation of many states does with a vector that holds the same lane of each: eight states in a <see cref="Vector512{T}"/>, with the rotation
/// and the logic of three operands of AVX-512, or four in a <see cref="Vector256{T}"/>, with AVX2. The choice is made when a type is compiled.</summary>
internal static class KeccakLanes
{
    // Truth tables of TernaryLogic, with 0xf0, 0xcc and 0xaa for the operands.
    private const byte XorTable = 0xf0 ^ 0xcc ^ 0xaa;
    private const byte XorAndNotTable = 0xf0 ^ (~0xcc & 0xaa);

    /// <summary>The same value in every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fill<T>(ulong value)
        where T : struct =>
        typeof(T) == typeof(Vector512<ulong>) ? FromEight<T>(Vector512.Create(value)) : FromFour<T>(Vector256.Create(value));

    /// <summary>left ⊕ right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Xor<T>(T left, T right)
        where T : struct =>
        typeof(T) == typeof(Vector512<ulong>) ? FromEight<T>(Eight(left) ^ Eight(right)) : FromFour<T>(Four(left) ^ Four(right));

    /// <summary>first ⊕ second ⊕ third.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Xor<T>(T first, T second, T third)
        where T : struct =>
        typeof(T) == typeof(Vector512<ulong>)
            ? FromEight<T>(Avx512F.TernaryLogic(Eight(first), Eight(second), Eight(third), XorTable))
            : FromFour<T>(Four(first) ^ Four(second) ^ Four(third));

    /// <summary>first ⊕ (¬second ∧ third): chi.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T XorAndNot<T>(T first, T second, T third)
        where T : struct =>
        typeof(T) == typeof(Vector512<ulong>)
            ? FromEight<T>(Avx512F.TernaryLogic(Eight(first), Eight(second), Eight(third), XorAndNotTable))
            : FromFour<T>(Four(first) ^ Vector256.AndNot(Four(third), Four(second)));

    /// <summary>Every element rotated to the left by a count from 1 to 63.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T RotateLeft<T>(T vector, [ConstantExpected] byte count)
        where T : struct =>
        typeof(T) == typeof(Vector512<ulong>)
            ? FromEight<T>(Avx512F.RotateLeft(Eight(vector), count))
            : FromFour<T>((Four(vector) << count) | (Four(vector) >>> (64 - count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Eight<T>(T vector)
        where T : struct => Unsafe.BitCast<T, Vector512<ulong>>(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Four<T>(T vector)
        where T : struct => Unsafe.BitCast<T, Vector256<ulong>>(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FromEight<T>(Vector512<ulong> vector)
        where T : struct => Unsafe.BitCast<Vector512<ulong>, T>(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FromFour<T>(Vector256<ulong> vector)
        where T : struct => Unsafe.BitCast<Vector256<ulong>, T>(vector);
}
