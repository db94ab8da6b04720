namespace DerChain.Cli.Bench;

/// <summary>Repeated measurements of one thing: the median and how far they lie apart.</summary>
/// <param name="Runs">How many there are.</param>
/// <param name="Min">The least.</param>
/// <param name="LowerQuartile">A quarter is not above it.</param>
/// <param name="Median">The middle one, or the mean of the two in the middle.</param>
/// <param name="UpperQuartile">A quarter is not below it.</param>
/// <param name="Max">The greatest.</param>
internal sealed record Spread(int Runs, double Min, double LowerQuartile, double Median, double UpperQuartile, double Max)
{
    /// <summary>The spread of at least one measurement.</summary>
    public static Spread Of(IEnumerable<double> measurements)
    {
        double[] ordered = [.. measurements.Order()];
        return new Spread(ordered.Length, ordered[0], Quantile(ordered, 0.25), Quantile(ordered, 0.5), Quantile(ordered, 0.75), ordered[^1]);
    }

    // Between two measurements, in proportion.
    private static double Quantile(double[] ordered, double share)
    {
        double place = share * (ordered.Length - 1);
        var below = (int)place;
        int above = Math.Min(below + 1, ordered.Length - 1);
        return ordered[below] + (place - below) * (ordered[above] - ordered[below]);
    }
}
