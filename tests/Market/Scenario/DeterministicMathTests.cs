using CsCheck;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

/// <summary>The platform's own functions are within one unit in the last place of the truth, so a bound of three against them shows
/// two.</summary>
public sealed class DeterministicMathTests
{
    private const int Units = 3;

    [Fact]
    public void Exp_agrees_with_the_platforms() =>
        Gen.Double[-700, 700].Sample(x => AssertNear(Math.Exp(x), DeterministicMath.Exp(x)), iter: 100_000);

    [Fact]
    public void Exp_of_small_arguments_agrees_with_the_platforms() =>
        Gen.Double[-2, 2].Sample(x => AssertNear(Math.Exp(x), DeterministicMath.Exp(x)), iter: 100_000);

    [Fact]
    public void Log_agrees_with_the_platforms() =>
        Gen.Double[-690, 690].Sample(x => AssertNear(Math.Log(Math.Exp(x)), DeterministicMath.Log(Math.Exp(x))), iter: 100_000);

    [Fact]
    public void Log_near_one_agrees_with_the_platforms() =>
        Gen.Double[0.5, 2].Sample(x => AssertNear(Math.Log(x), DeterministicMath.Log(x)), iter: 100_000);

    // Next to a zero of sine or cosine the last place is that of one, not of the tiny result.
    [Fact]
    public void Sin_and_Cos_agree_with_the_platforms() => Gen.Double[-100, 100].Sample(
        x =>
        {
            Assert.Equal(Math.Sin(x), DeterministicMath.Sin(x), 2.3e-16);
            Assert.Equal(Math.Cos(x), DeterministicMath.Cos(x), 2.3e-16);
        },
        iter: 100_000);

    [Fact]
    public void Sin_and_Cos_of_a_turn_agree_with_the_platforms() => Gen.Double[0, 2 * Math.PI].Sample(
        x =>
        {
            AssertNear(Math.Sin(x), DeterministicMath.Sin(x));
            AssertNear(Math.Cos(x), DeterministicMath.Cos(x));
        },
        iter: 100_000);

    [Fact]
    public void Values_known_exactly_are_exact()
    {
        Assert.Equal(1.0, DeterministicMath.Exp(0.0));
        Assert.Equal(0.0, DeterministicMath.Exp(-1000.0));
        Assert.Equal(0.0, DeterministicMath.Log(1.0));
        Assert.Equal(0.0, DeterministicMath.Sin(0.0));
        Assert.Equal(1.0, DeterministicMath.Cos(0.0));
    }

    // The bits themselves: what makes the scenario's records the same everywhere.
    [Fact]
    public void Bits_are_pinned()
    {
        Assert.Equal(0x4005BF0A8B14576A, BitConverter.DoubleToInt64Bits(DeterministicMath.Exp(1.0)));
        Assert.Equal(0x3FEF57194CE34A4A, BitConverter.DoubleToInt64Bits(DeterministicMath.Exp(-1.0 / 48.0)));
        Assert.Equal(0x40026BB1BBB55516, BitConverter.DoubleToInt64Bits(DeterministicMath.Log(10.0)));
        Assert.Equal(unchecked((long)0xC085963447F87FB5), BitConverter.DoubleToInt64Bits(DeterministicMath.Log(1e-300)));
        Assert.Equal(0x3FEAED548F090CEE, BitConverter.DoubleToInt64Bits(DeterministicMath.Sin(1.0)));
        Assert.Equal(0x3FE837B9DDDC1EAE, BitConverter.DoubleToInt64Bits(DeterministicMath.Sin(-4.0)));
        Assert.Equal(0x3FE14A280FB5068C, BitConverter.DoubleToInt64Bits(DeterministicMath.Cos(1.0)));
        Assert.Equal(0x3FEEB9B7097822F6, BitConverter.DoubleToInt64Bits(DeterministicMath.Cos(6.0)));
    }

    [Fact]
    public void Arguments_outside_the_range_are_refused()
    {
        double[] unfit = [double.NaN, double.PositiveInfinity];
        Assert.All(unfit, x => Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Exp(x)));
        Assert.All(unfit, x => Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Sin(x)));
        Assert.All(unfit, x => Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Cos(x)));
        Assert.All([.. unfit, 0.0, -1.0, double.Epsilon], x => Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Log(x)));
    }

    private static void AssertNear(double expected, double actual)
    {
        var distance = Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual));
        Assert.True(distance <= Units, $"{actual:R} is {distance} units in the last place from {expected:R}");
    }
}
