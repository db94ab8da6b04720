using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>What was bid for an hour: all blocks together.</summary>
/// <param name="SellW">Injection offered, watts ≥ 0.</param>
/// <param name="BuyW">Withdrawal bid for, watts ≤ 0.</param>
/// <param name="SpinW">Reserve offered, watts ≥ 0.</param>
internal readonly record struct HourBid(long SellW, long BuyW, long SpinW);

/// <summary>The day-ahead bids of one aggregation, and how its awards compare with them (docs/spec/market.md, 1.2 and 2.7). They change no verdict.</summary>
internal sealed class MarketBids(DayTimeline day, VerificationOptions options, List<VerificationProblem> problems)
{
    private readonly HourBid?[] _hours = new HourBid?[day.Hours.Length];

    /// <summary>Who sent bids that cannot be read. They come before the awards, so that it is not yet known whose bids are the aggregation's.</summary>
    private readonly HashSet<Address> _sendersOfHidden = [];

    private Hash256? _first;
    private int _revision;

    public void Add(LedgerEntry entry, MarketRecord record, Correction? correction)
    {
        switch (record)
        {
            case DayAheadBid bid when bid.Rows.Any(block => day.Contains(block.Interval)):
                AddDayAhead(entry, bid, correction);
                break;
            case RealTimeBid bid when bid.Rows.Any(block => day.Contains(block.Interval)):
                CheckRealTime(entry, bid);
                break;
            case SealedRecord or RecordCommitment:
                _sendersOfHidden.Add(entry.Sender);
                break;
        }
    }

    /// <summary>What does not fit between bids and awards. Sealed bids cannot be compared.</summary>
    public IEnumerable<VerificationProblem> Compare(MarketPosition position)
    {
        bool areSomeHidden = position.Aggregator is { } aggregator && _sendersOfHidden.Contains(aggregator);
        for (int hour = 0; hour < _hours.Length; hour++)
        {
            bool isAwarded = position.DayAhead(hour) is { } found && (found.EnergyW != 0 || found.SpinAwardW != 0);
            if (_hours[hour] is not { } bid)
            {
                if (isAwarded && !areSomeHidden)
                    yield return new(VerificationRule.AwardWithoutBid, $"Hour {hour + 1} has an award and no bid.", null);
                continue;
            }
            if (position.DayAhead(hour) is not { } award)
                yield return new(VerificationRule.BidWithoutAward, $"Hour {hour + 1} has a bid and no award.", null);
            else if (award.SpinAwardW > bid.SpinW || award.EnergyW > bid.SellW || award.EnergyW < bid.BuyW)
                yield return new(VerificationRule.InconsistentAward,
                    $"Hour {hour + 1}: awarded {award.EnergyW} W and {award.SpinAwardW} W of reserve, bid {bid.BuyW} to {bid.SellW} W and {bid.SpinW} W.", null);
        }
    }

    private void AddDayAhead(LedgerEntry entry, DayAheadBid bid, Correction? correction)
    {
        if (entry.Location.BlockUnixSeconds > options.DayAheadGateUnixSeconds)
            Report(VerificationRule.LateBid, $"A bid for the day is in a block of {entry.Location.BlockUnixSeconds}, after {options.DayAheadGateUnixSeconds}.", entry);
        else if (IsInForce(entry, correction))
            Set(entry, bid);
    }

    private bool IsInForce(LedgerEntry entry, Correction? correction)
    {
        Hash256 hash = entry.RecordHash;
        if (correction is null && _first is not null && _first != hash)
            Report(VerificationRule.Conflict, "A second bid for the day is no correction of the first one on the chain.", entry);
        else if (correction is not null && _first != correction.Corrects)
            Report(VerificationRule.UnknownCorrected, $"The corrected bid {correction.Corrects} is not the first one on the chain.", entry);
        else if (correction is not null && correction.Revision <= _revision)
            Report(VerificationRule.Conflict, $"Revision {correction.Revision} of the bid is not above {_revision}.", entry);
        else if (correction is not null || _first is null)
        {
            _first ??= hash;
            _revision = correction?.Revision ?? 0;
            return true;
        }
        return false;
    }

    private void Set(LedgerEntry entry, DayAheadBid bid)
    {
        Array.Clear(_hours);
        foreach (IGrouping<long, BidBlock> hour in bid.Rows.Where(block => day.Contains(block.Interval)).GroupBy(static block => block.Interval.StartUnixSeconds))
        {
            ImmutableArray<BidBlock> blocks = [.. hour];
            if (!day.TryIndex(blocks[0].Interval, out int index)) continue;
            _hours[index] = new HourBid(
                blocks.Sum(static block => Math.Max(0, block.EnergyQuantityW)),
                blocks.Sum(static block => Math.Min(0, block.EnergyQuantityW)),
                blocks.Sum(static block => block.SpinQuantityW));
            if (!IsMonotone(blocks))
                Report(VerificationRule.BidPricesNotMonotone, $"Prices of the blocks for hour {index + 1} do not go one way.", entry);
        }
        if (Array.Exists(_hours, static hour => hour is null))
            Report(VerificationRule.IncompleteBid, $"The bid names {_hours.Count(static hour => hour is not null)} of {_hours.Length} hours.", entry);
    }

    private void CheckRealTime(LedgerEntry entry, RealTimeBid bid)
    {
        long gate = bid.Rows[0].Interval.StartUnixSeconds - options.RealTimeGateSeconds;
        if (entry.Location.BlockUnixSeconds > gate)
            Report(VerificationRule.LateBid, $"A real-time bid is in a block of {entry.Location.BlockUnixSeconds}, after {gate}.", entry);
    }

    private static bool IsMonotone(ImmutableArray<BidBlock> blocks) =>
        IsAscending(blocks.Where(static block => block.EnergyQuantityW > 0).Select(static block => block.EnergyPriceMicroUsdPerMWh))
        && IsAscending(blocks.Where(static block => block.EnergyQuantityW < 0).Select(static block => -block.EnergyPriceMicroUsdPerMWh));

    private static bool IsAscending(IEnumerable<long> prices) => prices.Zip(prices.Skip(1)).All(static pair => pair.First <= pair.Second);

    private void Report(VerificationRule rule, string message, LedgerEntry entry) => problems.Add(new(rule, message, entry.Location));
}
