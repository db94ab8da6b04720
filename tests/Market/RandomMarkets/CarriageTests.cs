using CsCheck;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>However a record is carried, it says the same (docs/spec/market.md, 1.7).</summary>
public sealed class CarriageTests
{
    private const int Cases = 1_000;

    /// <summary>Signatures are dear: so many reports of a market stand in batches where others do not have to.</summary>
    private const int BatchedReports = 3;

    [Theory]
    [InlineData(Carriage.Row)]
    [InlineData(Carriage.Compact)]
    [InlineData(Carriage.Committed)]
    internal void A_day_carried_in_one_way_is_the_day_carried_by_prosumer_and_interval(Carriage carriage) =>
        MarketGen.Market.Sample(market => AssertSame(market, _ => carriage), iter: Cases);

    [Fact]
    public void Every_record_may_be_carried_in_a_way_of_its_own() => Gen.Select(MarketGen.Market, Gen.ULong).Sample(static (market, seed) =>
    {
        var dice = new Dice(seed);
        int batched = 0;
        AssertSame(market, _ => dice.OneOf(Carriage.Whole, Carriage.Row, Carriage.Compact, Carriage.Committed, Carriage.Batched) is var carriage
            && (carriage != Carriage.Batched || batched++ < BatchedReports) ? carriage : Carriage.Whole);
    }, iter: Cases);

    [Fact]
    public void A_day_in_batches_with_the_signatures_of_its_prosumers_is_the_same_day() =>
        MarketGen.Market.Sample(static market => AssertSame(market, static _ => Carriage.Batched), iter: 5);

    private static void AssertSame(RandomMarket market, Func<Report, Carriage> carriageOf)
    {
        var naming = new Naming(0);
        Assert.Equal(
            DayValues.Of(new MarketRecords(market, naming).Verify(), naming),
            DayValues.Of(new MarketRecords(market, naming, carriageOf).Verify(), naming));
    }
}
