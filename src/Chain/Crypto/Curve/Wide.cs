using System.Runtime.CompilerServices;

namespace DerChain.Chain.Crypto.Curve;

/// <summary>A sum of 128 bits of products of limbs. <see cref="UInt128"/> would do; its product of two 64-bit numbers is not inlined as well.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal readonly struct Wide
{
    private readonly ulong _low, _high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wide(ulong low, ulong high)
    {
        _low = low;
        _high = high;
    }

    public ulong Low => _low;

    /// <summary>The lowest 52 bits.</summary>
    public ulong Low52
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _low & ((1UL << 52) - 1);
    }

    /// <summary>What is above the lowest 52 bits.</summary>
    public Wide Carry
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => unchecked(new((_low >> 52) | (_high << 12), _high >> 52));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Product(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return new(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wide Plus(ulong a, ulong b)
    {
        unchecked
        {
            ulong high = Math.BigMul(a, b, out ulong low);
            low += _low;
            return new(low, _high + high + (low < _low ? 1UL : 0UL));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wide Plus(ulong a)
    {
        unchecked
        {
            ulong low = _low + a;
            return new(low, _high + (low < a ? 1UL : 0UL));
        }
    }
}
