using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DerChain.Chain;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Live;

/// <summary>What an operator sees while a day is recorded: the verdicts on each five-minute interval, as soon as a block is later than its end.</summary>
/// <remarks>A verdict comes again where a later block, or another branch of the chain, changes it, and once more as final when the observation time has passed.</remarks>
public static class LiveDay
{
    /// <summary>Follows a chain until every interval of a day is final.</summary>
    /// <param name="chain">A copy of the chain that others import into.</param>
    /// <param name="hours">The trading hours, each following the one before.</param>
    /// <param name="aggregation">The aggregation.</param>
    /// <param name="options">Parameters; null for the defaults.</param>
    /// <param name="cancellation">Ends the sequence.</param>
    /// <exception cref="ArgumentException">The chain is not governed by the market's rule, the hours are not a day, or a parameter is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async IAsyncEnumerable<LiveInterval> Follow(
        Blockchain chain,
        ImmutableArray<MarketInterval> hours,
        AggregationId aggregation,
        VerificationOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var view = new LiveView(new MarketLedger(chain), hours, aggregation, options ?? new VerificationOptions());
        // Of several changes that wait, one look at the head is enough.
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note(ImportResult change) => changes.Writer.TryWrite(true);
        chain.HeadChanged += Note;
        try
        {
            changes.Writer.TryWrite(true);
            while (!view.IsComplete)
            {
                await changes.Reader.ReadAsync(cancellation).ConfigureAwait(false);
                foreach (LiveInterval interval in view.Advance(chain))
                    yield return interval;
            }
        }
        finally
        {
            chain.HeadChanged -= Note;
        }
    }
}

/// <summary>What has been read of the chain, and what has been said of each interval.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class LiveView(MarketLedger ledger, ImmutableArray<MarketInterval> hours, AggregationId aggregation, VerificationOptions options)
{
    private readonly DayTimeline _day = new(hours);
    private readonly Dictionary<int, LiveInterval> _said = [];
    private DayReader _reader = new(ledger.Registry, hours, aggregation, options);
    private (ulong Number, Hash256 Hash) _read;

    /// <summary>True once every interval was said to be final.</summary>
    public bool IsComplete => _said.Count == _day.IntervalCount && _said.Values.All(static interval => interval.IsFinal);

    /// <summary>Reads the blocks that have come, and says what they change.</summary>
    public IEnumerable<LiveInterval> Advance(Blockchain chain)
    {
        if (_read.Number > 0 && chain.FindHash(_read.Number) != _read.Hash) StartAgain();
        long headUnixSeconds = ReadToHead(chain);
        if (!_reader.HasAggregation) return [];
        DayAssessment assessment = _reader.Assess();
        return
        [
            .. Enumerable.Range(0, _day.IntervalCount)
                .Where(index => _day.Interval(index).EndUnixSeconds < headUnixSeconds && _said.GetValueOrDefault(index) is not { IsFinal: true })
                .Select(index => new LiveInterval(index + 1, assessment.Interval(index), IsFinal(index, headUnixSeconds)))
                .Where(interval => _said.GetValueOrDefault(interval.Number - 1) != interval)
                .Select(Say),
        ];
    }

    private long ReadToHead(Blockchain chain)
    {
        HeadCandidate head = chain.Head;
        if (_read.Number == 0) StartAgain();
        foreach (LedgerEntry entry in ledger.Read(_read.Number + 1).TakeWhile(entry => entry.Location.BlockNumber <= head.Header.Number))
        {
            // Devices that came meanwhile: what was read before them may be theirs.
            if (entry.Record is ParticipantRegistration or ResourceRegistration && _read.Number > 0)
            {
                _read = default;
                return ReadToHead(chain);
            }

            _reader.Add(entry);
        }

        _read = (head.Header.Number, head.Hash);
        return (long)head.Header.Timestamp;
    }

    private void StartAgain()
    {
        _reader = new DayReader(ledger.Registry, hours, aggregation, options);
        _read = default;
    }

    private bool IsFinal(int index, long headUnixSeconds) =>
        _day.Interval(index).EndUnixSeconds + options.ObservationSeconds < headUnixSeconds;

    private LiveInterval Say(LiveInterval interval) => _said[interval.Number - 1] = interval;
}
