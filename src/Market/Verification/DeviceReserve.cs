using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Reserve of one device in one five-minute interval: what it showed, what it could have shown, and what held it back.</summary>
internal readonly record struct DeviceReserve(double ShownKw, double PotentialKw, ShortfallCause Cause, RecordLocation? Evidence)
{
    public double UnavailableKw => Math.Max(0, PotentialKw - ShownKw);

    /// <summary>True for the devices that commands go to: battery, charging station, air conditioner (docs/spec/market.md, 2.3).</summary>
    public static bool IsControlled(ResourceKind kind) =>
        kind is ResourceKind.Battery or ResourceKind.ChargingStation or ResourceKind.AirConditioner;

    /// <summary>Reserve of a device: headroom in ordinary times, response against the level before in an activation.</summary>
    /// <param name="device">The device.</param>
    /// <param name="index">The interval.</param>
    /// <param name="before">The last interval that ends before the activation; null where the interval is under none, −1 where the day begins later.</param>
    public static DeviceReserve Of(DeviceSeries device, int index, int? before)
    {
        ref readonly DeviceInterval interval = ref device.Intervals[index];
        DeviceInterval reference = before is >= 0 and var last ? device.Intervals[last] : default;
        if (interval.Evidence is null)
        {
            double potentialKw = before is null ? LastPotentialKw(device, index) : reference.HeadroomKw;
            return new(0, potentialKw, ShortfallCause.MissingTelemetry, null);
        }
        bool isComplete = interval.CoveredSeconds == MarketInterval.DispatchSeconds;
        ShortfallCause cause = interval.IsActive ? interval.ResponseLimit : interval.Limit;
        if (!isComplete) cause = ShortfallCause.MissingTelemetry;
        if (!interval.IsActive) return new(interval.HeadroomKw, interval.PotentialKw, cause, interval.Evidence);
        // Without the level before there is nothing to measure a response against.
        if (reference.Evidence is null) return new(interval.HeadroomKw, interval.HeadroomKw, ShortfallCause.MissingTelemetry, interval.Evidence);
        double shownKw = interval.HeadroomKw + (IsControlled(device.Resource.ResourceKind) ? interval.ResponseKw(reference.LevelKw) : 0);
        return new(shownKw, reference.HeadroomKw, cause, interval.Evidence);
    }

    /// <summary>What a silent device could show: what it could when it last reported, or its rated power where it is a battery that never did.</summary>
    private static double LastPotentialKw(DeviceSeries device, int index)
    {
        for (int earlier = index - 1; earlier >= 0; earlier--)
            if (device.Intervals[earlier].Evidence is not null) return device.Intervals[earlier].PotentialKw;
        return device.Resource.ResourceKind == ResourceKind.Battery ? device.Resource.NameplateW / 1e3 : 0;
    }
}
