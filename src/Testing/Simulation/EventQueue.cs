namespace DerChain.Testing.Simulation;

/// <summary>What is to happen, in the order of virtual time and, at one time, in the order in which it was scheduled.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (ulong At, ulong Sequence)> _events = new();
    private ulong _sequence;

    public ulong Now { get; private set; }

    public EventQueue(ulong startUnixMilliseconds) => Now = startUnixMilliseconds;

    /// <summary>Schedules an action.</summary>
    public void At(ulong unixMilliseconds, Action action) => _events.Enqueue(action, (Math.Max(unixMilliseconds, Now), _sequence++));

    /// <summary>Schedules an action after a time.</summary>
    public void After(ulong milliseconds, Action action) => At(Now + milliseconds, action);

    /// <summary>Does the next thing, where it is due until a time.</summary>
    /// <returns>False where nothing is; then it is that time.</returns>
    public bool TryStep(ulong untilUnixMilliseconds)
    {
        if (!_events.TryPeek(out Action? action, out (ulong At, ulong Sequence) due) || due.At > untilUnixMilliseconds)
        {
            Now = Math.Max(Now, untilUnixMilliseconds);
            return false;
        }

        _events.Dequeue();
        Now = due.At;
        action();
        return true;
    }
}
