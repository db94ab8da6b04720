using DerChain.Market.Scenario;
using DerChain.RecordFiles;

namespace DerChain.Tests.RecordFiles;

public sealed class PriceAndProfileTests : IDisposable
{
    private static readonly string[] Houses = ["House A", "House B"];

    private readonly TemporaryFolder _folder = new();

    public PriceAndProfileTests() => Directory.CreateDirectory(_folder.Path);

    private string Prices => Path.Combine(_folder.Path, "prices.csv");

    private string Profiles => Path.Combine(_folder.Path, "profiles.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_date_complete_in_both_files_is_taken()
    {
        WritePrices(new DateTime(2020, 8, 1, 12, 0, 0, DateTimeKind.Utc), 300);
        WriteProfiles();
        RealDataOptions options = Read(new PriceAndProfileOptions { Prosumers = 4, Seed = 9 }).Value!;
        Assert.Equal(new DateOnly(2020, 8, 2), options.Date);
        Assert.Equal(96, options.FifteenMinutePricesUsdPerMWh.Length);
        Assert.Equal(76.5m, options.FifteenMinutePricesUsdPerMWh[0]);
        Assert.Equal(2, options.Houses.Length);
        Assert.Equal(Enumerable.Range(1, 24).Select(hour => 2 + (hour / 100.0)), options.Houses[0].LoadKw);
        Assert.Equal(Enumerable.Repeat(0.5, 24), options.Houses[1].SolarKw);
        Assert.Equal(("prices.csv, node N1", "profiles.csv"), (options.PricesSource, options.ProfilesSource));
        Assert.Equal(6, RealDataDay.Create(options).Participants.Length);
    }

    [Fact]
    public void What_a_chosen_date_lacks_is_said()
    {
        WritePrices(new DateTime(2020, 8, 1, 12, 0, 0, DateTimeKind.Utc), 300);
        WriteProfiles();
        FileReading<RealDataOptions> reading = Read(new PriceAndProfileOptions { Date = new DateOnly(2020, 8, 4) });
        Assert.Equal(
            ["profiles.csv: hour_ending: lacks for House A on day 08-04 the hours ending 23, 24 (days are counted from the first change of month)",
                "profiles.csv: hour_ending: lacks for House B on day 08-04 the hours ending 23, 24 (days are counted from the first change of month)",
                "prices.csv: interval_start_utc: lacks 64 of the 96 quarter hours of 2020-08-04: 2020-08-04T15:00:00Z, 2020-08-04T15:15:00Z, "
                + "2020-08-04T15:30:00Z, 2020-08-04T15:45:00Z, 2020-08-04T16:00:00Z, …"],
            reading.Problems.OrderByDescending(problem => problem.File).Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_day_of_25_hours_is_refused()
    {
        WritePrices(new DateTime(2020, 8, 1, 12, 0, 0, DateTimeKind.Utc), 300);
        WriteProfiles();
        FileReading<RealDataOptions> reading = Read(new PriceAndProfileOptions { Date = new DateOnly(2020, 11, 1) });
        Assert.Contains(reading.Problems, problem => problem.Reason == "is no day of 24 hours in America/Los_Angeles");
    }

    [Fact]
    public void No_date_complete_in_both_is_one_problem()
    {
        WritePrices(new DateTime(2020, 9, 1, 12, 0, 0, DateTimeKind.Utc), 300);
        WriteProfiles();
        FileProblem problem = Assert.Single(Read(new PriceAndProfileOptions()).Problems);
        Assert.Contains("has no day whose 24 hours are complete", problem.Reason);
    }

    [Fact]
    public void A_node_must_be_chosen_where_there_are_several()
    {
        File.WriteAllLines(Prices, ["node,interval_start_utc,lmp_usd_per_mwh", "N2,2020-08-01T12:00:00Z,1", "N1,2020-08-01T12:00:00Z,1"]);
        WriteProfiles();
        Assert.Equal("prices.csv: node: has 2 nodes, of which one must be chosen: N1, N2", Assert.Single(Read(new PriceAndProfileOptions()).Problems).ToString());
        Assert.Equal("prices.csv: node 'N3': has no prices", Assert.Single(Read(new PriceAndProfileOptions { Node = "N3" }).Problems).ToString());
    }

    [Fact]
    public void Problems_of_both_files_are_listed_with_line_and_column()
    {
        File.WriteAllLines(
            Prices,
            ["interval_start_utc,node,lmp_usd_per_mwh", "2020-08-01T12:00:00Z,N1,1", "2020-08-01T12:00:00Z,N1,2", "2020-08-01T12:07:00Z,N1,2",
                "2020-08-01T12:15:00Z,N1,100001", "yesterday,N1,NaN"]);
        File.WriteAllLines(
            Profiles,
            ["building,month,hour_ending,load_kwh,pv_kwh", "A,7,23,1,0", "A,7,24,-1,0", "A,13,25,1,0", "A,8,1,1,x", "A,8,2,1e-05,0", "A,8,4,1,0"]);
        Assert.Equal(
            [
                "prices.csv:3: interval_start_utc '2020-08-01T12:00:00Z': has a price of this node on an earlier line already",
                "prices.csv:4: interval_start_utc '2020-08-01T12:07:00Z': does not start a quarter hour",
                "prices.csv:5: lmp_usd_per_mwh '100001': is not between -100000 and 100000",
                "prices.csv:6: interval_start_utc 'yesterday': is not an instant in UTC from 1970 on, such as 2021-07-15T07:05:00Z",
                "prices.csv:6: lmp_usd_per_mwh 'NaN': is not a decimal number with a point",
                "profiles.csv:3: load_kwh '-1': is not between 0 and 1000",
                "profiles.csv:4: month '13': is not a month of 1 to 12",
                "profiles.csv:4: hour_ending '25': is not an hour of 1 to 24",
                "profiles.csv:5: pv_kwh 'x': is not a decimal number with a point",
                "profiles.csv:7: hour_ending '4': does not follow hour 2 of the row of this building before",
            ],
            Read(new PriceAndProfileOptions()).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_problem()
    {
        WriteProfiles();
        Assert.StartsWith("cannot be read: ", Assert.Single(Read(new PriceAndProfileOptions()).Problems).Reason);
    }

    [Fact]
    public void Real_prices_and_houses_make_a_day_that_files_can_hold()
    {
        string? data = Environment.GetEnvironmentVariable("DERCHAIN_DATA");
        Assert.SkipWhen(data is null, "DERCHAIN_DATA names no folder with real prices and profiles.");
        FileReading<RealDataOptions> reading = PriceAndProfileFiles.Read(
            Path.Combine(data, "caiso_fmm_15min_2020_08.csv"),
            Path.Combine(data, "citylearn2022_load_pv_hourly.csv"),
            new PriceAndProfileOptions { Prosumers = 10 });
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems));
        Assert.Equal(new DateOnly(2020, 8, 10), reading.Value.Date);
        Assert.Equal(5, reading.Value.Houses.Length);
        MarketDay day = RealDataDay.Create(reading.Value);
        string target = Path.Combine(_folder.Path, "real");
        MarketDayFiles.Write(day, reading.Value.Seed, 222_200, target);
        Assert.Equal(day.Messages.Count(), MarketDayFiles.Read(target).Value!.Day.Messages.Count());
    }

    private FileReading<RealDataOptions> Read(PriceAndProfileOptions options) => PriceAndProfileFiles.Read(Prices, Profiles, options);

    // The price of quarter hour q after the start is q dollars and a half.
    private void WritePrices(DateTime start, int quarters) => File.WriteAllLines(
        Prices,
        Enumerable.Range(0, quarters).Select(quarter => $"{start.AddMinutes(15 * quarter):yyyy-MM-dd'T'HH:mm:ss'Z'},N1,{quarter}.5,x")
            .Prepend("interval_start_utc,node,lmp_usd_per_mwh,remark"));

    // From the last hour of July to hour 22 of 4 August; load is the day and the hour as hundredths.
    private void WriteProfiles() => File.WriteAllLines(
        Profiles,
        Houses.SelectMany(house => Enumerable.Range(0, 94)
            .Select(index => $"{house},8,{(index % 24) + 1},{(index / 24) + 1}.{(index % 24) + 1:00},0.5")
            .Prepend($"{house},7,24,1,0"))
            .Prepend("building,month,hour_ending,load_kwh,pv_kwh"));
}
