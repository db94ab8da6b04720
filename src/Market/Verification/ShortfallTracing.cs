using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Finds the devices behind a short hour.</summary>
internal static class ShortfallTracing
{
    private static readonly int CauseCount = Enum.GetValues<ShortfallCause>().Length;

    /// <param name="hour">The hour, from 0.</param>
    /// <param name="shortKw">Its mean shortfall.</param>
    /// <param name="devices">The aggregation's devices.</param>
    /// <param name="day">The day.</param>
    /// <param name="beforeActivation">For each interval the last one before its activation, as <see cref="DeviceReserve.Of"/> takes it.</param>
    /// <param name="worstDevices">Most devices to list.</param>
    public static ShortfallTrace Trace(
        int hour, double shortKw, IEnumerable<DeviceSeries> devices, DayTimeline day, ReadOnlySpan<int?> beforeActivation, int worstDevices)
    {
        var byCause = new double[CauseCount];
        var byKind = new SortedDictionary<ResourceKind, double>();
        var shortfalls = new List<DeviceShortfall>();
        foreach (DeviceSeries device in devices)
        {
            if (!DeviceReserve.IsControlled(device.Resource.ResourceKind)) continue;
            DeviceShortfall shortfall = Trace(hour, device, day, beforeActivation, byCause);
            if (shortfall.UnavailableKw <= 0) continue;
            shortfalls.Add(shortfall);
            byKind[shortfall.ResourceKind] = byKind.GetValueOrDefault(shortfall.ResourceKind) + shortfall.UnavailableKw;
        }
        return new ShortfallTrace(
            hour + 1,
            shortKw,
            [.. shortfalls.OrderByDescending(static item => item.UnavailableKw).ThenBy(static item => item.Resource).Take(worstDevices)],
            [.. byCause.Select(static (kw, cause) => new CauseTotal((ShortfallCause)cause, kw))
                .Where(static total => total.UnavailableKw > 0).OrderByDescending(static total => total.UnavailableKw)],
            [.. byKind.Select(static pair => new ResourceKindTotal(pair.Key, pair.Value)).OrderByDescending(static total => total.UnavailableKw)]);
    }

    private static DeviceShortfall Trace(int hour, DeviceSeries device, DayTimeline day, ReadOnlySpan<int?> beforeActivation, double[] byCause)
    {
        Span<double> causes = stackalloc double[CauseCount];
        (double potential, double shown, double unavailable, double worstKw) = (0, 0, 0, -1);
        (int worst, DeviceReserve worstReserve) = (0, default);
        int first = hour * DayTimeline.IntervalsPerHour;
        for (int index = first; index < first + DayTimeline.IntervalsPerHour; index++)
        {
            DeviceReserve reserve = DeviceReserve.Of(device, index, beforeActivation[index]);
            potential += reserve.PotentialKw;
            shown += reserve.ShownKw;
            unavailable += reserve.UnavailableKw;
            causes[(int)reserve.Cause] += reserve.UnavailableKw;
            if (reserve.UnavailableKw <= worstKw) continue;
            (worstKw, worst, worstReserve) = (reserve.UnavailableKw, index, reserve);
        }
        for (int cause = 0; cause < causes.Length; cause++) byCause[cause] += causes[cause] / DayTimeline.IntervalsPerHour;
        return new DeviceShortfall(
            device.Resource.Resource,
            device.Resource.ResourceKind,
            device.Resource.Owner,
            Largest(causes),
            potential / DayTimeline.IntervalsPerHour,
            shown / DayTimeline.IntervalsPerHour,
            unavailable / DayTimeline.IntervalsPerHour,
            day.Interval(worst),
            worstReserve.Evidence);
    }

    private static ShortfallCause Largest(ReadOnlySpan<double> causes)
    {
        int largest = 0;
        for (int cause = 1; cause < causes.Length; cause++)
            if (causes[cause] > causes[largest]) largest = cause;
        return (ShortfallCause)largest;
    }
}
