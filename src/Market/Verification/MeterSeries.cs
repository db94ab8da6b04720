namespace DerChain.Market.Verification;

/// <summary>M: net power of the meters of one aggregation, summed for every slot of five seconds of the day. Sums are integers, so they are exact.</summary>
internal sealed class MeterSeries(DayTimeline day)
{
    private readonly long[] _powerW = new long[day.SlotCount];
    private readonly long[] _weight = new long[day.SlotCount];
    private readonly short[] _longestReading = new short[day.SlotCount];

    /// <summary>Adds one reading; the weight says how much of the fleet's metering it stands for.</summary>
    public void Add(int firstSlot, int slots, long powerW, long weight)
    {
        for (int slot = firstSlot; slot < firstSlot + slots; slot++)
        {
            _powerW[slot] += powerW;
            _weight[slot] += weight;
            _longestReading[slot] = Math.Max(_longestReading[slot], (short)slots);
        }
    }

    /// <summary>Power that stands for a missing reading: it counts as energy, not as coverage.</summary>
    public void Substitute(int slot, long powerW) => _powerW[slot] += powerW;

    /// <summary>Energy of some slots, watt-seconds.</summary>
    public long EnergyWs(int firstSlot, int slots)
    {
        long sum = 0;
        for (int slot = firstSlot; slot < firstSlot + slots; slot++) sum += _powerW[slot];
        return sum * DayTimeline.SlotSeconds;
    }

    /// <summary>Mean power of some slots, kW.</summary>
    public double MeanKw(int firstSlot, int slots) => EnergyWs(firstSlot, slots) / 1e3 / (slots * DayTimeline.SlotSeconds);

    /// <summary>Share of the expected weight that reported over some slots, 0 to 1; 0 where nothing is expected.</summary>
    public double Coverage(int firstSlot, int slots, long expectedWeight)
    {
        if (expectedWeight == 0) return 0;
        double sum = 0;
        for (int slot = firstSlot; slot < firstSlot + slots; slot++) sum += _weight[slot];
        return sum / slots / expectedWeight;
    }

    /// <summary>True where every slot was reported in readings of at most so many slots.</summary>
    public bool IsResolved(int firstSlot, int slots, int readingSlots) =>
        !_longestReading.AsSpan(firstSlot, slots).ContainsAnyExceptInRange((short)1, (short)readingSlots);
}
