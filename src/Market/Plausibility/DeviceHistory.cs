using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>One reading and the record that holds it.</summary>
internal readonly record struct Reading(TelemetryRow Row, MarketInterval Interval, Hash256 Record);

/// <summary>What the checks remember of one device: its last reading, and what they add up.</summary>
internal sealed class DeviceHistory(int index)
{
    private bool _isTrusted;

    /// <summary>Running number of the device.</summary>
    public int Index { get; } = index;

    /// <summary>The latest reading by its interval, or null before the first.</summary>
    public Reading? Last { get; private set; }

    /// <summary>Seconds over which the measured values have not changed (Q06).</summary>
    public long UnchangedSeconds { get; set; }

    /// <summary>Moving mean of the thermal model's residual, millionths of a degree Celsius (Q13).</summary>
    public long MeanResidualMicroC { get; set; }

    /// <summary>Power of panels over the last quarter of an hour (Q12).</summary>
    public SolarMean Solar { get; } = new();

    /// <summary>What the device was told (Q16).</summary>
    public CommandHistory Commands { get; } = new();

    /// <summary>The reading whose interval ends where one starts, if nothing is against it: state that failed is no ground to judge the next by.</summary>
    public Reading? Before(MarketInterval interval) =>
        _isTrusted && Last is { } last && last.Interval.EndUnixSeconds == interval.StartUnixSeconds ? last : null;

    /// <summary>True where an interval starts at or after the end of the latest reading: not a reading that comes late.</summary>
    public bool IsNext(MarketInterval interval) => Last is not { } last || interval.StartUnixSeconds >= last.Interval.EndUnixSeconds;

    public void Advance(Reading reading, bool isTrusted) => (Last, _isTrusted) = (reading, isTrusted);
}

/// <summary>Power of panels, and what a clear sky would have given, over a moving span of adjoining readings.</summary>
internal sealed class SolarMean
{
    private readonly Queue<(int Seconds, long EnergyWs, long ClearSkyWs)> _readings = [];
    private long _end;
    private long _seconds;
    private long _energyWs;
    private long _clearSkyWs;

    /// <summary>Adds a reading, and gives both means where readings cover the span.</summary>
    public (long MeanW, long ClearSkyW)? Add(MarketInterval interval, long powerW, long clearSkyW, long spanSeconds)
    {
        if (interval.StartUnixSeconds != _end)
        {
            _readings.Clear();
            (_seconds, _energyWs, _clearSkyWs) = (0, 0, 0);
        }

        _end = interval.EndUnixSeconds;
        Count((interval.DurationSeconds, powerW * interval.DurationSeconds, clearSkyW * interval.DurationSeconds), sign: 1);
        while (_seconds - _readings.Peek().Seconds >= spanSeconds)
            Count(_readings.Peek(), sign: -1);

        return _seconds >= spanSeconds ? (_energyWs / _seconds, _clearSkyWs / _seconds) : null;
    }

    private void Count((int Seconds, long EnergyWs, long ClearSkyWs) reading, int sign)
    {
        if (sign > 0)
            _readings.Enqueue(reading);
        else
            _readings.Dequeue();

        _seconds += sign * reading.Seconds;
        _energyWs += sign * reading.EnergyWs;
        _clearSkyWs += sign * reading.ClearSkyWs;
    }
}

/// <summary>A power that a device was told to hold, and where that stands.</summary>
internal readonly record struct PowerCommand(MarketInterval Validity, long PowerW, LedgerEntry Entry);

/// <summary>The latest commands to one device, in chain order.</summary>
internal sealed class CommandHistory
{
    private readonly List<PowerCommand> _commands = [];

    public void Add(PowerCommand command, long keepSeconds)
    {
        _commands.RemoveAll(earlier => earlier.Validity.EndUnixSeconds <= command.Validity.StartUnixSeconds - keepSeconds);
        _commands.Add(command);
    }

    /// <summary>Of the commands that held in an interval, or shortly before, the one whose power is nearest; null where none holds at its start.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="powerW">The power.</param>
    /// <param name="settleSeconds">How long before the interval a command may have ended.</param>
    public PowerCommand? Nearest(MarketInterval interval, long powerW, long settleSeconds)
    {
        PowerCommand? nearest = null;
        bool isCommanded = false;
        foreach (PowerCommand command in _commands)
        {
            if (command.Validity.StartUnixSeconds >= interval.EndUnixSeconds
                || command.Validity.EndUnixSeconds <= interval.StartUnixSeconds - settleSeconds)
                continue;

            isCommanded |= command.Validity.Contains(interval.StartUnixSeconds);
            if (nearest is not { } known || Math.Abs(command.PowerW - powerW) < Math.Abs(known.PowerW - powerW))
                nearest = command;
        }

        return isCommanded ? nearest : null;
    }
}
