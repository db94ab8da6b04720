using System.Collections.Immutable;

namespace DerChain.Market.Verification;

/// <summary>What the aggregation would have done without the activation (docs/spec/market.md, 2.4).</summary>
public enum BaselineMethod
{
    /// <summary>It would have stayed at its level before the activation.</summary>
    PreEventLevel,

    /// <summary>It would have followed its dispatch.</summary>
    ScheduledDispatch,

    /// <summary>It would have done as on the mean of ten like days before, adjusted to the day.</summary>
    TenOfTen,

    /// <summary>It would have drawn the load it had declared with its bid.</summary>
    DeclaredLoad,

    /// <summary>It would have moved as others did that were not called.</summary>
    ControlGroup,
}

/// <summary>A baseline that runs on through the activation: a level beside every metered one. The level before the activation needs none: it follows from the meters.</summary>
public sealed class DeliveryBaseline
{
    /// <summary>Largest adjustment of a ten-of-ten baseline to the day, either way.</summary>
    private const double LargestAdjustment = 0.2;

    private const int LikeDays = 10;

    private DeliveryBaseline(BaselineMethod method, ImmutableArray<double?> levelsKw) => (Method, LevelsKw) = (method, levelsKw);

    /// <summary>How it was made.</summary>
    public BaselineMethod Method { get; }

    /// <summary>Net power of the aggregation, kW, + injection, in the steps of the metered levels; null where it is not known.</summary>
    public ImmutableArray<double?> LevelsKw { get; }

    /// <summary>The dispatch.</summary>
    /// <param name="dispatchKw">E^rtd at each step, kW, + injection; null where there is none.</param>
    public static DeliveryBaseline ScheduledDispatch(ImmutableArray<double?> dispatchKw) => new(BaselineMethod.ScheduledDispatch, dispatchKw);

    /// <summary>The declared load.</summary>
    /// <param name="loadKw">L at each step, kW ≥ 0; null where none was declared.</param>
    public static DeliveryBaseline DeclaredLoad(ImmutableArray<double?> loadKw) =>
        new(BaselineMethod.DeclaredLoad, [.. loadKw.Select(static load => -load)]);

    /// <summary>Ten like days, adjusted to the day.</summary>
    /// <param name="daysKw">For each of the ten days its net power at each step, kW, + injection; null where it is not known.</param>
    /// <param name="adjustment">Factor by <see cref="DayAdjustment"/>.</param>
    /// <exception cref="ArgumentException">There are not ten days, or they differ in length.</exception>
    public static DeliveryBaseline TenOfTen(ImmutableArray<ImmutableArray<double?>> daysKw, double adjustment)
    {
        if (daysKw.IsDefault || daysKw.Length != LikeDays || daysKw.Any(day => day.Length != daysKw[0].Length))
            throw new ArgumentException($"A ten-of-ten baseline takes {LikeDays} days of one length.", nameof(daysKw));
        return new(
            BaselineMethod.TenOfTen,
            [.. Enumerable.Range(0, daysKw[0].Length).Select(step => adjustment * daysKw.Aggregate((double?)0, (sum, day) => sum + day[step]) / LikeDays)]);
    }

    /// <summary>Factor that adjusts a baseline to the day: metered power over baseline in the hours that end an hour before the activation, from 0.8 to 1.2; 1 where
    /// the baseline is 0 there.</summary>
    /// <param name="actualKw">Metered power, kW.</param>
    /// <param name="baselineKw">Baseline, kW, by the same sign.</param>
    public static double DayAdjustment(double actualKw, double baselineKw) =>
        baselineKw == 0 ? 1 : Math.Clamp(actualKw / baselineKw, 1 - LargestAdjustment, 1 + LargestAdjustment);

    /// <summary>Others that were not called: the level before the activation, moved by what they moved since.</summary>
    /// <param name="startKw">Level of the aggregation before the activation, kW, + injection.</param>
    /// <param name="controlStartKw">Level of the others at that time, kW, + injection.</param>
    /// <param name="controlKw">Their level at each step, kW, + injection; null where it is not known.</param>
    /// <param name="scale">Size of the aggregation over the size of the others, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not positive.</exception>
    public static DeliveryBaseline ControlGroup(double startKw, double controlStartKw, ImmutableArray<double?> controlKw, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        return new(BaselineMethod.ControlGroup, [.. controlKw.Select(level => startKw + (level - controlStartKw) * scale)]);
    }

    /// <summary>How far each metered level lies above the baseline: what was delivered. Null where either is not known.</summary>
    /// <exception cref="ArgumentException">There is not a level of the baseline for each.</exception>
    internal ImmutableArray<double?> Above(ImmutableArray<double?> levelsKw) =>
        LevelsKw.Length == levelsKw.Length
            ? [.. levelsKw.Select((level, step) => level - LevelsKw[step])]
            : throw new ArgumentException($"The baseline has {LevelsKw.Length} levels for {levelsKw.Length} metered ones.", nameof(levelsKw));
}
