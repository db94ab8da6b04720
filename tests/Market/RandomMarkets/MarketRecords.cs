using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Market.Tests.Verification;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>How a report is carried to the chain.</summary>
internal enum Carriage
{
    /// <summary>One transaction for all devices of the prosumer.</summary>
    Whole,

    /// <summary>One transaction for each device.</summary>
    Row,

    /// <summary>One transaction, whose readings refer to registered parameters.</summary>
    Compact,

    /// <summary>The root of its rows in a transaction, the rows beside the chain.</summary>
    Committed,

    /// <summary>A leaf of the aggregator's batch, signed by the prosumer.</summary>
    Batched,
}

/// <summary>Writes a market as records, and reads it back through verification.</summary>
internal sealed class MarketRecords
{
    private const ulong ChainId = 7;

    private readonly RandomMarket _market;
    private readonly Naming _naming;
    private readonly List<(int Order, LedgerEntry Entry)> _entries = [];
    private readonly Dictionary<Hash256, byte[]> _files = [];

    /// <param name="market">The market.</param>
    /// <param name="naming">Its names.</param>
    /// <param name="carriageOf">How the report of a site for an interval and its corrections are carried.</param>
    public MarketRecords(RandomMarket market, Naming naming, Func<Report, Carriage>? carriageOf = null)
    {
        (_market, _naming) = (market, naming);
        Registry = RegistryOf(market, naming);
        AddTrades();
        foreach (IGrouping<(int, MarketInterval), Report> reports in market.Reports.GroupBy(static report => (report.Site, report.Interval)))
            AddReports([.. reports], carriageOf?.Invoke(reports.First()) ?? Carriage.Whole);
    }

    public Registry Registry { get; }

    /// <summary>The records in the order of their blocks.</summary>
    public IEnumerable<LedgerEntry> InOrder() => _entries.OrderBy(static pair => pair.Entry.Location.BlockUnixSeconds).Select(static pair => pair.Entry);

    /// <summary>The records with those of each five minutes in any order, but corrections after what they correct.</summary>
    public IEnumerable<LedgerEntry> Reordered(Dice dice) => dice.Shuffled(_entries)
        .OrderBy(static pair => pair.Entry.Location.BlockUnixSeconds / 300).ThenBy(static pair => pair.Order).Select(static pair => pair.Entry);

    public DayResult Verify(SustainRule sustainRule = SustainRule.Mean) => Verify(InOrder(), sustainRule);

    public DayResult Verify(IEnumerable<LedgerEntry> entries, SustainRule sustainRule = SustainRule.Mean)
    {
        var disclosure = new LedgerDisclosure(ChainId) { FindBatch = root => _files.TryGetValue(root, out byte[]? file) ? file : null };
        var options = new VerificationOptions { WorstDevicesPerHour = int.MaxValue, SustainRule = sustainRule };
        return DayVerification.Run(disclosure.Apply(entries), Registry, MiniDay.Hours, MiniDay.Aggregation, options);
    }

    private static Registry RegistryOf(RandomMarket market, Naming naming)
    {
        ParticipantRow[] participants =
        [
            new(Samples.SystemOperator, new("ISO"), ParticipantRole.SystemOperator, null),
            new(naming.AggregatorOf(0), new("AGG-1"), ParticipantRole.Aggregator, null),
            new(naming.AggregatorOf(1), new("AGG-2"), ParticipantRole.Aggregator, null),
            .. market.Sites.Select((site, number) =>
                new ParticipantRow(naming.AccountOf(number), naming.NameOf(number), ParticipantRole.Prosumer, naming.AggregatorOf(site.Aggregator))),
        ];
        IEnumerable<ResourceRow> resources = market.Sites.SelectMany((site, number) => site.Devices.Select((device, index) => new ResourceRow(
            naming.ResourceOf(number, index), device.Kind, naming.AccountOf(number), device.NameplateW, Parameters: device.Parameters)));
        return new Registry(participants, resources);
    }

    private void AddTrades()
    {
        var bid = new DayAheadBid(
            MiniDay.Aggregation, [.. _market.DayAhead.Select(static award => new BidBlock(award.Interval, 1, 0, award.EnergyW, 0, award.SpinAwardW, null, null))]);
        Add(bid, _naming.AggregatorOf(0), Samples.SystemOperator, Samples.Noon - 7_200, 0);
        FromOperator(new DayAheadAward(MiniDay.Aggregation, _market.DayAhead), Samples.Noon - 3_600);
        var other = new DayAheadAward(new("AGG-2"), [Samples.Award(MarketInterval.HourSeconds)]);
        Add(other, Samples.SystemOperator, _naming.AggregatorOf(1), Samples.Noon - 3_600, 1);
        foreach (AwardRow award in _market.FifteenMinute.OfType<AwardRow>())
            FromOperator(new FifteenMinuteAward(MiniDay.Aggregation, [award]), award.Interval.StartUnixSeconds - 60);
        foreach (DispatchRow dispatch in _market.Dispatch.OfType<DispatchRow>())
            FromOperator(new DispatchInstruction(MiniDay.Aggregation, [dispatch]), dispatch.Interval.StartUnixSeconds - 10);
        for (int call = 0; call < _market.Activations.Length; call++)
            Add(_market.Activations[call], Samples.SystemOperator, _naming.AggregatorOf(0), _market.Activations[call].Period.StartUnixSeconds, 10 + call);
    }

