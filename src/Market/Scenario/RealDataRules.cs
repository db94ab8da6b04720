using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>What a day of real data must be like.</summary>
internal static class RealDataRules
{
    private const int QuarterHours = DayGrid.Steps / DayGrid.StepsPerQuarterHour;
    private const decimal LargestPriceUsdPerMWh = 100_000m;
    private const double LargestKw = 1_000.0;

    /// <exception cref="ArgumentException">A rule is broken; the message says which and where.</exception>
    public static void Require(RealDataOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Prosumers, 1, nameof(options.Prosumers));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Prosumers, CaseStudyOptions.MaxProsumers, nameof(options.Prosumers));
        RequirePrices(options.FifteenMinutePricesUsdPerMWh);
        if (options.Houses.IsDefaultOrEmpty)
        {
            throw new ArgumentException("There is no house.", nameof(options));
        }

        for (var house = 0; house < options.Houses.Length; house++)
        {
            RequireHours(options.Houses[house].LoadKw, $"Load of house {house + 1}");
            RequireHours(options.Houses[house].SolarKw, $"PV of house {house + 1}");
        }
    }

    private static void RequirePrices(ImmutableArray<decimal> prices)
    {
        if (prices.IsDefault || prices.Length != QuarterHours)
        {
            throw new ArgumentException(
                $"Prices: {(prices.IsDefault ? 0 : prices.Length)} values where the day has {QuarterHours} quarter hours.");
        }

        if (prices.Any(price => Math.Abs(price) > LargestPriceUsdPerMWh))
        {
            throw new ArgumentException($"Prices: a value is beyond ±{LargestPriceUsdPerMWh} $/MWh.");
        }
    }

    private static void RequireHours(ImmutableArray<double> kilowatts, string what)
    {
        if (kilowatts.IsDefault || kilowatts.Length != DayGrid.Hours)
        {
            throw new ArgumentException(
                $"{what}: {(kilowatts.IsDefault ? 0 : kilowatts.Length)} values where the day has {DayGrid.Hours} hours.");
        }

        for (var hour = 0; hour < kilowatts.Length; hour++)
        {
            if (!(kilowatts[hour] is >= 0.0 and <= LargestKw))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{what}: {kilowatts[hour]} kW in hour {hour + 1} is not 0 to {LargestKw}."));
            }
        }
    }
}
