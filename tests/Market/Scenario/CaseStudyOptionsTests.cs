using CsCheck;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

public sealed class CaseStudyOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_001)]
    public void Create_WithAFleetOutOfRange_IsRefused(int prosumers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CaseStudy.Create(new CaseStudyOptions { Prosumers = prosumers }));

    [Theory]
    [InlineData(2021, 3, 14)]
    [InlineData(2021, 11, 7)]
    [InlineData(1960, 7, 15)]
    public void Create_OnADateWithout24Hours_OrOutOfRange_IsRefused(int year, int month, int day) =>
        Assert.Throws<ArgumentException>(() => CaseStudy.Create(new CaseStudyOptions { Date = new DateOnly(year, month, day) }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(1000)]
    public void A_fleet_of_any_size_has_a_day_within_the_ranges(int prosumers)
    {
        var market = CaseStudy.Create(new CaseStudyOptions { Prosumers = prosumers, Seed = 5 });
        Assert.Equal(prosumers + 2, market.Participants.Length);
        var messages = market.Messages.Take(100_000);
        Assert.All(messages, message => Assert.True(RecordRanges.Holds(message.Record)));
    }

    [Fact]
    public void Any_seed_gives_a_day_within_the_ranges() => Gen.Select(Gen.ULong, Gen.Int[1, 12]).Sample(
        (seed, prosumers) =>
        {
            var market = CaseStudy.Create(new CaseStudyOptions { Prosumers = prosumers, Seed = seed });
            Assert.All(market.Messages, message => Assert.True(RecordRanges.Holds(message.Record)));
        },
        iter: 60);

    [Fact]
    public void Names_have_as_many_digits_as_the_fleet_needs()
    {
        Assert.Equal("DP001", CaseStudy.Create(new CaseStudyOptions { Prosumers = 1 }).Participants[^1].Id.Value);
        Assert.Equal("DP1000", CaseStudy.Create(new CaseStudyOptions { Prosumers = 1000 }).Participants[^1].Id.Value);
    }

    [Fact]
    public void Another_date_moves_the_records_there_and_the_sun_with_it()
    {
        var summer = CaseStudy.Create(new CaseStudyOptions());
        var winter = CaseStudy.Create(new CaseStudyOptions { Date = new DateOnly(2022, 1, 15) });
        Assert.Equal(new DateTimeOffset(2022, 1, 15, 8, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), winter.Day.StartUnixSeconds);
        Assert.True(Solar(winter) < 0.8 * Solar(summer));

        static double Solar(MarketDay market) => market.Messages.Select(message => message.Record).OfType<Telemetry>()
            .Sum(telemetry => telemetry.Rows.OfType<SolarReading>().Sum(row => (double)row.PowerW) * telemetry.Interval.DurationSeconds);
    }

    [Fact]
    public void Another_seed_gives_another_day() => Assert.NotEqual(
        Digest.Of(CaseStudy.Create(new CaseStudyOptions { Prosumers = 3 }).Messages),
        Digest.Of(CaseStudy.Create(new CaseStudyOptions { Prosumers = 3, Seed = 1 }).Messages));
}
