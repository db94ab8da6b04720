using DerChain.Market.Quantities;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>Makes the options of a day of real data from a user's own market prices and house profiles.</summary>
/// <remarks>Formats: docs/record-files.md, "Prices and profiles".</remarks>
public static class PriceAndProfileFiles
{
    private static readonly DateOnly Earliest = new(1970, 1, 4);
    private static readonly DateOnly Latest = new(9999, 12, 30);

    /// <summary>Reads both files for one date: whatever they hold, this does not throw.</summary>
    /// <param name="pricesPath">CSV of fifteen-minute prices: interval_start_utc, node, lmp_usd_per_mwh; other columns are skipped.</param>
    /// <param name="profilesPath">CSV of hourly profiles: building, month, hour_ending, load_kwh, pv_kwh; other columns are skipped. Month
    /// and hour are those of the market's clock; the year does not matter.</param>
    /// <param name="options">Which day to make.</param>
    /// <returns>Options for <see cref="RealDataDay.Create"/>, or every problem of both files.</returns>
    public static FileReading<RealDataOptions> Read(string pricesPath, string profilesPath, PriceAndProfileOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(pricesPath);
        ArgumentException.ThrowIfNullOrEmpty(profilesPath);
        ArgumentNullException.ThrowIfNull(options);
        var problems = new ProblemList();
        PriceFile? prices = Open(pricesPath, path => PriceFile.Read(path, options.Node, problems), problems);
        ProfileFile? profiles = Open(profilesPath, path => ProfileFile.Read(path, problems), problems);
        RealDataOptions? day = prices is null || profiles is null ? null : Day(prices, profiles, options, problems);
        return day is null ? FileReading<RealDataOptions>.Refused(problems) : FileReading<RealDataOptions>.Of(day);
    }

    private static T? Open<T>(string path, Func<string, T?> read, ProblemList problems)
        where T : class
    {
        try
        {
            return read(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(path, 0, null, null, $"cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private static RealDataOptions? Day(PriceFile prices, ProfileFile profiles, PriceAndProfileOptions options, ProblemList problems)
    {
        if (options.Date is { } date)
        {
            if (Day(date, prices, profiles, options) is { } chosen) return chosen;
            ReportMissing(date, prices, profiles, problems);
            return null;
        }

        IEnumerable<RealDataOptions?> days = prices.Dates.Select(each => Day(each, prices, profiles, options));
        if (days.FirstOrDefault(static day => day is not null) is { } first) return first;
        string reason = $"has no day whose 24 hours are complete for every building and in the prices ({prices.Source})";
        problems.Add(profiles.Name, 0, null, null, reason);
        return null;
    }

    private static RealDataOptions? Day(DateOnly date, PriceFile prices, ProfileFile profiles, PriceAndProfileOptions options) =>
        profiles.Of(date) is { } houses && TradingDayOf(date) is { } day && prices.Of(day) is { } dollars
            ? new RealDataOptions
            {
                Date = date,
                FifteenMinutePricesUsdPerMWh = dollars,
                Houses = houses,
                PricesSource = prices.Source,
                ProfilesSource = profiles.Name,
                Prosumers = options.Prosumers,
                Seed = options.Seed,
                Activations = options.Activations,
            }
            : null;

    private static void ReportMissing(DateOnly date, PriceFile prices, ProfileFile profiles, ProblemList problems)
    {
        profiles.ReportMissing(date, problems);
        if (TradingDayOf(date) is { } day)
            prices.ReportMissing(day, problems);
        else
            problems.Add(profiles.Name, 0, null, $"{date:yyyy-MM-dd}", $"is no day of 24 hours in {CaseStudy.TimeZone}");
    }

    private static TradingDay? TradingDayOf(DateOnly date)
    {
        if (date < Earliest || date > Latest) return null;
        var day = new TradingDay(date, CaseStudy.TimeZone);
        return day.EndUnixSeconds - day.StartUnixSeconds == 24 * MarketInterval.HourSeconds ? day : null;
    }
}
