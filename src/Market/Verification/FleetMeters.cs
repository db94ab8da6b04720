using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Net power of an aggregation's meters, twice: as energy, with substitutes for what is missing, and as evidence, measured and in time.</summary>
internal sealed class FleetMeters
{
    private readonly DayTimeline _day;
    private readonly Registry _registry;
    private readonly Address _aggregator;
    private readonly int _substitutedIntervals;
    private readonly long[] _expectedWeight;
    private readonly bool[] _isEstimated;
    private readonly Dictionary<Address, long[]> _byProsumer = [];

    public FleetMeters(DayTimeline day, Registry registry, Address aggregator, IEnumerable<DeviceSeries> devices, VerificationOptions options)
    {
        (_day, _registry, _aggregator, _substitutedIntervals) = (day, registry, aggregator, options.SubstitutedIntervals);
        _expectedWeight = new long[day.IntervalCount];
        _isEstimated = new bool[day.IntervalCount];
        Energy = new MeterSeries(day);
        Evidence = new MeterSeries(day);
        var own = new (ulong Covered, long EnergyWs)[day.IntervalCount];
        foreach (DeviceSeries meter in devices)
            if (meter.Kind == ResourceKind.Meter) Add(meter, own);
    }

    public MeterSeries Energy { get; }

    public MeterSeries Evidence { get; }

    /// <summary>What the registered meters stand for in an interval.</summary>
    public long ExpectedWeight(int interval) => _expectedWeight[interval];

    /// <summary>True where a part of the energy of an interval was substituted.</summary>
    public bool IsEstimated(int interval) => _isEstimated[interval];

    /// <summary>Metered energy of a prosumer in each interval, watt-seconds.</summary>
    public ReadOnlySpan<long> EnergyWsOf(Address prosumer) => _byProsumer.TryGetValue(prosumer, out long[]? energy) ? energy : new long[_day.IntervalCount];

    /// <param name="meter">The meter.</param>
    /// <param name="own">Room for what it reported in each interval: its slots, and the energy in them.</param>
    private void Add(DeviceSeries meter, (ulong Covered, long EnergyWs)[] own)
    {
        Array.Clear(own);
        foreach (ref readonly ReadingSample sample in meter.Samples)
        {
            if (sample.Record.Receiver != _aggregator) continue;
            long weight = WeightOf(meter);
            if ((sample.Use & ReadingUse.Evidence) != 0) Evidence.Add(sample.FirstSlot, sample.Slots, sample.LevelW, weight);
            if ((sample.Use & ReadingUse.Energy) == 0) continue;
            Energy.Add(sample.FirstSlot, sample.Slots, sample.LevelW, weight);
            OfProsumer(sample.Record.Prosumer)[sample.Interval] += sample.LevelW * sample.Seconds;
            own[sample.Interval].Covered |= sample.Mask;
            own[sample.Interval].EnergyWs += sample.LevelW * sample.Seconds;
        }
        Substitute(meter, own);
    }

    // A gap inside an interval takes the mean of the rest; a silent interval takes the last level, for a few intervals (docs/spec/market.md, 2.7).
    private void Substitute(DeviceSeries meter, ReadOnlySpan<(ulong Covered, long EnergyWs)> own)
    {
        const ulong Full = (1UL << DayTimeline.SlotsPerInterval) - 1;
        (int lastGood, long lastLevelW) = (-1, 0);
        for (int index = 0; index < own.Length; index++)
        {
            if (meter.OwnerIn(_registry, _aggregator, _day.Interval(index).StartUnixSeconds) is not { } owner) continue;
            _expectedWeight[index] += WeightOf(meter);
            (ulong covered, long energyWs) = own[index];
            int slots = System.Numerics.BitOperations.PopCount(covered);
            if (slots > 0) (lastGood, lastLevelW) = (index, energyWs / (slots * DayTimeline.SlotSeconds));
            if (covered == Full || lastGood < 0 || index - lastGood > _substitutedIntervals) continue;
            _isEstimated[index] = true;
            for (int slot = 0; slot < DayTimeline.SlotsPerInterval; slot++)
                if ((covered & 1UL << slot) == 0) Energy.Substitute(index * DayTimeline.SlotsPerInterval + slot, lastLevelW);
            OfProsumer(owner)[index] += lastLevelW * (DayTimeline.SlotsPerInterval - slots) * DayTimeline.SlotSeconds;
        }
    }

    private long[] OfProsumer(Address prosumer)
    {
        if (!_byProsumer.TryGetValue(prosumer, out long[]? energy)) _byProsumer.Add(prosumer, energy = new long[_day.IntervalCount]);
        return energy;
    }

    /// <summary>What a meter stands for: its rating, or 1 where none is registered.</summary>
    private static long WeightOf(DeviceSeries meter) => Math.Max(1, meter.NameplateW);
}