    private void FromOperator(MarketRecord record, long blockUnixSeconds) =>
        Add(record, Samples.SystemOperator, _naming.AggregatorOf(0), blockUnixSeconds, 0);

    private void AddReports(ImmutableArray<Report> revisions, Carriage carriage)
    {
        ImmutableArray<Telemetry> first = [.. Parts(revisions[0], carriage)];
        Carry(revisions[0], first, carriage);
        foreach (Report revision in revisions[1..])
            foreach ((Telemetry original, Telemetry part) in first.Zip(Parts(revision, carriage)))
            {
                var correction = new Correction(
                    Keccak256.Hash(RecordCodec.Encode(original)), revision.Revision, CorrectionReason.MeasurementFault, part);
                FromSite(revision, correction, revision.Revision);
            }
    }

    private void Carry(Report report, ImmutableArray<Telemetry> parts, Carriage carriage)
    {
        switch (carriage)
        {
            case Carriage.Committed:
                SaltedBatch rows = Keep([.. parts.Select(static part => (ReadOnlyMemory<byte>)RecordCodec.Encode(part))]);
                FromSite(report, new RecordCommitment(RecordKind.Telemetry, rows.Root.Root, rows.Root.Count), 0);
                break;
            case Carriage.Batched:
                Address aggregator = _naming.AggregatorOf(_market.Sites[report.Site].Aggregator);
                AggregationId aggregation = _market.Sites[report.Site].Aggregator == 0 ? MiniDay.Aggregation : new("AGG-2");
                var place = new TelemetryPlace(ChainId, aggregation, report.Interval);
                SaltedBatch leaves = Keep([.. parts.Select(part => (ReadOnlyMemory<byte>)SignedTelemetry.Sign(part, place, _naming.KeyOf(report.Site)))]);
                var batch = new TelemetryBatch(aggregation, report.Interval, leaves.Root.Root, leaves.Root.Count);
                Add(batch, aggregator, Samples.SystemOperator, report.BlockUnixSeconds, 0);
                break;
            default:
                foreach (Telemetry part in parts) FromSite(report, part, 0);
                break;
        }
    }

    private SaltedBatch Keep(ReadOnlyMemory<byte>[] contents)
    {
        // Leaves differ, so that salts need not.
        var batch = SaltedBatch.Create(contents, new byte[SaltedLeaf.SaltLength * contents.Length]);
        _files[batch.Root.Root] = BatchFile.Encode(batch);
        return batch;
    }

    private IEnumerable<Telemetry> Parts(Report report, Carriage carriage)
    {
        IEnumerable<TelemetryRow> rows = report.Readings.Select(reading => reading.Row with { Resource = _naming.ResourceOf(report.Site, reading.Device) })
            .OrderBy(static row => row.ResourceKind).ThenBy(static row => row.Resource);
        return carriage switch
        {
            Carriage.Row or Carriage.Committed => rows.Select(row => Of([row])),
            Carriage.Compact => [Of([.. rows.Select(CompactOf)])],
            _ => [Of([.. rows])],
        };

        Telemetry Of(ImmutableArray<TelemetryRow> given) => new(report.Interval, 0, 0, report.Quality, given);
    }

    private static TelemetryRow CompactOf(TelemetryRow row) => row switch
    {
        AirConditionerReading ac => new CompactAirConditionerReading(
            ac.Resource, 1, ac.ComfortLowerMilliC, ac.ComfortUpperMilliC, ac.AmbientMilliC, ac.IndoorMilliC, ac.ElectricPowerW, ac.IsOn),
        BatteryReading battery => new CompactBatteryReading(battery.Resource, 1, battery.SocPpm, battery.PowerW, battery.Mode),
        ChargingStationReading station => new CompactChargingStationReading(station.Resource, 1, station.PowerW, station.Mode, station.Vehicle),
        _ => row,
    };

    private void FromSite(Report report, MarketRecord record, int order) => Add(
        record, _naming.AccountOf(report.Site), _naming.AggregatorOf(_market.Sites[report.Site].Aggregator), report.BlockUnixSeconds, order);

    private void Add(MarketRecord record, Address sender, Address receiver, long blockUnixSeconds, int order)
    {
        var location = new RecordLocation((ulong)_entries.Count, default, blockUnixSeconds, 0, default);
        _entries.Add((order, new LedgerEntry(record, sender, receiver, location)));
    }
}
