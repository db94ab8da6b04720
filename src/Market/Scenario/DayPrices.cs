using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>Market prices of a day, in micro-dollars per MWh (energy) and per MW and hour (reserve).</summary>
/// <param name="DayAheadEnergy">Per hour.</param>
/// <param name="DayAheadSpin">Spinning reserve, per hour; also the price of reserve in the fifteen-minute market.</param>
/// <param name="FifteenMinuteEnergy">Per quarter hour.</param>
/// <param name="DispatchEnergy">Per five-minute step.</param>
internal sealed record DayPrices(
    ImmutableArray<long> DayAheadEnergy,
    ImmutableArray<long> DayAheadSpin,
    ImmutableArray<long> FifteenMinuteEnergy,
    ImmutableArray<long> DispatchEnergy);

/// <summary>Prices like those of a Californian summer day; not market data.</summary>
/// <remarks>Source: docs/spec/market.md, 5.2 and 5.3. The size of a spike and of a negative price are choices of this project: the draw that
/// decides on one also gives its size.</remarks>
internal static class IllustrativePrices
{
    private const double FifteenMinuteDeviation = 0.08;
    private const double DispatchDeviation = 0.15;
    private const double SpikeProbability = 0.02;
    private const double NegativeProbability = 0.01;
    private const int QuarterHours = DayGrid.Steps / DayGrid.StepsPerQuarterHour;

    private static readonly ImmutableArray<double> EnergyDollars =
        [42, 40, 38, 37, 38, 42, 46, 40, 31, 26, 24, 25, 27, 31, 37, 46, 58, 82, 128, 138, 104, 74, 58, 48];

    private static readonly ImmutableArray<double> SpinDollars =
        [4, 4, 3, 3, 3, 4, 5, 5, 4, 4, 4, 5, 6, 7, 9, 12, 17, 28, 42, 45, 30, 14, 8, 5];

    /// <summary>Prices of spinning reserve: no full day of market data was found for them.</summary>
    public static ImmutableArray<long> Spin { get; } = InMicros(SpinDollars);

    /// <summary>Draws the real-time prices about the day-ahead ones: one normal draw per quarter hour, one per step, then per step a draw
    /// for spikes, then per step a draw for negative prices.</summary>
    public static DayPrices Draw(ulong seed)
    {
        var random = new SplitMix64(seed);
        var fifteenMinute = new double[QuarterHours];
        for (var quarter = 0; quarter < QuarterHours; quarter++)
        {
            fifteenMinute[quarter] = EnergyDollars[quarter / 4] * (1.0 + (FifteenMinuteDeviation * random.Normal(0.0, 1.0)));
        }

        var dispatch = new double[DayGrid.Steps];
        for (var step = 0; step < dispatch.Length; step++)
        {
            dispatch[step] = fifteenMinute[step / DayGrid.StepsPerQuarterHour] * (1.0 + (DispatchDeviation * random.Normal(0.0, 1.0)));
        }

        ReplaceSome(dispatch, SpikeProbability, rank => 250.0 + (250.0 * rank), random);
        ReplaceSome(dispatch, NegativeProbability, rank => (-20.0 * rank) - 1.0, random);
        return new DayPrices(InMicros(EnergyDollars), Spin, InMicros(fifteenMinute), InMicros(dispatch));
    }

    // Where the draw falls under the probability, its place there (0 to 1) gives the price.
    private static void ReplaceSome(double[] prices, double probability, Func<double, double> price, SplitMix64 random)
    {
        for (var step = 0; step < prices.Length; step++)
        {
            var draw = random.Uniform();
            if (draw < probability)
            {
                prices[step] = price(draw / probability);
            }
        }
    }

    private static ImmutableArray<long> InMicros(IEnumerable<double> dollars) => [.. dollars.Select(ScaledInteger.Micros)];
}
