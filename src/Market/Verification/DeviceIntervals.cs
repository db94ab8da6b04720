using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Adds up the readings of one device after another, in room for one device alone.</summary>
internal sealed class DeviceIntervals(DayTimeline day, MarketPosition position, Address aggregator)
{
    private readonly DeviceInterval[] _intervals = new DeviceInterval[day.IntervalCount];
    private readonly (int Slot, uint Session)[] _endSessions = new (int, uint)[day.IntervalCount];

    /// <summary>The five-minute intervals of a device. They hold until the next device is asked for.</summary>
    public ReadOnlySpan<DeviceInterval> Of(DeviceSeries device)
    {
        Array.Clear(_intervals);
        bool hasSessions = device.Kind == ResourceKind.ChargingStation;
        if (hasSessions) FindEndSessions(device);
        foreach (ref readonly ReadingSample sample in device.Samples)
        {
            if ((sample.Use & ReadingUse.Evidence) == 0 || sample.Record.Receiver != aggregator) continue;
            bool isActive = position.IsActive(day.StartUnixSeconds + sample.FirstSlot * DayTimeline.SlotSeconds);
            bool isOfEndSession = !hasSessions || _endSessions[sample.Interval].Session == sample.Session;
            _intervals[sample.Interval].Add(sample, isActive, isOfEndSession);
        }
        return _intervals;
    }

    private void FindEndSessions(DeviceSeries device)
    {
        Array.Fill(_endSessions, (-1, 0u));
        foreach (ref readonly ReadingSample sample in device.Samples)
            if ((sample.Use & ReadingUse.Evidence) != 0 && sample.FirstSlot > _endSessions[sample.Interval].Slot)
                _endSessions[sample.Interval] = (sample.FirstSlot, sample.Session);
    }
}
