using System.Collections.Immutable;

namespace DerChain.Market.Verification;

/// <summary>Delivery of one activation against a baseline, in kW.</summary>
/// <param name="RequestedKw">R_req: reserve called.</param>
/// <param name="StartKw">P0: level at the start, + injection; of a baseline that runs on, 0.</param>
/// <param name="ReachedKw">P10: level ten minutes after the start; of a baseline that runs on, its distance from it.</param>
/// <param name="SustainedKw">S: response from the eleventh minute on by the rule in force, or null where the activation is shorter than that.</param>
/// <param name="CreditedKw">Response that is credited, uncapped: R10 where it was sustained, otherwise S.</param>
/// <remarks>Source: docs/spec/market.md, 2.4. For an aggregation whose own load rises or falls steeply, the level before is a biased baseline.</remarks>
public sealed record DeliveryAssessment(double RequestedKw, double StartKw, double ReachedKw, double? SustainedKw, double CreditedKw)
{
    /// <summary>What it was measured against.</summary>
    public BaselineMethod Baseline { get; init; } = BaselineMethod.PreEventLevel;

    /// <summary>R10: response after ten minutes, kW.</summary>
    public double TenMinuteResponseKw => ReachedKw - StartKw;

    /// <summary>Credited response, from 0 to what was requested, kW.</summary>
    public double CappedKw => Math.Min(RequestedKw, Math.Max(0, CreditedKw));

    /// <summary>What was requested and not credited, kW ≥ 0.</summary>
    public double ShortfallKw => Math.Max(0, RequestedKw - CreditedKw);

    /// <summary>The same in whole watts, as it is charged.</summary>
    public long ShortfallW => (long)Math.Round(ShortfallKw * 1e3, MidpointRounding.ToEven);
}

/// <summary>Verification of the delivery on an activation (docs/spec/market.md, 2.4).</summary>
public static class ActivationDelivery
{
    /// <summary>Minutes after the start at which the response is measured.</summary>
    private const int RampMinutes = 10;

    /// <summary>Last minute after the start that counts as sustained response.</summary>
    private const int LastSustainedMinute = 30;

    /// <summary>Five-minute intervals that the ten minutes take.</summary>
    private const int RampIntervals = 2;

    /// <summary>Assesses an activation from minute data.</summary>
    /// <param name="minutesKw">Mean net power of each minute, kW, + injection; null where too little is reported. Element 0 is P₋₁, the last but one minute
    /// before the start, element 1 is P₀, and so on to the minute after the end.</param>
    /// <param name="durationMinutes">Length of the activation in whole minutes, ≥ 1.</param>
    /// <param name="requestedKw">R_req, kW ≥ 0.</param>
    /// <param name="options">When and how a response counts as sustained.</param>
    /// <param name="baseline">What it is measured against; null for the level before the activation.</param>
    /// <returns>The assessment, or null where a level that it needs was not reported.</returns>
    /// <exception cref="ArgumentException">There are not <paramref name="durationMinutes"/> + 3 minutes, or not as many levels of the baseline.</exception>
    public static DeliveryAssessment? AssessMinutes(
        ImmutableArray<double?> minutesKw, int durationMinutes, double requestedKw, VerificationOptions options, DeliveryBaseline? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(durationMinutes, 1);
        if (minutesKw.IsDefault || minutesKw.Length != durationMinutes + 3)
            throw new ArgumentException($"An activation of {durationMinutes} minutes needs {durationMinutes + 3} minutes of data.", nameof(minutesKw));

        bool isLong = durationMinutes > RampMinutes;
        int middle = isLong ? RampMinutes : durationMinutes;
        ImmutableArray<double?> levels = baseline?.Above(minutesKw) ?? minutesKw;
        double? start = baseline is null ? Extreme(levels, -1, 1, Math.Min) : 0;
        double? reached = Extreme(levels, middle - 1, middle + 1, Math.Max);
        ImmutableArray<double?> tail = isLong ? Minutes(levels, RampMinutes + 1, Math.Min(durationMinutes, LastSustainedMinute)) : [];
        return Assess(requestedKw, start, reached, tail, options) is { } delivery ? delivery with { Baseline = MethodOf(baseline) } : null;
    }

    /// <summary>Assesses an activation from five-minute data, where no minute data is on the chain.</summary>
    /// <param name="intervalsKw">Mean net power of each five-minute interval, kW, + injection; null where too little is reported. Element 0 is the last
    /// interval before the start.</param>
    /// <param name="requestedKw">R_req, kW ≥ 0.</param>
    /// <param name="options">When and how a response counts as sustained.</param>
    /// <param name="baseline">What it is measured against; null for the level before the activation.</param>
    /// <returns>The assessment, or null where a level that it needs was not reported.</returns>
    /// <exception cref="ArgumentException">The baseline has not as many levels.</exception>
    public static DeliveryAssessment? AssessIntervals(
        ImmutableArray<double?> intervalsKw, double requestedKw, VerificationOptions options, DeliveryBaseline? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (intervalsKw.IsDefault || intervalsKw.Length < 2) return null;
        ImmutableArray<double?> levels = baseline?.Above(intervalsKw) ?? intervalsKw;
        int reachedAt = Math.Min(RampIntervals, levels.Length - 1);
        double? start = baseline is null ? levels[0] : 0;
        ImmutableArray<double?> tail = reachedAt == RampIntervals ? levels[reachedAt..] : [];
        return Assess(requestedKw, start, levels[reachedAt], tail, options) is { } delivery ? delivery with { Baseline = MethodOf(baseline) } : null;
    }

    /// <param name="requestedKw">R_req.</param>
    /// <param name="start">P0.</param>
    /// <param name="reached">P10.</param>
    /// <param name="tail">What follows the ramp; empty where the activation ends with it.</param>
    /// <param name="options">When and how a response counts as sustained.</param>
    private static DeliveryAssessment? Assess(
        double requestedKw, double? start, double? reached, ImmutableArray<double?> tail, VerificationOptions options)
    {
        if (start is not { } startKw || reached is not { } reachedKw) return null;
        double response = reachedKw - startKw;
        if (tail.IsEmpty) return new(requestedKw, startKw, reachedKw, null, response);
        if ((options.SustainRule == SustainRule.EndLevel ? tail[^1] : Mean(tail)) is not { } level) return null;
        double sustained = level - startKw;
        if (options.SustainRule == SustainRule.EndLevel)
            return new(requestedKw, startKw, reachedKw, sustained, Math.Min(response, sustained));
        double ratio = response > 0 ? sustained / response : 0;
        return new(requestedKw, startKw, reachedKw, sustained, ratio >= options.SustainedResponsePpm / 1e6 ? response : sustained);
    }

    private static BaselineMethod MethodOf(DeliveryBaseline? baseline) => baseline?.Method ?? BaselineMethod.PreEventLevel;

    private static double? Extreme(ImmutableArray<double?> minutes, int first, int last, Func<double, double, double> pick)
    {
        double? extreme = null;
        for (int minute = first; minute <= last; minute++)
            if (minutes[minute + 1] is { } kw) extreme = extreme is { } best ? pick(best, kw) : kw;
        return extreme;
    }

    private static ImmutableArray<double?> Minutes(ImmutableArray<double?> minutes, int first, int last) => minutes.Slice(first + 1, last - first + 1);

    private static double? Mean(ImmutableArray<double?> levels)
    {
        double[] known = [.. levels.Where(static kw => kw.HasValue).Select(static kw => kw!.Value)];
        return known.Length == 0 ? null : known.Average();
    }
}
