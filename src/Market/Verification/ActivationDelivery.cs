using System.Collections.Immutable;

namespace DerChain.Market.Verification;

/// <summary>Delivery of one activation against the level before it (baseline <c>PreEventLevel</c>), in kW.</summary>
/// <param name="RequestedKw">R_req: reserve called.</param>
/// <param name="StartKw">P0: level at the start, + injection.</param>
/// <param name="ReachedKw">P10: level ten minutes after the start.</param>
/// <param name="SustainedKw">S: mean response from the eleventh minute on, or null where the activation is shorter than that.</param>
/// <param name="CreditedKw">Response that is credited, uncapped: R10 where it was sustained, otherwise S.</param>
/// <remarks>Source: docs/spec/market.md, 2.4. For an aggregation whose own load rises or falls steeply, the level before is a biased baseline.</remarks>
public sealed record DeliveryAssessment(double RequestedKw, double StartKw, double ReachedKw, double? SustainedKw, double CreditedKw)
{
    /// <summary>R10: response after ten minutes, kW.</summary>
    public double TenMinuteResponseKw => ReachedKw - StartKw;

    /// <summary>Credited response, from 0 to what was requested, kW.</summary>
    public double CappedKw => Math.Min(RequestedKw, Math.Max(0, CreditedKw));

    /// <summary>What was requested and not credited, kW ≥ 0.</summary>
    public double ShortfallKw => Math.Max(0, RequestedKw - CreditedKw);
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
    /// <param name="options">Ratio from which a response counts as sustained.</param>
    /// <returns>The assessment, or null where a level that it needs was not reported.</returns>
    /// <exception cref="ArgumentException">There are not <paramref name="durationMinutes"/> + 3 minutes.</exception>
    public static DeliveryAssessment? AssessMinutes(
        ImmutableArray<double?> minutesKw, int durationMinutes, double requestedKw, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(durationMinutes, 1);
        if (minutesKw.IsDefault || minutesKw.Length != durationMinutes + 3)
            throw new ArgumentException($"An activation of {durationMinutes} minutes needs {durationMinutes + 3} minutes of data.", nameof(minutesKw));

        bool isLong = durationMinutes > RampMinutes;
        int middle = isLong ? RampMinutes : durationMinutes;
        double? start = Extreme(minutesKw, -1, 1, Math.Min);
        double? reached = Extreme(minutesKw, middle - 1, middle + 1, Math.Max);
        double? sustained = isLong ? Mean(minutesKw, RampMinutes + 1, Math.Min(durationMinutes, LastSustainedMinute)) : null;
        return isLong && sustained is null ? null : Assess(requestedKw, start, reached, sustained, options);
    }

    /// <summary>Assesses an activation from five-minute data, where no minute data is on the chain.</summary>
    /// <param name="intervalsKw">Mean net power of each five-minute interval, kW, + injection; null where too little is reported. Element 0 is the last
    /// interval before the start.</param>
    /// <param name="requestedKw">R_req, kW ≥ 0.</param>
    /// <param name="options">Ratio from which a response counts as sustained.</param>
    /// <returns>The assessment, or null where a level that it needs was not reported.</returns>
    public static DeliveryAssessment? AssessIntervals(ImmutableArray<double?> intervalsKw, double requestedKw, VerificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (intervalsKw.IsDefault || intervalsKw.Length < 2) return null;
        int reachedAt = Math.Min(RampIntervals, intervalsKw.Length - 1);
        double? start = intervalsKw[0];
        double? sustained = reachedAt == RampIntervals ? Mean([.. intervalsKw.Skip(reachedAt)]) : null;
        return reachedAt == RampIntervals && sustained is null
            ? null
            : Assess(requestedKw, start, intervalsKw[reachedAt], sustained, options);
    }

    private static DeliveryAssessment? Assess(
        double requestedKw, double? start, double? reached, double? sustainedLevel, VerificationOptions options)
    {
        if (start is not { } startKw || reached is not { } reachedKw) return null;
        double response = reachedKw - startKw;
        if (sustainedLevel is not { } level) return new(requestedKw, startKw, reachedKw, null, response);
        double sustained = level - startKw;
        double ratio = response > 0 ? sustained / response : 0;
        return new(requestedKw, startKw, reachedKw, sustained, ratio >= options.SustainedResponsePpm / 1e6 ? response : sustained);
    }

    private static double? Extreme(ImmutableArray<double?> minutes, int first, int last, Func<double, double, double> pick)
    {
        double? extreme = null;
        for (int minute = first; minute <= last; minute++)
            if (minutes[minute + 1] is { } kw) extreme = extreme is { } best ? pick(best, kw) : kw;
        return extreme;
    }

    private static double? Mean(ImmutableArray<double?> minutes, int first, int last) =>
        Mean(minutes.Slice(first + 1, last - first + 1));

    private static double? Mean(ImmutableArray<double?> levels)
    {
        double[] known = [.. levels.Where(static kw => kw.HasValue).Select(static kw => kw!.Value)];
        return known.Length == 0 ? null : known.Average();
    }
}
