using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>The day's readings, each kept in a few bytes beside its device, so that a later record can still take one's place or its credit away.</summary>
internal sealed class FleetReadings(Registry registry, DayTimeline day, VerificationOptions options, List<VerificationProblem> problems)
{
    private readonly Dictionary<ResourceId, DeviceSeries> _devices =
        registry.ResourceRows.GroupBy(static row => row.Resource).ToDictionary(static rows => rows.Key, static rows => new DeviceSeries([.. rows]));

    private readonly Dictionary<Hash256, ReadingRecord> _records = [];

    /// <summary>Readings that were on the chain already, word for word.</summary>
    public long Repeated { get; private set; }

    /// <summary>All devices in ascending order of resource id.</summary>
    public IEnumerable<DeviceSeries> Devices => _devices.Values.OrderBy(static device => device.Resource);

    public void Add(LedgerEntry entry, Telemetry telemetry)
    {
        if (!day.Contains(telemetry.Interval) || !IsOnGrid(entry, telemetry)) return;
        var record = new ReadingRecord(entry, ProsumerOf(entry.Sender), telemetry.Interval);
        _records.TryAdd(record.Hash, record);
        Add(entry, record, telemetry);
    }

    public void Add(LedgerEntry entry, Correction correction, Telemetry telemetry)
    {
        if (!day.Contains(telemetry.Interval) || !IsOnGrid(entry, telemetry)) return;
        if (!_records.TryGetValue(correction.Corrects, out ReadingRecord? first) || first.Interval != telemetry.Interval || first.Revision > 0)
        {
            Report(VerificationRule.UnknownCorrected, $"The corrected record {correction.Corrects} is not on the chain before its correction.", entry);
            return;
        }
        if (first.Sender != entry.Sender || first.Receiver != entry.Receiver)
        {
            Report(VerificationRule.ForeignCorrection, $"The record {correction.Corrects} was sent by {first.Sender}, not by {entry.Sender}.", entry);
            return;
        }
        ReadingRecord latest = first.Latest ?? first;
        if (correction.Revision <= latest.Revision)
        {
            Report(VerificationRule.Conflict, $"Revision {correction.Revision} of the record {correction.Corrects} is not above {latest.Revision}.", entry);
            return;
        }
        if (entry.Location.BlockUnixSeconds > telemetry.Interval.EndUnixSeconds + options.CorrectionSeconds)
        {
            Report(VerificationRule.LateCorrection, $"The correction for {telemetry.Interval.StartUnixSeconds} is in a block of {entry.Location.BlockUnixSeconds}.", entry);
            return;
        }
        Replace(entry, first, latest, correction.Revision, telemetry);
    }

    /// <summary>Takes out what an attestation fails (docs/spec/market.md, 3).</summary>
    public void Add(Attestation attestation)
    {
        foreach (AttestationRow row in attestation.Rows)
        {
            if (row.Verdict != QualityVerdict.Fail || !_records.TryGetValue(row.Record, out ReadingRecord? record)) continue;
            if (!_devices.TryGetValue(row.Resource, out DeviceSeries? device)) continue;
            device.Exclude(record);
        }
    }

    private void Replace(LedgerEntry entry, ReadingRecord first, ReadingRecord latest, int revision, Telemetry telemetry)
    {
        var record = new ReadingRecord(entry, first.Prosumer, telemetry.Interval) { Revision = revision };
        _records.TryAdd(record.Hash, record);
        first.Latest = record;
        ReadingUse use = IsLate(entry, telemetry) ? ReadingUse.Energy : ReadingUse.Energy | ReadingUse.Evidence;
        foreach (ResourceRow owned in registry.ResourcesAt(first.Prosumer, telemetry.Interval.StartUnixSeconds))
            _devices[owned.Resource].Replace(latest, use);
        Add(entry, record, telemetry);
    }

    private void Add(LedgerEntry entry, ReadingRecord record, Telemetry telemetry)
    {
        if (entry.Location.BlockUnixSeconds > telemetry.Interval.EndUnixSeconds + options.ObservationSeconds)
            Report(VerificationRule.LateTelemetry,
                $"Readings for {telemetry.Interval.StartUnixSeconds} are in a block of {entry.Location.BlockUnixSeconds}.", entry);
        if (entry.Location.BlockUnixSeconds > telemetry.Interval.EndUnixSeconds + options.CorrectionSeconds) return;
        if (registry.AggregatorAt(record.Prosumer, telemetry.Interval.StartUnixSeconds) != entry.Receiver)
        {
            Report(VerificationRule.NotOfTheAggregation,
                $"{record.Prosumer} does not belong to {entry.Receiver} at {telemetry.Interval.StartUnixSeconds}.", entry);
            return;
        }
        foreach (TelemetryRow row in telemetry.Rows) Add(entry, record, telemetry, row);
    }

