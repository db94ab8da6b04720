using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Reserve of one device in one five-minute interval: what it showed, what it could have shown, and what held it back. Milliwatt-seconds, so that sums
/// do not depend on the order of the devices.</summary>
internal readonly record struct DeviceReserve(long ShownMws, long PotentialMws, ShortfallCause Cause, RecordLocation? Evidence)
{
    public long UnavailableMws => Math.Max(0, PotentialMws - ShownMws);

    /// <summary>Reserve of a device: headroom in ordinary times, response against the level before in an activation.</summary>
    /// <param name="device">The device.</param>
    /// <param name="intervals">What it reported.</param>
    /// <param name="index">The interval.</param>
    /// <param name="before">The last interval that ends before the activation; null where the interval is under none, −1 where the day begins later.</param>
    public static DeviceReserve Of(DeviceSeries device, ReadOnlySpan<DeviceInterval> intervals, int index, int? before)
    {
        ref readonly DeviceInterval interval = ref intervals[index];
        DeviceInterval reference = before is >= 0 and var last ? intervals[last] : default;
        if (interval.Evidence is null)
        {
            long potentialMws = before is null ? LastPotentialMws(device, intervals, index) : reference.HeadroomMws;
            return new(0, potentialMws, ShortfallCause.MissingTelemetry, null);
        }
        bool isComplete = interval.CoveredSeconds == MarketInterval.DispatchSeconds;
        ShortfallCause cause = interval.IsActive ? interval.ResponseLimit : interval.Limit;
        if (!isComplete) cause = ShortfallCause.MissingTelemetry;
        if (!interval.IsActive) return new(interval.HeadroomMws, interval.PotentialMws, cause, interval.Evidence);
        // Without the level before there is nothing to measure a response against.
        if (reference.Evidence is null)
            return new(interval.HeadroomMws, interval.HeadroomMws, ShortfallCause.MissingTelemetry, interval.Evidence);
        long shownMws = interval.HeadroomMws + (device.IsControlled ? interval.ResponseMws(reference) : 0);
        return new(shownMws, reference.HeadroomMws, cause, interval.Evidence);
    }

    /// <summary>What a silent device could show: what it could when it last reported, or its rated power where it is a battery that never did.</summary>
    private static long LastPotentialMws(DeviceSeries device, ReadOnlySpan<DeviceInterval> intervals, int index)
    {
        for (int earlier = index - 1; earlier >= 0; earlier--)
            if (intervals[earlier].Evidence is not null) return intervals[earlier].PotentialMws;
        return device.Kind == ResourceKind.Battery ? device.NameplateW * 1000 * MarketInterval.DispatchSeconds : 0;
    }
}
