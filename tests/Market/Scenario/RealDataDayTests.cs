using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.Scenario;

public sealed class RealDataDayTests
{
    private static readonly ImmutableArray<double> NoSun = [.. Enumerable.Repeat(0.0, 24)];
    private static readonly HouseProfile Shaded = new([.. Enumerable.Range(0, 24).Select(hour => 0.5 + (0.1 * hour))], NoSun);
    private static readonly HouseProfile Sunny = new(
        [.. Enumerable.Repeat(0.75, 24)], [.. Enumerable.Range(0, 24).Select(hour => Math.Max(0.0, 4.0 - Math.Abs(hour - 12.0)))]);

    private static readonly RealDataOptions Options = new()
    {
        Date = new DateOnly(2020, 8, 14),
        FifteenMinutePricesUsdPerMWh = [.. Enumerable.Range(0, 96).Select(quarter => 30m + (quarter / 7m))],
        Houses = [Shaded, Sunny],
        PricesSource = "prices.csv",
        ProfilesSource = "profiles.csv",
        Prosumers = 12,
        Seed = 1,
    };

    [Fact]
    public void Houses_repeat_to_the_fleets_size_and_keep_their_measured_load_and_sun()
    {
        var market = RealDataDay.Create(Options);
        Assert.Equal(14, market.Participants.Length);
        Assert.Equal(6, market.Resources.Count(resource => resource.Kind == ResourceKind.Solar && resource.NameplateW == 4_000));
        var telemetry = market.Messages.Where(message => message.Record is Telemetry).ToArray();
        Assert.All(telemetry, message =>
        {
            var report = (Telemetry)message.Record;
            var hour = market.Day.LabelOf(report.Interval.StartUnixSeconds).HourEnding - 1;
            var house = int.Parse(message.Sender.Value[2..]) % 2 == 1 ? Shaded : Sunny;
            Assert.Equal(house.SolarKw[hour] * 1e3, report.Rows.OfType<SolarReading>().Sum(row => row.PowerW), 1.0);
            var baseLoadW = report.Rows.OfType<SolarReading>().Sum(row => row.PowerW)
                + (1e3 * RecordedReserve.ControlledKw(report)) - (1e3 * RecordedReserve.NetKw(report));
            Assert.Equal(house.LoadKw[hour] * 1e3, baseLoadW, 5.0);
        });
    }

    [Fact]
    public void Prices_are_the_users()
    {
        var records = RealDataDay.Create(Options).Messages.Select(message => message.Record).ToArray();
        var awards = records.OfType<FifteenMinuteAward>().Select(award => award.Rows.Single().EnergyPriceMicroUsdPerMWh).ToArray();
        Assert.Equal(Options.FifteenMinutePricesUsdPerMWh.Select(price => (long)Math.Round(price * 1e6m)), awards);
        Assert.All(
            records.OfType<DispatchInstruction>().Select(dispatch => dispatch.Rows.Single().EnergyPriceMicroUsdPerMWh),
            (price, step) => Assert.Equal(awards[step / 3], price));
        var dayAhead = records.OfType<DayAheadAward>().Single().Rows;
        Assert.All(
            dayAhead, (row, hour) => Assert.Equal(awards[(4 * hour)..(4 * (hour + 1))].Average(), row.EnergyPriceMicroUsdPerMWh, 1.0));
    }

    [Fact]
    public void A_bid_below_the_markets_price_buys_nothing()
    {
        var dear = Options with { FifteenMinutePricesUsdPerMWh = [.. Enumerable.Repeat(1000.01m, 96)], Houses = [Shaded] };
        var records = RealDataDay.Create(dear).Messages.Take(2).Select(message => message.Record).ToArray();
        Assert.All(((DayAheadBid)records[0]).Rows, row => Assert.True(row.EnergyQuantityW < 0));
        Assert.All(((DayAheadAward)records[1]).Rows, row => Assert.Equal(0, row.EnergyW));
        var atTheCap = RealDataDay.Create(dear with { FifteenMinutePricesUsdPerMWh = [.. Enumerable.Repeat(1000m, 96)] });
        var award = atTheCap.Messages.Select(message => message.Record).OfType<DayAheadAward>().First();
        Assert.Equal(((DayAheadBid)records[0]).Rows.Select(row => row.EnergyQuantityW), award.Rows.Select(row => row.EnergyW));
    }

    [Fact]
    public void Every_value_is_in_its_documented_range_and_the_day_is_the_same_again()
    {
        var market = RealDataDay.Create(Options);
        Assert.All(market.Messages, message => Assert.True(RecordRanges.Holds(message.Record)));
        Assert.Equal(Digest.Of(market.Messages), Digest.Of(RealDataDay.Create(Options).Messages));
    }

    [Fact]
    public void The_report_can_say_where_the_numbers_come_from()
    {
        var origin = RealDataDay.Create(Options).Origin;
        Assert.Contains("2 measured houses (profiles.csv), repeated to 12 prosumers", origin[0]);
        Assert.Contains("prices.csv", origin[1]);
    }

    public static TheoryData<string, Func<RealDataOptions, RealDataOptions>> Unfit => new()
    {
        { "no houses", options => options with { Houses = [] } },
        { "houses missing", options => options with { Houses = default } },
        { "a price too few", options => options with { FifteenMinutePricesUsdPerMWh = options.FifteenMinutePricesUsdPerMWh[1..] } },
        { "a price too large", options => options with { FifteenMinutePricesUsdPerMWh = [.. Enumerable.Repeat(100_001m, 96)] } },
        { "an hour too few", options => options with { Houses = [Shaded with { LoadKw = Shaded.LoadKw[1..] }] } },
        { "sun not a number", options => options with { Houses = [Shaded with { SolarKw = NoSun.SetItem(3, double.NaN) }] } },
        { "negative load", options => options with { Houses = [Shaded with { LoadKw = NoSun.SetItem(3, -0.1) }] } },
        { "no prosumers", options => options with { Prosumers = 0 } },
        { "a day of 25 hours", options => options with { Date = new DateOnly(2020, 11, 1) } },
    };

    [Theory]
    [MemberData(nameof(Unfit), DisableDiscoveryEnumeration = true)]
    public void Create_WithUnfitData_IsRefused(string what, Func<RealDataOptions, RealDataOptions> spoil) =>
        Assert.True(Assert.ThrowsAny<ArgumentException>(() => RealDataDay.Create(spoil(Options))).Message.Length > 0, what);
}