    private void Add(LedgerEntry entry, ReadingRecord record, Telemetry telemetry, TelemetryRow row)
    {
        if (Find(entry, record, row) is not { } device || Resolve(entry, telemetry, row, device) is not { } reading) return;
        ReadingSample sample = SampleOf(record, telemetry, reading, IsLate(entry, telemetry));
        int overlap = device.FindOverlap(sample);
        if (overlap < 0)
        {
            device.Add(sample, day.IntervalCount);
            return;
        }
        ref readonly ReadingSample known = ref device.Samples[overlap];
        bool isSameInterval = known.FirstSlot == sample.FirstSlot;
        if (isSameInterval && known.Fingerprint == sample.Fingerprint)
            Repeated++;
        else
            Report(VerificationRule.Conflict, isSameInterval
                ? $"A reading of {row.Resource} for {telemetry.Interval.StartUnixSeconds} differs from the first one on the chain."
                : $"A reading of {row.Resource} for {telemetry.Interval.StartUnixSeconds} overlaps another.", entry);
    }

    private ReadingSample SampleOf(ReadingRecord record, Telemetry telemetry, TelemetryRow reading, bool isLate)
    {
        day.TrySlots(telemetry.Interval, out int firstSlot, out int slots);
        ReserveHeadroom headroom = ReserveHeadroom.Of(reading, telemetry.Interval.StartUnixSeconds, options);
        // What is estimated is no evidence that reserve was there, only of energy (docs/spec/market.md, 2.7).
        bool isEvidence = !isLate && (telemetry.Quality & TelemetryQuality.Estimated) == 0;
        return new ReadingSample
        {
            Record = record,
            Fingerprint = ReadingFingerprint.Of(reading, telemetry.Interval.DurationSeconds),
            LevelW = ReserveHeadroom.LevelW(reading),
            HeadroomMw = Milliwatts(headroom.Kw),
            PotentialMw = Milliwatts(headroom.PotentialKw),
            Session = reading is ChargingStationReading { Vehicle: { } vehicle } ? vehicle.SessionId : 0,
            FirstSlot = (short)firstSlot,
            Slots = (byte)slots,
            Limit = headroom.Limit,
            ResponseLimit = headroom.ResponseLimit,
            Use = (reading is MeterReading ? ReadingUse.Energy : ReadingUse.None) | (isEvidence ? ReadingUse.Evidence : ReadingUse.None),
        };
    }

    private bool IsLate(LedgerEntry entry, Telemetry telemetry) =>
        !options.AllowLateEvidence && entry.Location.BlockUnixSeconds > telemetry.Interval.EndUnixSeconds + options.ObservationSeconds;

    private bool IsOnGrid(LedgerEntry entry, Telemetry telemetry)
    {
        if (day.TrySlots(telemetry.Interval, out _, out _)) return true;
        Report(VerificationRule.MisalignedInterval, $"Readings for {telemetry.Interval.StartUnixSeconds} do not lie on the day's grid.", entry);
        return false;
    }

    private DeviceSeries? Find(LedgerEntry entry, ReadingRecord record, TelemetryRow row)
    {
        if (!_devices.TryGetValue(row.Resource, out DeviceSeries? device))
            Report(VerificationRule.UnknownResource, $"Resource {row.Resource} is not registered.", entry);
        else if (device.At(record.Interval.StartUnixSeconds) is not { } registered)
            Report(VerificationRule.NotOfTheAggregation, $"Resource {row.Resource} is not registered at {record.Interval.StartUnixSeconds}, or revoked.", entry);
        else if (registered.Owner != record.Prosumer)
            Report(VerificationRule.ForeignResource, $"Resource {row.Resource} does not belong to {record.Prosumer}.", entry);
        else if (device.Kind != row.ResourceKind)
            Report(VerificationRule.WrongResourceKind, $"Resource {row.Resource} is registered as {device.Kind}, not as {row.ResourceKind}.", entry);
        else
            return device;
        return null;
    }

    private TelemetryRow? Resolve(LedgerEntry entry, Telemetry telemetry, TelemetryRow row, DeviceSeries device)
    {
        if (row is not CompactReading compact) return row;
        ResourceRow version = device.At(telemetry.Interval.StartUnixSeconds)!;
        if (version.Version == compact.RegistrationVersion && compact.With(version.Parameters) is { } reading) return reading;
        Report(VerificationRule.WrongVersion,
            $"A reading of {row.Resource} refers to version {compact.RegistrationVersion}; version {version.Version} is in force at {telemetry.Interval.StartUnixSeconds}.", entry);
        return null;
    }

    private Address ProsumerOf(Address sender) =>
        registry.HistoryOf(sender) is [{ Role: ParticipantRole.Device, MemberOf: { } prosumer }, ..] ? prosumer : sender;

    private static long Milliwatts(double kw) => (long)Math.Round(kw * 1e6, MidpointRounding.ToEven);

    private void Report(VerificationRule rule, string message, LedgerEntry entry) => problems.Add(new(rule, message, entry.Location));
}
