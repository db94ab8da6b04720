using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Reserve of one device in one five-minute interval: what it showed, what it could have shown, and what held it back.</summary>
internal readonly record struct DeviceReserve(long ShownMws, double PotentialKw, ShortfallCause Cause, RecordLocation? Evidence)
{
    private const double MwsPerKwInterval = 1e6 * MarketInterval.DispatchSeconds;

    public double ShownKw => ShownMws / MwsPerKwInterval;

    public double UnavailableKw => Math.Max(0, PotentialKw - ShownKw);

    /// <summary>Reserve of a device: headroom in ordinary times, response against the level before in an activation.</summary>
    /// <param name="device">The device.</param>
    /// <param name="intervals">What it reported.</param>
    /// <param name="index">The interval.</param>
    /// <param name="before">The last interval that ends before the activation; null where the interval is under none, −1 where the day begins later.</param>
    public static DeviceReserve Of(DeviceSeries device, ReadOnlySpan<DeviceInterval> intervals, int index, int? before)
    {
        ref readonly DeviceInterval interval = ref intervals[index];
        DeviceInterval reference = before is >= 0 and var last ? intervals[last] : default;
        double referenceKw = reference.HeadroomMws / MwsPerKwInterval;
        if (interval.Evidence is null)
        {
            double potentialKw = before is null ? LastPotentialKw(device, intervals, index) : referenceKw;
            return new(0, potentialKw, ShortfallCause.MissingTelemetry, null);
        }
        bool isComplete = interval.CoveredSeconds == MarketInterval.DispatchSeconds;
        ShortfallCause cause = interval.IsActive ? interval.ResponseLimit : interval.Limit;
        if (!isComplete) cause = ShortfallCause.MissingTelemetry;
        if (!interval.IsActive) return new(interval.HeadroomMws, interval.PotentialKw, cause, interval.Evidence);
        // Without the level before there is nothing to measure a response against.
        if (reference.Evidence is null)
            return new(interval.HeadroomMws, interval.HeadroomMws / MwsPerKwInterval, ShortfallCause.MissingTelemetry, interval.Evidence);
        long shownMws = interval.HeadroomMws + (device.IsControlled ? interval.ResponseMws(reference) : 0);
        return new(shownMws, referenceKw, cause, interval.Evidence);
    }

    /// <summary>What a silent device could show: what it could when it last reported, or its rated power where it is a battery that never did.</summary>
    private static double LastPotentialKw(DeviceSeries device, ReadOnlySpan<DeviceInterval> intervals, int index)
    {
        for (int earlier = index - 1; earlier >= 0; earlier--)
            if (intervals[earlier].Evidence is not null) return intervals[earlier].PotentialKw;
        return device.Kind == ResourceKind.Battery ? device.NameplateW / 1e3 : 0;
    }
}
