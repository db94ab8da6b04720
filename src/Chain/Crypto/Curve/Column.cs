using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DerChain.Chain.Crypto.Curve;

/// <summary>A sum of products of limbs that needs no carry between its words: one column of a product of field elements.</summary>
/// <remarks>
/// Of each product the part above the lowest 56 bits is added to H, and the lowest 64 bits to L, modulo 2^64. With up to five products of factors below 2^56, one
/// of a factor below 2^64 and one below 2^37, and an addend below 2^63, the sum is 2^56·H + E, where E, six numbers below 2^56 and the addend, is below 2^64;
/// so E is L − 2^56·H modulo 2^64, though L has lost its carries. H is below 2^59. And since L is taken modulo 2^64, the lowest words of two products together,
/// a·d + b·c, may be had for one product: (a + c)(b + d) − a·b − c·d.
/// </remarks>
internal ref struct Column
{
    /// <summary>By how much one factor of a product is shifted, so that the high word of the product is what is above 56 bits.</summary>
    public const int Shift = 8;

    private ulong _h, _l;

    /// <summary>The lowest 52 bits.</summary>
    public readonly ulong Low52
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _l & ((1UL << 52) - 1);
    }

    /// <summary>What is above the lowest 52 bits.</summary>
    public readonly ulong Carry
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => unchecked(Above56 + (Rest >> 52));
    }

    /// <summary>E: the sum without its units of 2^56.</summary>
    public readonly ulong Rest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => unchecked(_l - (_h << 56));
    }

    /// <summary>H in units of 2^52: the sum is 2^52·Above56 + Rest.</summary>
    public readonly ulong Above56
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _h << 4;
    }

    /// <summary>Begins a sum anew with a product, as <see cref="Add(ulong, ulong, ulong)"/> adds one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Start(ulong a, ulong shiftedA, ulong b)
    {
        _h = High(shiftedA, b);
        _l = unchecked(a * b);
    }

    /// <summary>Begins a sum anew with a·b and c·d, whose lowest words together are given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StartPair(ulong low, ulong shiftedA, ulong b, ulong shiftedC, ulong d)
    {
        _h = High(shiftedA, b);
        _l = 0;
        AddWithLow(low, shiftedC, d);
    }

    /// <summary>Adds a·b and c·d, whose lowest words together are given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddPair(ulong low, ulong shiftedA, ulong b, ulong shiftedC, ulong d)
    {
        _h = unchecked(_h + High(shiftedA, b));
        AddWithLow(low, shiftedC, d);
    }

    /// <summary>Begins a sum anew with a·b, whose lowest word is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StartWithLow(ulong low, ulong shiftedA, ulong b)
    {
        _h = High(shiftedA, b);
        _l = low;
    }

    /// <summary>Adds a·b, whose lowest word is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddWithLow(ulong low, ulong shiftedA, ulong b)
    {
        unchecked
        {
            _h += High(shiftedA, b);
            _l += low;
        }
    }

    /// <summary>Adds a number below 2^63.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong number) => _l = unchecked(_l + number);

    /// <summary>Adds a·b.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="shiftedA">The factor, shifted left by <see cref="Shift"/>.</param>
    /// <param name="b">The other factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong a, ulong shiftedA, ulong b)
    {
        unchecked
        {
            _h += High(shiftedA, b);
            _l += a * b;
        }
    }

    // Math.BigMul goes through memory for the low word, which is not wanted here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) => Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);
}
