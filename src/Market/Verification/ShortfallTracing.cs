using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Finds the devices behind one short hour: they are shown to it one after the other.</summary>
/// <param name="hour">The hour, from 0.</param>
/// <param name="shortKw">Its mean shortfall.</param>
/// <param name="day">The day.</param>
/// <param name="position">The activations.</param>
internal sealed class ShortfallTracing(int hour, double shortKw, DayTimeline day, MarketPosition position)
{
    private static readonly int CauseCount = Enum.GetValues<ShortfallCause>().Length;

    private readonly double[] _byCause = new double[CauseCount];
    private readonly SortedDictionary<ResourceKind, double> _byKind = [];
    private readonly List<DeviceShortfall> _shortfalls = [];

    public void Add(DeviceSeries device, ReadOnlySpan<DeviceInterval> intervals, Registry registry, Address aggregator)
    {
        Span<double> causes = stackalloc double[CauseCount];
        (double potential, double shown, double unavailable, double worstKw) = (0, 0, 0, -1);
        (int worst, DeviceReserve worstReserve, Address? lastOwner) = (0, default, null);
        int first = hour * DayTimeline.IntervalsPerHour;
        for (int index = first; index < first + DayTimeline.IntervalsPerHour; index++)
        {
            if (device.OwnerIn(registry, aggregator, day.Interval(index).StartUnixSeconds) is not { } owner) continue;
            lastOwner = owner;
            DeviceReserve reserve = DeviceReserve.Of(device, intervals, index, position.LastBeforeActivation(index));
            potential += reserve.PotentialKw;
            shown += reserve.ShownKw;
            unavailable += reserve.UnavailableKw;
            causes[(int)reserve.Cause] += reserve.UnavailableKw;
            if (reserve.UnavailableKw <= worstKw) continue;
            (worstKw, worst, worstReserve) = (reserve.UnavailableKw, index, reserve);
        }
        if (lastOwner is not { } prosumer) return;
        for (int cause = 0; cause < causes.Length; cause++) _byCause[cause] += causes[cause] / DayTimeline.IntervalsPerHour;
        if (unavailable <= 0) return;
        _byKind[device.Kind] = _byKind.GetValueOrDefault(device.Kind) + unavailable / DayTimeline.IntervalsPerHour;
        _shortfalls.Add(new DeviceShortfall(
            device.Resource,
            device.Kind,
            prosumer,
            Largest(causes),
            potential / DayTimeline.IntervalsPerHour,
            shown / DayTimeline.IntervalsPerHour,
            unavailable / DayTimeline.IntervalsPerHour,
            day.Interval(worst),
            worstReserve.Evidence));
    }

    /// <param name="worstDevices">Most devices to list.</param>
    public ShortfallTrace Result(int worstDevices) => new(
        hour + 1,
        shortKw,
        [.. _shortfalls.OrderByDescending(static item => item.UnavailableKw).ThenBy(static item => item.Resource).Take(worstDevices)],
        [.. _byCause.Select(static (kw, cause) => new CauseTotal((ShortfallCause)cause, kw))
            .Where(static total => total.UnavailableKw > 0).OrderByDescending(static total => total.UnavailableKw)],
        [.. _byKind.Select(static pair => new ResourceKindTotal(pair.Key, pair.Value)).OrderByDescending(static total => total.UnavailableKw)]);

    private static ShortfallCause Largest(ReadOnlySpan<double> causes)
    {
        int largest = 0;
        for (int cause = 1; cause < causes.Length; cause++)
            if (causes[cause] > causes[largest]) largest = cause;
        return (ShortfallCause)largest;
    }
}
