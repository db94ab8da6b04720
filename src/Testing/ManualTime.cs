namespace DerChain.Testing;

/// <summary>A clock that moves when it is told to, and its timers: for tests of what takes a <see cref="TimeProvider"/>.</summary>
/// <threadsafety>Thread-safe; timers fire on the thread that moves the clock, in the order of their times.</threadsafety>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>A clock that stands.</summary>
    /// <param name="start">Where.</param>
    public ManualTime(DateTimeOffset start) => _now = start;

    /// <summary>Ticks of <see cref="GetTimestamp"/> in a second: those of a <see cref="TimeSpan"/>.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    /// <remarks>A timer fires when the clock is moved to its time or past it, and with a due time of zero at the next move, of whatever length.</remarks>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, from one timer that comes due to the next.</summary>
    /// <param name="time">How far; not negative.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        DateTimeOffset end = GetUtcNow() + time;
        while (TakeDue(end) is { } fire)
            fire();

        lock (_gate)
            _now = end;
    }

    private Action? TakeDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            ManualTimer? first = _timers.MinBy(static timer => timer.Due);
            if (first is null || first.Due > end)
                return null;

            _now = first.Due > _now ? first.Due : _now;
            if (first.Period > TimeSpan.Zero)
                first.Due += first.Period;
            else
                _timers.Remove(first);

            return first.Fire;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public Action Fire { get; } = fire;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                Period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;

                Due = time._now + dueTime;
                time._timers.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
