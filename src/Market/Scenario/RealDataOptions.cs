using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>A day of one house, from measurements.</summary>
/// <param name="LoadKw">Mean load per hour of the trading day, kW; 24 values of 0 to 1,000. What is measured as kWh per hour is
/// this.</param>
/// <param name="SolarKw">Mean power of its panels per hour, kW; 24 values of 0 to 1,000. The largest stands for their rated power; all
/// zero: no panels.</param>
public sealed record HouseProfile(ImmutableArray<double> LoadKw, ImmutableArray<double> SolarKw);

/// <summary>A day of the market on a user's own prices and houses.</summary>
public sealed record RealDataOptions
{
    /// <summary>The trading date, with 24 hours in <see cref="CaseStudy.TimeZone"/>.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Energy price of the fifteen-minute market per quarter hour of the trading day, $/MWh; 96 values of −100,000 to
    /// 100,000.</summary>
    public required ImmutableArray<decimal> FifteenMinutePricesUsdPerMWh { get; init; }

    /// <summary>Measured houses, at least one; they repeat in this order to the fleet's size.</summary>
    public required ImmutableArray<HouseProfile> Houses { get; init; }

    /// <summary>Where the prices come from, for the report: a file name, a market and node.</summary>
    public required string PricesSource { get; init; }

    /// <summary>Where the profiles come from, for the report.</summary>
    public required string ProfilesSource { get; init; }

    /// <summary>Number of prosumers, all of them homes; 1 to <see cref="CaseStudyOptions.MaxProsumers"/>.</summary>
    public int Prosumers { get; init; } = 200;

    /// <summary>What every random number follows from.</summary>
    public ulong Seed { get; init; } = CaseStudyOptions.ReferenceSeed;

    /// <summary>The ISO calls spinning reserve, 00:30 to 01:00 and 17:25 to 18:00.</summary>
    public bool Activations { get; init; } = true;
}
