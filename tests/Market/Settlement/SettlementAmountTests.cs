using CsCheck;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

public sealed class SettlementAmountTests
{
    [Fact]
    public void A_megawatt_hour_at_a_dollar_is_a_dollar()
    {
        SettlementAmount amount = SettlementAmount.Of(3_600_000_000, 1_000_000);

        Assert.Equal((1m, 1_000_000, 100), (amount.Usd, amount.MicroUsd, amount.Cents));
    }

    [Theory]
    [InlineData("0.005", 1)]
    [InlineData("-0.005", -1)]
    [InlineData("0.004999999999", 0)]
    [InlineData("-0.004999999999", 0)]
    [InlineData("2.675", 268)]
    [InlineData("-19.8668667", -1987)]
    public void Half_a_cent_is_rounded_away_from_zero(string usd, long cents) =>
        Assert.Equal(cents, SettlementAmount.FromUsd(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)).Cents);

    [Fact]
    public void Dollars_in_and_out_are_the_same_to_nine_decimals() => Gen.Long.Select(static value => value / 1_000_000_000m).Sample(static usd =>
    {
        SettlementAmount amount = SettlementAmount.FromUsd(usd);

        Assert.Equal(usd, amount.Usd);
        Assert.Equal(-usd, (-amount).Usd);
        Assert.Equal(Math.Round(usd, 2, MidpointRounding.AwayFromZero) * 100, amount.Cents);
        Assert.Equal(Math.Round(usd, 6, MidpointRounding.AwayFromZero) * 1_000_000, amount.MicroUsd);
    });

    [Fact]
    public void A_product_is_that_of_its_integers() => Gen.Select(Gen.Long, Gen.Long).Sample(static (quantity, price) =>
        Assert.Equal((System.Numerics.BigInteger)quantity * price, SettlementAmount.Of(quantity, price).Units));

    [Fact]
    public void What_leaves_128_bits_is_told()
    {
        SettlementAmount most = SettlementAmount.Of(long.MaxValue, long.MaxValue);

        Assert.Equal(most + most, SettlementAmount.Sum([most, most]));
        Assert.Throws<OverflowException>(() => most + most + most);
    }
}
