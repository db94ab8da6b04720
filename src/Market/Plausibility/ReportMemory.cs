using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Plausibility;

/// <summary>Keys that were seen, each for a limited time.</summary>
internal sealed class RecentKeys<TKey>
    where TKey : struct
{
    private readonly Dictionary<TKey, long> _seen = [];
    private readonly Queue<(long At, TKey Key)> _order = [];

    /// <summary>Remembers a key with a value. False where it is known, with the value it had then.</summary>
    public bool TryAdd(TKey key, long value, long at, out long known)
    {
        if (_seen.TryGetValue(key, out known))
            return false;

        _seen.Add(key, value);
        _order.Enqueue((at, key));
        return true;
    }

    public void Forget(long before)
    {
        while (_order.TryPeek(out (long At, TKey Key) oldest) && oldest.At < before)
            _seen.Remove(_order.Dequeue().Key);
    }
}

/// <summary>The reports of the last while: which records, readings and payloads stand on the chain already (Q05).</summary>
internal sealed class ReportMemory(QualityRules rules)
{
    private readonly RecentKeys<Hash256> _records = new();
    private readonly RecentKeys<(int Device, long Start)> _readings = new();
    private readonly RecentKeys<(Address Sender, ulong Payload)> _payloads = new();
    private readonly Dictionary<Address, (ulong Sequence, Hash256 Record)> _last = [];
    private readonly Dictionary<Address, (ulong Payload, bool IsReplay)> _lastPayload = [];

    /// <summary>True for a record that was not seen before, word for word.</summary>
    public bool IsNew(Hash256 record, long now)
    {
        long before = now - rules[QualityParameter.LookbackSeconds];
        _records.Forget(before);
        _readings.Forget(before);
        _payloads.Forget(before);
        return _records.TryAdd(record, 0, now, out _);
    }

    /// <summary>True for the first reading of a device that starts at an instant.</summary>
    public bool IsFirst(DeviceHistory device, long startUnixSeconds, long now) => _readings.TryAdd((device.Index, startUnixSeconds), 0, now, out _);

    /// <summary>True where a sender gave the same readings for another interval. Readings with too few values to be told apart are not compared; readings
    /// that are those of the report before stand still, which Q06 judges: they are what it was.</summary>
    public bool IsReplay(Address sender, MarketInterval interval, IEnumerable<TelemetryRow> rows, long now)
    {
        (int values, ulong payload) = (0, 0);
        foreach (TelemetryRow row in rows)
        {
            values += MeasuredValues.Count(row);
            payload = unchecked((payload * 31) + ReadingFingerprint.Of(row, 0));
        }

        bool isReplay = _lastPayload.TryGetValue(sender, out (ulong Payload, bool IsReplay) last) && last.Payload == payload
            ? last.IsReplay
            : values >= rules[QualityParameter.ReplayMeasuredValues]
                && !_payloads.TryAdd((sender, payload), interval.StartUnixSeconds, now, out long start)
                && start != interval.StartUnixSeconds;
        _lastPayload[sender] = (payload, isReplay);
        return isReplay;
    }

    /// <summary>The sender's report before this one, which takes its place.</summary>
    public (ulong Sequence, Hash256 Record)? Replace(Address sender, ulong sequence, Hash256 record)
    {
        (ulong Sequence, Hash256 Record)? before = _last.TryGetValue(sender, out (ulong Sequence, Hash256 Record) last) ? last : null;
        if (before is null || sequence > last.Sequence)
            _last[sender] = (sequence, record);

        return before;
    }
}
