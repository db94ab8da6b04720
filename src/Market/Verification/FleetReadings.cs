using System.Runtime.InteropServices;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>One registered device and what it reported in each five-minute interval.</summary>
internal sealed record DeviceSeries(ResourceRow Resource, int Index, DeviceInterval[] Intervals);

/// <summary>The day's readings, added up as they come: power of the meters per aggregator, reserve and level of every other device.</summary>
internal sealed class FleetReadings
{
    private readonly Registry _registry;
    private readonly DayTimeline _day;
    private readonly VerificationOptions _options;
    private readonly List<VerificationProblem> _problems;
    private readonly Dictionary<ResourceId, DeviceSeries> _devices = [];
    private readonly Dictionary<Address, MeterSeries> _meters = [];

    /// <summary>What each reading said, by device and first slot.</summary>
    private readonly Dictionary<long, ulong> _fingerprints = [];

    public FleetReadings(Registry registry, DayTimeline day, VerificationOptions options, List<VerificationProblem> problems)
    {
        (_registry, _day, _options, _problems) = (registry, day, options, problems);
        foreach (ResourceRow resource in registry.ResourceRows.GroupBy(static row => row.Resource).Select(static rows => rows.Last()))
            _devices.Add(resource.Resource, new DeviceSeries(resource, _devices.Count, new DeviceInterval[day.IntervalCount]));
    }

    /// <summary>Readings that were on the chain already, word for word.</summary>
    public long Repeated { get; private set; }

    /// <summary>The devices of an aggregator's prosumers in ascending order of resource id.</summary>
    public IEnumerable<DeviceSeries> DevicesOf(Address aggregator) =>
        _devices.Values.Where(device => _registry.AggregatorAt(device.Resource.Owner, _day.StartUnixSeconds) == aggregator);

    public MeterSeries MetersOf(Address aggregator) => _meters.TryGetValue(aggregator, out MeterSeries? meters) ? meters : new MeterSeries(_day);

    /// <summary>What a meter stands for: its rating, or 1 where none is registered.</summary>
    public static long WeightOf(ResourceRow meter) => Math.Max(1, meter.NameplateW);

    public void Add(LedgerEntry entry, Telemetry telemetry, bool isActive)
    {
        if (!_day.Contains(telemetry.Interval)) return;
        if (!_day.TrySlots(telemetry.Interval, out int firstSlot, out int slots))
            Report(VerificationRule.MisalignedInterval, $"Readings for {telemetry.Interval.StartUnixSeconds} do not lie on the day's grid.", entry);
        else if (entry.Location.BlockUnixSeconds > telemetry.Interval.EndUnixSeconds + _options.ObservationSeconds)
            Report(VerificationRule.LateTelemetry,
                $"Readings for {telemetry.Interval.StartUnixSeconds} are in a block of {entry.Location.BlockUnixSeconds}.", entry);
        else
            foreach (TelemetryRow row in telemetry.Rows) Add(entry, telemetry, row, firstSlot, slots, isActive);
    }

    private void Add(LedgerEntry entry, Telemetry telemetry, TelemetryRow row, int firstSlot, int slots, bool isActive)
    {
        if (Find(entry, row) is not { } device || !IsNew(entry, telemetry, row, device, firstSlot)) return;
        // What is estimated is no evidence that reserve was there, only of energy (docs/spec/market.md, 2.7).
        if ((telemetry.Quality & TelemetryQuality.Estimated) != 0 && row is not MeterReading) return;
        ref DeviceInterval interval = ref device.Intervals[firstSlot / DayTimeline.SlotsPerInterval];
        int slot = firstSlot % DayTimeline.SlotsPerInterval;
        if (!interval.TryClaim(slot, slots))
        {
            Report(VerificationRule.Conflict, $"A reading of {row.Resource} for {telemetry.Interval.StartUnixSeconds} overlaps another.", entry);
            return;
        }
        ReserveHeadroom headroom = ReserveHeadroom.Of(row, telemetry.Interval.StartUnixSeconds, _options);
        interval.Add(slot, slots, ReserveHeadroom.LevelW(row), headroom, isActive, entry.Location);
        if (row is MeterReading meter) AddMeter(device.Resource, meter, firstSlot, slots);
    }

    private void AddMeter(ResourceRow resource, MeterReading meter, int firstSlot, int slots)
    {
        if (_registry.AggregatorAt(resource.Owner, _day.StartUnixSeconds) is not { } aggregator) return;
        if (!_meters.TryGetValue(aggregator, out MeterSeries? meters))
            _meters.Add(aggregator, meters = new MeterSeries(_day));
        meters.Add(firstSlot, slots, meter.NetPowerW, WeightOf(resource));
    }

    private DeviceSeries? Find(LedgerEntry entry, TelemetryRow row)
    {
        if (!_devices.TryGetValue(row.Resource, out DeviceSeries? device))
            Report(VerificationRule.UnknownResource, $"Resource {row.Resource} is not registered.", entry);
        else if (device.Resource.Owner != entry.Sender)
            Report(VerificationRule.ForeignResource, $"Resource {row.Resource} does not belong to {entry.Sender}.", entry);
        else if (device.Resource.ResourceKind != row.ResourceKind)
            Report(VerificationRule.WrongResourceKind,
                $"Resource {row.Resource} is registered as {device.Resource.ResourceKind}, not as {row.ResourceKind}.", entry);
        else
            return device;
        return null;
    }

    private bool IsNew(LedgerEntry entry, Telemetry telemetry, TelemetryRow row, DeviceSeries device, int firstSlot)
    {
        ulong fingerprint = ReadingFingerprint.Of(row, telemetry.Interval.DurationSeconds);
        long key = (long)device.Index << 32 | (uint)firstSlot;
        ref ulong first = ref CollectionsMarshal.GetValueRefOrAddDefault(_fingerprints, key, out bool isKnown);
        if (!isKnown)
            first = fingerprint;
        else if (first == fingerprint)
            Repeated++;
        else
            Report(VerificationRule.Conflict,
                $"A reading of {row.Resource} for {telemetry.Interval.StartUnixSeconds} differs from the first one on the chain.", entry);
        return !isKnown;
    }

    private void Report(VerificationRule rule, string message, LedgerEntry entry) => _problems.Add(new(rule, message, entry.Location));
}
