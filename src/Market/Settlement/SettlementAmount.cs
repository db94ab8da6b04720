using System.Numerics;

namespace DerChain.Market.Settlement;

/// <summary>An amount of money without rounding: a whole number of micro-dollars per MWh times watt-seconds, of which 3.6·10¹⁵ are a dollar. A product of a
/// price and a quantity from the records is such a number, so that sums of them are exact in any order.</summary>
/// <param name="Units">The number. Positive is paid to the aggregator.</param>
/// <remarks>128 bits hold the dearest interval that records may state (10¹² micro-dollars times 10¹¹ W times 300 s is 3·10²⁵) 10¹² times over. What leaves
/// them throws <see cref="OverflowException"/>.</remarks>
public readonly record struct SettlementAmount(Int128 Units) : IComparable<SettlementAmount>
{
    private const long UnitsPerMicroUsd = 3_600_000_000;
    private const long UnitsPerUsd = 100 * UnitsPerCent;

    /// <summary>Units of one cent.</summary>
    internal const long UnitsPerCent = 10_000 * UnitsPerMicroUsd;

    /// <summary>Nothing.</summary>
    public static SettlementAmount Zero => default;

    /// <summary>The amount in dollars, to the 28 digits of decimal.</summary>
    public decimal Usd => (decimal)(Units / UnitsPerUsd) + (decimal)(Units % UnitsPerUsd) / UnitsPerUsd;

    /// <summary>The amount in whole micro-dollars, half of one rounded away from zero.</summary>
    public long MicroUsd => (long)Rounded(Units, UnitsPerMicroUsd);

    /// <summary>The amount in whole cents, half of one rounded away from zero: what is payable.</summary>
    public long Cents => (long)Rounded(Units, UnitsPerCent);

    /// <summary>A quantity at a price.</summary>
    /// <param name="quantityWattSeconds">Energy, or reserve held, in watt-seconds.</param>
    /// <param name="priceMicroUsdPerMWh">Price, micro-dollars per MWh, or per MW and hour.</param>
    public static SettlementAmount Of(long quantityWattSeconds, long priceMicroUsdPerMWh) => new((Int128)quantityWattSeconds * priceMicroUsdPerMWh);

    /// <summary>An amount in dollars, to the nearest unit.</summary>
    public static SettlementAmount FromUsd(decimal usd)
    {
        decimal whole = decimal.Truncate(usd);
        return new((Int128)whole * UnitsPerUsd + (Int128)decimal.Round((usd - whole) * UnitsPerUsd, MidpointRounding.AwayFromZero));
    }

    /// <summary>The sum.</summary>
    public static SettlementAmount Sum(IEnumerable<SettlementAmount> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        return amounts.Aggregate(Zero, static (sum, amount) => sum + amount);
    }

    /// <summary>The amount as an export by a convention states it.</summary>
    public SettlementAmount By(SignConvention convention) => convention == SignConvention.PositiveIsCharge ? -this : this;

    /// <inheritdoc/>
    public int CompareTo(SettlementAmount other) => Units.CompareTo(other.Units);

    /// <summary>The sum of two amounts.</summary>
    public static SettlementAmount operator +(SettlementAmount left, SettlementAmount right) => new(left.Units + right.Units);

    /// <summary>The difference of two amounts.</summary>
    public static SettlementAmount operator -(SettlementAmount left, SettlementAmount right) => new(left.Units - right.Units);

    /// <summary>The amount that the other side pays.</summary>
    public static SettlementAmount operator -(SettlementAmount amount) => new(-amount.Units);

    /// <summary>The amount in dollars.</summary>
    public override string ToString() => $"{Usd.ToString(System.Globalization.CultureInfo.InvariantCulture)} $";

    /// <summary>A share of the amount, to the nearest unit; a half is rounded away from zero.</summary>
    internal SettlementAmount Share(BigInteger part, BigInteger whole)
    {
        BigInteger numerator = Units * part;
        BigInteger rounded = (2 * BigInteger.Abs(numerator) + whole) / (2 * whole);
        return new((Int128)(numerator.Sign * rounded));
    }

    /// <summary>The price, in micro-dollars per MWh, at which a quantity costs this much; half of one is rounded away from zero.</summary>
    internal long PriceOf(Int128 quantityWattSeconds) => (long)Rounded(Units, quantityWattSeconds);

    private static Int128 Rounded(Int128 value, Int128 divisor)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(value, divisor);
        return Int128.Abs(rest) >= Int128.Abs(divisor) - Int128.Abs(rest) ? quotient + Int128.Sign(value) * Int128.Sign(divisor) : quotient;
    }
}
