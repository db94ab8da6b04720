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

    private readonly Int128[] _byCauseMws = new Int128[CauseCount];
    private readonly SortedDictionary<ResourceKind, Int128> _byKindMws = [];
    private readonly List<DeviceShortfall> _shortfalls = [];

    public void Add(DeviceSeries device, ReadOnlySpan<DeviceInterval> intervals, Registry registry, Address aggregator)
    {
        Span<long> causes = stackalloc long[CauseCount];
        (long potential, long shown, long unavailable, long worstMws) = (0, 0, 0, -1);
        (int worst, DeviceReserve worstReserve, Address? lastOwner) = (0, default, null);
        int first = hour * DayTimeline.IntervalsPerHour;
        for (int index = first; index < first + DayTimeline.IntervalsPerHour; index++)
        {
            if (device.OwnerIn(registry, aggregator, day.Interval(index).StartUnixSeconds) is not { } owner) continue;
            lastOwner = owner;
            DeviceReserve reserve = DeviceReserve.Of(device, intervals, index, position.LastBeforeActivation(index));
            potential += reserve.PotentialMws;
            shown += reserve.ShownMws;
            unavailable += reserve.UnavailableMws;
            causes[(int)reserve.Cause] += reserve.UnavailableMws;
            if (reserve.UnavailableMws <= worstMws) continue;
            (worstMws, worst, worstReserve) = (reserve.UnavailableMws, index, reserve);
        }
        if (lastOwner is not { } prosumer) return;
        for (int cause = 0; cause < causes.Length; cause++) _byCauseMws[cause] += causes[cause];
        if (unavailable <= 0) return;
        _byKindMws[device.Kind] = _byKindMws.GetValueOrDefault(device.Kind) + unavailable;
        _shortfalls.Add(new DeviceShortfall(
            device.Resource,
            device.Kind,
            prosumer,
            Largest(causes),
            MeanKw(potential),
            MeanKw(shown),
            MeanKw(unavailable),
            day.Interval(worst),
            worstReserve.Evidence));
    }

    /// <param name="worstDevices">Most devices to list.</param>
    public ShortfallTrace Result(int worstDevices) => new(
        hour + 1,
        shortKw,
        [.. _shortfalls.OrderByDescending(static item => item.UnavailableKw).ThenBy(static item => item.Resource).Take(worstDevices)],
        [.. _byCauseMws.Select(static (mws, cause) => new CauseTotal((ShortfallCause)cause, MeanKw(mws)))
            .Where(static total => total.UnavailableKw > 0).OrderByDescending(static total => total.UnavailableKw)],
        [.. _byKindMws.Select(static pair => new ResourceKindTotal(pair.Key, MeanKw(pair.Value))).OrderByDescending(static total => total.UnavailableKw)]);

    private static double MeanKw(Int128 mws) => (double)mws / (1e6 * MarketInterval.HourSeconds);

    private static ShortfallCause Largest(ReadOnlySpan<long> causes)
    {
        int largest = 0;
        for (int cause = 1; cause < causes.Length; cause++)
            if (causes[cause] > causes[largest]) largest = cause;
        return (ShortfallCause)largest;
    }
}
