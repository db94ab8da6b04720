using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>Takes a day's records one by one, and says at any time what they come to.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class DayReader
{
    private readonly Registry _registry;
    private readonly DayTimeline _day;
    private readonly AggregationId _aggregation;
    private readonly VerificationOptions _options;
    private readonly List<VerificationProblem> _problems = [];
    private readonly MarketPosition _position;
    private readonly MarketBids _bids;
    private readonly FleetReadings _readings;
    private readonly ActivationCommands _commands = new();
    private (long Records, long TelemetryRows, long ControlRows) _counts;

    /// <exception cref="ArgumentException">The hours are not a day, or a parameter is out of range.</exception>
    public DayReader(Registry registry, ImmutableArray<MarketInterval> hours, AggregationId aggregation, VerificationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _options = options ?? new VerificationOptions();
        _options.Validate();
        (_registry, _aggregation, _day) = (registry, aggregation, new DayTimeline(hours));
        _position = new MarketPosition(aggregation, _day, _options, _problems);
        _bids = new MarketBids(_day, _options, _problems);
        _readings = new FleetReadings(registry, _day, _options, _problems);
    }

    public void Add(LedgerEntry entry)
    {
        _counts.Records++;
        Add(entry, entry.Record, null);
    }

    /// <summary>True once a record about the aggregation has come.</summary>
    public bool HasAggregation => _position.Aggregator is not null;

    /// <summary>What has come so far, added up.</summary>
    public DayAssessment Assess() => new(_day, _registry, _position, _readings, Aggregator, _options);

    /// <summary>The verdicts on what has come so far.</summary>
    /// <exception cref="ArgumentException">No entry is about the aggregation.</exception>
    public DayResult Result()
    {
        var counts = new VerificationCounts(_counts.Records, _counts.TelemetryRows, _counts.ControlRows, _readings.Repeated);
        List<VerificationProblem> problems = [.. _problems, .. _bids.Compare(_position)];
        return Assess().Assess(_aggregation, _commands, counts, problems);
    }

    private Address Aggregator =>
        _position.Aggregator ?? throw new ArgumentException($"No record is about aggregation {_aggregation}.");

    private void Add(LedgerEntry entry, MarketRecord record, Correction? correction)
    {
        switch (record)
        {
            case Telemetry telemetry:
                _counts.TelemetryRows += telemetry.RowCount;
                if (_position.Aggregator is { } aggregator && entry.Receiver != aggregator) break;
                if (correction is null) _readings.Add(entry, telemetry);
                else _readings.Add(entry, correction, telemetry);
                break;
            case ControlCommand command:
                _counts.ControlRows += command.RowCount;
                _commands.Add(entry, command);
                break;
            case Correction inner:
                Add(entry, inner.Record, inner);
                break;
            case Attestation attestation:
                _readings.Add(attestation);
                break;
            case TelemetryBatch batch when batch.Aggregation == _aggregation && _day.Contains(batch.Interval):
                _problems.Add(new(VerificationRule.MissingBatch,
                    $"The {batch.LeafCount} leaves of the batch for {batch.Interval.StartUnixSeconds} are not at hand.", entry.Location));
                break;
            default:
                AddTrade(entry, record, correction);
                break;
        }
    }

    private void AddTrade(LedgerEntry entry, MarketRecord record, Correction? correction)
    {
        bool isBid = _position.IsBidOfTheAggregation(entry, record);
        if (isBid) _bids.Add(entry, record, correction);
        else _position.Add(entry, record, correction);
    }
}
