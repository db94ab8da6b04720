using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Chain.Primitives;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>One device over the day: whose it was, and its readings in the order of the chain.</summary>
internal sealed class DeviceSeries(ImmutableArray<ResourceRow> versions)
{
    private readonly List<ReadingSample> _samples = [];

    /// <summary>For each five-minute interval a bit for every slot that a reading has; made at the first.</summary>
    private ulong[]? _occupied;

    public ResourceId Resource => versions[0].Resource;

    public ResourceKind Kind => versions[0].ResourceKind;

    public bool IsControlled => Kind is ResourceKind.Battery or ResourceKind.ChargingStation or ResourceKind.AirConditioner;

    /// <summary>Rated power in its last version, watts.</summary>
    public long NameplateW => versions[^1].NameplateW;

    public Span<ReadingSample> Samples => CollectionsMarshal.AsSpan(_samples);

    /// <summary>The version in force at an instant, or null where there is none.</summary>
    public ResourceRow? At(long unixSeconds)
    {
        for (int index = versions.Length - 1; index >= 0; index--)
            if (versions[index].EffectiveFromUnixSeconds <= unixSeconds) return versions[index].IsRevoked ? null : versions[index];
        return null;
    }

    /// <summary>The owner at an instant, where the device is one of the aggregator's then.</summary>
    public Address? OwnerIn(Registry registry, Address aggregator, long unixSeconds) =>
        At(unixSeconds) is { } row && registry.AggregatorAt(row.Owner, unixSeconds) == aggregator ? row.Owner : null;

    /// <summary>The first reading that has one of the sample's slots, or −1.</summary>
    public int FindOverlap(in ReadingSample sample)
    {
        if (_occupied is null || (_occupied[sample.Interval] & sample.Mask) == 0) return -1;
        Span<ReadingSample> samples = Samples;
        for (int index = 0; index < samples.Length; index++)
            if (!samples[index].IsReplaced && samples[index].Interval == sample.Interval && (samples[index].Mask & sample.Mask) != 0) return index;
        return -1;
    }

    public void Add(in ReadingSample sample, int intervalsOfDay)
    {
        if (_occupied is null)
        {
            _occupied = new ulong[intervalsOfDay];
            // A reading for each interval, and those of each minute under an activation.
            _samples.EnsureCapacity(intervalsOfDay + intervalsOfDay / 4);
        }
        _occupied[sample.Interval] |= sample.Mask;
        _samples.Add(sample);
    }

    /// <summary>Makes room for a correction of one record, and takes the uses from its readings that the correction has.</summary>
    public void Replace(ReadingRecord record, ReadingUse use)
    {
        foreach (ref ReadingSample sample in Samples)
        {
            if (sample.Record != record) continue;
            sample.Use &= ~use;
            sample.IsReplaced = true;
            _occupied![sample.Interval] &= ~sample.Mask;
        }
    }

    /// <summary>The readings of one record count for nothing: they are treated as missing.</summary>
    public void Exclude(ReadingRecord record)
    {
        foreach (ref ReadingSample sample in Samples)
            if (sample.Record == record) sample.Use = ReadingUse.None;
    }

    /// <summary>Energy of some slots in watt-seconds, + injection; and for how many of their seconds there is a reading.</summary>
    public (long EnergyWs, int Seconds) EnergyOf(int firstSlot, int slots)
    {
        (long energyWs, int seconds) = (0, 0);
        foreach (ref readonly ReadingSample sample in Samples)
        {
            if ((sample.Use & ReadingUse.Evidence) == 0) continue;
            int common = Math.Min(sample.FirstSlot + sample.Slots, firstSlot + slots) - Math.Max(sample.FirstSlot, firstSlot);
            if (common <= 0) continue;
            energyWs += sample.LevelW * common * DayTimeline.SlotSeconds;
            seconds += common * DayTimeline.SlotSeconds;
        }
        return (energyWs, seconds);
    }

    /// <summary>The last reading in some slots that is evidence, or null.</summary>
    public ReadingRecord? EvidenceIn(int firstSlot, int slots)
    {
        (ReadingRecord? record, int last) = (null, -1);
        foreach (ref readonly ReadingSample sample in Samples)
        {
            bool isThere = sample.FirstSlot < firstSlot + slots && sample.FirstSlot + sample.Slots > firstSlot;
            if ((sample.Use & ReadingUse.Evidence) != 0 && isThere && sample.FirstSlot > last) (record, last) = (sample.Record, sample.FirstSlot);
        }
        return record;
    }
}
