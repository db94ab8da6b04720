using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>Reserve that an aggregation's devices showed in each interval: by prosumer, no more than it may export, and in sum.</summary>
internal sealed class FleetReserve
{
    private readonly DayTimeline _day;
    private readonly Int128[] _shownMws;
    private readonly long[] _coveredSeconds;
    private readonly long[] _expectedSeconds;
    private readonly SortedDictionary<Address, long[]> _byProsumer = [];
    private readonly Dictionary<Address, long> _capacityW = [];

    public FleetReserve(
        DayTimeline day, Registry registry, Address aggregator, MarketPosition position, IReadOnlyList<DeviceSeries> devices, FleetMeters meters)
    {
        _day = day;
        _shownMws = new Int128[day.IntervalCount];
        _coveredSeconds = new long[day.Hours.Length];
        _expectedSeconds = new long[day.Hours.Length];
        var intervals = new DeviceIntervals(day, position, aggregator);
        foreach (DeviceSeries device in devices)
            if (device.Kind != ResourceKind.Meter) Add(device, intervals.Of(device), position, registry, aggregator);
        foreach (DeviceSeries meter in devices)
            if (meter.Kind == ResourceKind.Meter) Cap(meter, registry, aggregator, position, meters);
        foreach (long[] shown in _byProsumer.Values)
            for (int index = 0; index < shown.Length; index++) _shownMws[index] += shown[index];
    }

    /// <summary>SRavail of an interval, kW.</summary>
    public double ShownKw(int interval) => (double)_shownMws[interval] / (1e6 * MarketInterval.DispatchSeconds);

    /// <summary>Prosumers with devices other than a meter, in ascending order of account.</summary>
    public IEnumerable<Address> Prosumers => _byProsumer.Keys;

    /// <summary>SR_a: reserve that a prosumer showed in each interval, milliwatt-seconds.</summary>
    public ReadOnlySpan<long> ShownMwsOf(Address prosumer) => _byProsumer.TryGetValue(prosumer, out long[]? shown) ? shown : new long[_day.IntervalCount];

    /// <summary>Rated power of a prosumer's controlled devices, watts.</summary>
    public long CapacityWOf(Address prosumer) => _capacityW.GetValueOrDefault(prosumer);

    /// <summary>Share of the time of an hour that the controlled devices reported, 0 to 1.</summary>
    public double ControlledCoverage(int hour) => _expectedSeconds[hour] == 0 ? 0 : (double)_coveredSeconds[hour] / _expectedSeconds[hour];

    private void Add(DeviceSeries device, ReadOnlySpan<DeviceInterval> intervals, MarketPosition position, Registry registry, Address aggregator)
    {
        bool isCounted = false;
        for (int index = 0; index < intervals.Length; index++)
        {
            if (device.OwnerIn(registry, aggregator, _day.Interval(index).StartUnixSeconds) is not { } owner) continue;
            if (!_byProsumer.TryGetValue(owner, out long[]? shown)) _byProsumer.Add(owner, shown = new long[_day.IntervalCount]);
            shown[index] += DeviceReserve.Of(device, intervals, index, position.LastBeforeActivation(index)).ShownMws;
            if (!device.IsControlled) continue;
            _expectedSeconds[index / DayTimeline.IntervalsPerHour] += MarketInterval.DispatchSeconds;
            _coveredSeconds[index / DayTimeline.IntervalsPerHour] += intervals[index].CoveredSeconds;
            if (!isCounted) _capacityW[owner] = _capacityW.GetValueOrDefault(owner) + device.NameplateW;
            isCounted = true;
        }
    }

    // The interconnection bounds what the devices behind it could export; a response is already measured (docs/spec/market.md, 2.3).
    private void Cap(DeviceSeries meter, Registry registry, Address aggregator, MarketPosition position, FleetMeters meters)
    {
        for (int index = 0; index < _day.IntervalCount; index++)
        {
            long start = _day.Interval(index).StartUnixSeconds;
            if (meter.At(start)?.Parameters is not MeterParameters { ExportLimitW: var limitW }) continue;
            if (meter.OwnerIn(registry, aggregator, start) is not { } owner || !_byProsumer.TryGetValue(owner, out long[]? shown)) continue;
            if (position.LastBeforeActivation(index) is not null) continue;
            long roomMws = (limitW * MarketInterval.DispatchSeconds - meters.EnergyWsOf(owner)[index]) * 1000;
            shown[index] = Math.Clamp(shown[index], 0, Math.Max(0, roomMws));
        }
    }
}
