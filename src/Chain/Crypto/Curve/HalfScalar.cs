namespace DerChain.Chain.Crypto.Curve;

/// <summary>A number above −2^128 and below 2^128.</summary>
internal readonly record struct HalfScalar(UInt128 Magnitude, bool IsNegative)
{
    /// <summary>Places of the digits: one more than bits, for the carry.</summary>
    public const int Digits = 129;

    /// <summary>The signed windowed form: the number is the sum of digits[i]·2^i; a digit is 0 or odd, below 2^(width − 1) in size, and each that is not 0 is
    /// followed by width − 1 that are.</summary>
    /// <param name="width">Width of the window in bits, 2 to 15.</param>
    /// <param name="digits">Takes <see cref="Digits"/> digits, lowest first.</param>
    public void WriteDigits(int width, Span<short> digits)
    {
        digits.Clear();
        int carry = 0;
        for (int position = 0; position < Digits;)
        {
            uint bits = position < 128 ? unchecked((uint)(Magnitude >> position)) : 0;
            if ((bits & 1) == carry)
            {
                position++;
                continue;
            }

            int digit = (int)(bits & ((1u << width) - 1)) + carry;
            carry = digit >> (width - 1);
            digit -= carry << width;
            digits[position] = (short)(IsNegative ? -digit : digit);
            position += width;
        }
    }
}
