using System.Collections.Immutable;
using System.Globalization;
using DerChain.Market.Quantities;

namespace DerChain.RecordFiles;

/// <summary>Fifteen-minute energy prices of one node, from a user's file.</summary>
internal sealed class PriceFile
{
    private const decimal LargestPriceUsdPerMWh = 100_000m;
    private const int MostNamed = 5;

    private static readonly ImmutableArray<string> Columns = ["interval_start_utc", "node", "lmp_usd_per_mwh"];

    private readonly string _file;
    private readonly Dictionary<long, decimal> _prices;

    private PriceFile(string file, string node, Dictionary<long, decimal> prices)
    {
        _file = file;
        _prices = prices;
        Source = $"{file}, node {node}";
    }

    /// <summary>File and node, for a report.</summary>
    public string Source { get; }

    /// <summary>The UTC dates on which there are prices, and the dates before: every local date west of Greenwich is one of them.</summary>
    public IEnumerable<DateOnly> Dates => _prices.Keys
        .Select(static instant => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(instant).UtcDateTime))
        .SelectMany(static date => new[] { date.AddDays(date > DateOnly.MinValue ? -1 : 0), date }).Distinct().Order();

    /// <summary>Reads the prices of a node; null where there is a problem.</summary>
    public static PriceFile? Read(string path, string? node, ProblemList problems)
    {
        long before = problems.Count;
        string name = Path.GetFileName(path);
        var nodes = new SortedDictionary<string, Dictionary<long, decimal>>(StringComparer.Ordinal);
        using var file = new CsvReader(path, Columns, allowsOthers: true, problems);
        while (file.NextRow())
        {
            (long start, string at, decimal price) = (file.Instant(), file.Text(), file.MeasuredDollars(LargestPriceUsdPerMWh));
            if (file.Refusals == 0 && (node is null || at == node)) Add(nodes, file, start, at, price);
        }

        if (problems.Count > before) return null;
        if (nodes.Count == 1) return new PriceFile(name, nodes.Keys.Single(), nodes.Values.Single());
        string several = $"has {nodes.Count} nodes, of which one must be chosen: {Some(nodes.Keys)}";
        problems.Add(name, 0, "node", node, nodes.Count == 0 ? "has no prices" : several);
        return null;
    }

    /// <summary>Prices of a day's quarter hours in $/MWh; null where not all are there.</summary>
    public ImmutableArray<decimal>? Of(TradingDay day) =>
        day.QuarterHours.All(quarter => _prices.ContainsKey(quarter.StartUnixSeconds))
            ? [.. day.QuarterHours.Select(quarter => _prices[quarter.StartUnixSeconds])]
            : null;

    /// <summary>Says which quarter hours of a day are missing.</summary>
    public void ReportMissing(TradingDay day, ProblemList problems)
    {
        IEnumerable<long> starts = day.QuarterHours.Select(static quarter => quarter.StartUnixSeconds);
        long[] missing = [.. starts.Where(start => !_prices.ContainsKey(start))];
        if (missing.Length == 0) return;
        string quarters = $"{missing.Length} of the {day.QuarterHours.Length} quarter hours of {day.Date:yyyy-MM-dd}";
        problems.Add(_file, 0, Columns[0], null, $"lacks {quarters}: {Some(missing.Select(Instant))}");
    }

    private static void Add(
        SortedDictionary<string, Dictionary<long, decimal>> nodes, CsvReader file, long start, string node, decimal price)
    {
        if (!nodes.TryGetValue(node, out Dictionary<long, decimal>? prices)) nodes.Add(node, prices = []);
        if (start % MarketInterval.CommitmentSeconds != 0)
            file.Refuse(Columns[0], "does not start a quarter hour");
        else if (!prices.TryAdd(start, price))
            file.Refuse(Columns[0], "has a price of this node on an earlier line already");
    }

    private static string Some(IEnumerable<string> values) =>
        string.Join(", ", values.Take(MostNamed)) + (values.Skip(MostNamed).Any() ? ", …" : "");

    private static string Instant(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString(Cells.InstantFormat, CultureInfo.InvariantCulture);
}
