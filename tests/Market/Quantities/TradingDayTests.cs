using CsCheck;
using DerChain.Market.Quantities;

namespace DerChain.Market.Tests.Quantities;

public sealed class TradingDayTests
{
    private const string LosAngeles = "America/Los_Angeles";

    [Fact]
    public void A_summer_day_has_24_hours_from_local_midnight()
    {
        var day = new TradingDay(new DateOnly(2021, 7, 15), LosAngeles);
        Assert.Equal(new DateTimeOffset(2021, 7, 15, 7, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), day.StartUnixSeconds);
        Assert.Equal((24, 96, 288), (day.Hours.Length, day.QuarterHours.Length, day.DispatchIntervals.Length));
        Assert.Equal(new IntervalLabel(1, 1, 1), day.LabelOf(day.StartUnixSeconds));
        Assert.Equal(new IntervalLabel(24, 96, 288), day.LabelOf(day.EndUnixSeconds - 1));
    }

    [Theory]
    [InlineData(2021, 3, 14, 23, 276)]
    [InlineData(2021, 11, 7, 25, 300)]
    public void A_day_on_which_clocks_change_has_an_hour_less_or_more(int year, int month, int dayOfMonth, int hours, int intervals)
    {
        var day = new TradingDay(new DateOnly(year, month, dayOfMonth), LosAngeles);
        Assert.Equal((hours, intervals), (day.Hours.Length, day.DispatchIntervals.Length));
        Assert.Equal(hours * 3600, day.EndUnixSeconds - day.StartUnixSeconds);
        Assert.Equal(hours, day.LabelOf(day.EndUnixSeconds - 1).HourEnding);
    }

    [Fact]
    public void The_hour_that_autumn_shows_twice_has_two_numbers()
    {
        var day = new TradingDay(new DateOnly(2021, 11, 7), LosAngeles);
        var firstOne = day.InstantAt(day.Date, new TimeOnly(1, 30));
        Assert.Equal(new IntervalLabel(2, 7, 19), day.LabelOf(firstOne));
        Assert.Equal(new IntervalLabel(3, 11, 31), day.LabelOf(firstOne + 3600));
        Assert.Equal(day.LabelOf(firstOne + 7200).HourEnding, day.LabelOf(day.InstantAt(day.Date, new TimeOnly(2, 30))).HourEnding);
    }

    [Fact]
    public void A_time_that_spring_skips_stands_for_the_instant_clocks_jump()
    {
        var day = new TradingDay(new DateOnly(2021, 3, 14), LosAngeles);
        Assert.Equal(day.StartUnixSeconds + 7200, day.InstantAt(day.Date, new TimeOnly(2, 30)));
        Assert.Equal(day.StartUnixSeconds + 7200, day.InstantAt(day.Date, new TimeOnly(3, 0)));
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_starts_at_one()
    {
        var day = new TradingDay(new DateOnly(2017, 10, 15), "America/Sao_Paulo");
        Assert.Equal(23, day.Hours.Length);
        Assert.Equal(new DateTimeOffset(2017, 10, 15, 3, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), day.StartUnixSeconds);
    }

    [Fact]
    public void Intervals_tile_the_day() => Gen.Int[0, 3000].Sample(
        offset =>
        {
            var day = new TradingDay(new DateOnly(2018, 1, 1).AddDays(offset), LosAngeles);
            foreach (var intervals in new[] { day.Hours, day.QuarterHours, day.DispatchIntervals })
            {
                Assert.Equal(day.StartUnixSeconds, intervals[0].StartUnixSeconds);
                Assert.Equal(day.EndUnixSeconds, intervals[^1].EndUnixSeconds);
                Assert.All(intervals.Zip(intervals.Skip(1)), pair => Assert.Equal(pair.First.EndUnixSeconds, pair.Second.StartUnixSeconds));
            }

            var next = new TradingDay(day.Date.AddDays(1), LosAngeles);
            Assert.Equal(day.EndUnixSeconds, next.StartUnixSeconds);
        },
        iter: 50);

    [Fact]
    public void LabelOf_an_instant_of_another_day_is_refused()
    {
        var day = new TradingDay(new DateOnly(2021, 7, 15), LosAngeles);
        Assert.Throws<ArgumentOutOfRangeException>(() => day.LabelOf(day.StartUnixSeconds - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => day.LabelOf(day.EndUnixSeconds));
    }

    [Theory]
    [InlineData(2021, "Mars/Olympus")]
    [InlineData(1960, LosAngeles)]
    public void An_unknown_zone_or_a_date_out_of_range_is_refused(int year, string zone) =>
        Assert.Throws<ArgumentException>(() => new TradingDay(new DateOnly(year, 7, 15), zone));

    [Fact]
    public void A_day_that_is_not_a_whole_number_of_hours_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TradingDay(new DateOnly(2021, 10, 3), "Australia/Lord_Howe"));
}
