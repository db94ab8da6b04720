namespace DerChain.Cli;

/// <summary>Tells when a span of time has passed since the last time it did.</summary>
internal sealed class Pace(TimeProvider time, TimeSpan span)
{
    private long _last = time.GetTimestamp();

    public bool IsDue()
    {
        if (time.GetElapsedTime(_last) < span)
            return false;

        _last = time.GetTimestamp();
        return true;
    }
}
